-- KEYS  1 tombstone of a session  2 count of endings    ARGV  1 key  2 longest lifetime (ms)
--       3 now (ms)  4 trace context  5 channel  6 'ended' (EndedMessage)
-- Before told.lua. Returns 0 when the session had been ended before.
if not redis.call('SET', KEYS[1], '1', 'PX', ARGV[2], 'NX') then
  return 0
end
