-- The end of each script that ends one session: publishes the end and returns 1.
--
-- KEYS  2 count of endings    ARGV  1 key  2 longest lifetime (ms)  3 now (ms)  4 trace context  5 channel
--       6 'ended' (EndedMessage)
local number = redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('PUBLISH', ARGV[5], table.concat({ ARGV[4], string.format('%.0f', number), ARGV[3], ARGV[6], ARGV[1] }, '\n'))
return 1
