-- For wrk: durable transitions. PERMITS: ids separated by commas; TOKEN, AT: from the environment.
-- The requests are written before the run and answers are not looked into (wrk counts those beyond 399), so that the
-- load costs as little as the echo's.
local requests = {}
local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("TOKEN")}
local body = '{"sampled_at":"' .. os.getenv("AT") .. '","readings":[{"point":"upper","substance":"methane",' ..
  '"lel_percent":"5","reading_percent":"0.1"},{"point":"lower","substance":"methane","lel_percent":"5",' ..
  '"reading_percent":"0.1"}],"instrument":"DEMO-GD-01"}'
local n = 0
function setup(thread)
  n = n + 1
  thread:set("turn", n * 7)
end
function init()
  for id in os.getenv("PERMITS"):gmatch("[^,]+") do
    requests[#requests + 1] = wrk.format("POST", "/api/v1/permits/" .. id .. "/gas_test", headers, body)
  end
end
function request()
  turn = turn + 1
  return requests[turn % #requests + 1]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("rate %.0f p50 %.2f p99 %.2f errors %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
