-- The beginning of each script that does what an event says: an event that was seen before is told of again, and that is all.
--
-- KEYS  1 marker of the event  2 what stays for sessions that are in no index  3 index (sessions of the sid or of the user)
--       4 count of endings
-- ARGV  1 -  2 occurred at (ms)  3 longest lifetime (ms)  4 trace context  5 channel  6 'ended' or 'changed' (EndedMessage)
local function publish(number, keys)
  local lines = { ARGV[4], string.format('%.0f', number), ARGV[2], ARGV[6], KEYS[2] }
  if #keys > 0 then
    lines[#lines + 1] = table.concat(keys, '\n')
  end
  redis.call('PUBLISH', ARGV[5], table.concat(lines, '\n'))
end

local seen = redis.call('GET', KEYS[1])
if seen then
  local again = {}
  for key in string.gmatch(seen, '%S+') do
    again[#again + 1] = key
  end
  publish(0, again)
  return { 1, #again }
end
