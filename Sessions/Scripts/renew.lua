-- KEYS  1 the newest state of a sealed session  2 tombstone of the session  3 not_before of the user  [4 tombstone of the sid]
-- ARGV  1 version that was read  2 sealed state  3 how long a cookie with an older one may come (ms)  4 authenticated at (ms)
-- Returns 1 when it was stored, 0 when another change came first, -1 when the session is over.
local not_before = redis.call('GET', KEYS[3])
if redis.call('EXISTS', KEYS[2]) == 1 or (KEYS[4] and redis.call('EXISTS', KEYS[4]) == 1)
  or (not_before and tonumber(ARGV[4]) <= tonumber(not_before)) then
  return -1
end
local newest = redis.call('GET', KEYS[1])
if newest and tonumber(string.match(newest, '^%d+')) > tonumber(ARGV[1]) then
  return 0
end
redis.call('SET', KEYS[1], string.format('%d:%s', tonumber(ARGV[1]) + 1, ARGV[2]), 'PX', ARGV[3])
return 1
