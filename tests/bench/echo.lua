-- For wrk: posts the 384 bytes of a typical event.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local reading = '{"point":"P%d","gas":"methane","lel_percent":"0.%d","at":"2026-03-01T08:1%d:00+08:00","by":"W-0%d"}'
local rows = {}
for i = 1, 3 do rows[i] = string.format(reading, i, i, i, i) end
local body = '{"readings":[' .. table.concat(rows, ",") .. '],"note":"'
wrk.body = body .. string.rep("a", 384 - #body - 2) .. '"}'
