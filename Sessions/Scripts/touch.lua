-- KEYS  1 session    ARGV  1 now  2 when it ends if it is not used again (both ms)
-- Returns 1 when there is such a session..
if redis.call('HEXISTS', KEYS[1], 'data') == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'seen', ARGV[1])
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
return 1
