-- KEYS  1 session
-- ARGV  1 version that was read  2 sealed tokens  [3 sealed record with new claims  4 the refresh that was demanded, or '']
-- Returns 1 when they were stored, 0 when another change came first, -1 when the session is gone.
local found = redis.call('HMGET', KEYS[1], 'version', 'refresh')
local version = found[1]
if not version then
  return -1
end
if version ~= ARGV[1] then
  return 0
end
local next = tostring(tonumber(version) + 1)
redis.call('HSET', KEYS[1], 'tokens', ARGV[2], 'version', next)
if ARGV[3] then
  redis.call('HSET', KEYS[1], 'data', ARGV[3], 'claims', next)
  -- One that was demanded meanwhile is still to be done.
  if found[2] == ARGV[4] then
    redis.call('HDEL', KEYS[1], 'refresh')
  end
end
return 1
