-- KEYS  1 session  2 sessions of the user  3 not_before of the user  4 demands on the user
--       [5 sessions of the sid  6 tombstone of the sid  7 demands on the sid]
-- ARGV  1 key  2 sealed record  3 authenticated at  4 expires at  5 its ttl  6 now  7 longest lifetime (all in ms)
--       8 sealed tokens  9 what a list shows, sealed
-- Returns '' or why not.
--
-- Writes first and looks for tombstones afterwards, while a revocation writes its tombstone first and looks for
-- sessions afterwards: whichever way the two are interleaved, one of them sees the other. Redis runs a script
-- alone anyway; Garnet does so only for declared keys.
redis.call('HSET', KEYS[1], 'data', ARGV[2], 'tokens', ARGV[8], 'version', '0', 'seen', ARGV[6],
  'auth', ARGV[3], 'about', ARGV[9], 'by_sub', KEYS[2], 'by_sid', KEYS[5] or '')
redis.call('PEXPIRE', KEYS[1], ARGV[5])

local indexes = { KEYS[2], KEYS[5] }
for _, index in ipairs(indexes) do
  redis.call('ZREMRANGEBYSCORE', index, '-inf', ARGV[6])
  redis.call('ZADD', index, ARGV[4], ARGV[1])
  redis.call('PEXPIRE', index, ARGV[7])
end

local refusal = ''
if KEYS[6] and redis.call('EXISTS', KEYS[6]) == 1 then
  refusal = 'the session at the issuer was revoked'
else
  local not_before = redis.call('GET', KEYS[3])
  if not_before and tonumber(ARGV[3]) <= tonumber(not_before) then
    refusal = 'the sessions of the user were revoked after this authentication'
  end
end

-- What events demanded of the user, or of the session at the issuer, after this authentication holds for it too.
local demanded = { refresh = 0, step_up = 0 }
for _, key in ipairs({ KEYS[4], KEYS[7] }) do
  local refresh, step_up = string.match(redis.call('GET', key) or '0:0', '^(%d+):(%d+)$')
  demanded.refresh = math.max(demanded.refresh, tonumber(refresh))
  demanded.step_up = math.max(demanded.step_up, tonumber(step_up))
end
for name, mark in pairs(demanded) do
  if mark >= tonumber(ARGV[3]) then
    redis.call('HSET', KEYS[1], name, string.format('%.0f', mark))
  end
end

if refusal ~= '' then
  redis.call('DEL', KEYS[1])
  for _, index in ipairs(indexes) do
    redis.call('ZREM', index, ARGV[1])
  end
end
return refusal
