-- For wrk: durable transitions. PERMITS: ids separated by commas; TOKEN, AT: from the environment.
local ids = {}
for id in os.getenv("PERMITS"):gmatch("[^,]+") do ids[#ids + 1] = id end
local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("TOKEN")}
local body = '{"sampled_at":"' .. os.getenv("AT") .. '","readings":[{"point":"upper","substance":"methane",' ..
  '"lel_percent":"5","reading_percent":"0.1"},{"point":"lower","substance":"methane","lel_percent":"5",' ..
  '"reading_percent":"0.1"}],"instrument":"GX-3R 0071"}'
local n = 0
function setup(thread)
  n = n + 1
  thread:set("turn", n * 7)
end
function request()
  turn = turn + 1
  return wrk.format("POST", "/api/v1/permits/" .. ids[turn % #ids + 1] .. "/gas_test", headers, body)
end
function response(status)
  if status ~= 200 then wrk.thread:stop() end
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("rate %.0f p50 %.2f p99 %.2f errors %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
