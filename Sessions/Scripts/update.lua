-- KEYS  1 session    ARGV  1 version that was read  2 sealed tokens
-- Returns 1 when they were stored, 0 when another change came first, -1 when the session is gone.
local version = redis.call('HGET', KEYS[1], 'version')
if not version then
  return -1
end
if version ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'tokens', ARGV[2], 'version', tostring(tonumber(version) + 1))
return 1
