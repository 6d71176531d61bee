-- KEYS  1 session  2 count of endings    ARGV  1 key  2 longest lifetime (ms)
--       3 now (ms)  4 trace context  5 channel  6 'ended' (EndedMessage)
-- Publishes the end; returns 0 when there was no session to end.
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
local number = redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('PUBLISH', ARGV[5], table.concat({ ARGV[4], string.format('%.0f', number), ARGV[3], ARGV[6], ARGV[1] }, '\n'))
return 1
