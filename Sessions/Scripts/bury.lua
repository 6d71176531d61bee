-- KEYS  1 tombstone of a session  2 count of endings    ARGV  1 longest lifetime (ms)
-- Returns the number of this ending, 0 when the session had been ended before.
if not redis.call('SET', KEYS[1], '1', 'PX', ARGV[1], 'NX') then
  return 0
end
local number = redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return number
