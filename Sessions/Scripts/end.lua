-- KEYS  1 session    ARGV  1 key
-- Returns 1 when there was a session to end.
local found = redis.call('HMGET', KEYS[1], 'by_sub', 'by_sid')
local ended = redis.call('DEL', KEYS[1])
for _, index in ipairs(found) do
  if index and index ~= '' then
    redis.call('ZREM', index, ARGV[1])
  end
end
return ended
