-- KEYS  1 session  2 count of endings    ARGV  1 key  2 longest lifetime (ms)
--       3 now (ms)  4 trace context  5 channel  6 'ended' (EndedMessage)
-- Before told.lua. Returns 0 when there was no session to end.
local found = redis.call('HMGET', KEYS[1], 'by_sub', 'by_sid')
local ended = redis.call('DEL', KEYS[1])
for _, index in ipairs(found) do
  if index and index ~= '' then
    redis.call('ZREM', index, ARGV[1])
  end
end
if ended == 0 then
  return 0
end
