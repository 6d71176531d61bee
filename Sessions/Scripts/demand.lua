-- After once.lua.
--
-- KEYS  1 marker of the event  2 what is demanded of the sid or the user  3 index (sessions of the sid or of the user)
--       4 count of endings
-- ARGV  1 'refresh' or 'step_up'  2 occurred at (ms)  3 longest lifetime (ms)  4 to 6 for the publication
-- Publishes what changed, and returns { 0, how many sessions }, or { 1, the same } when the event was seen before.
--
-- The demand outlives the sessions of now, so that a sign-in in flight meets it. It only moves forward: an older event
-- that comes later takes nothing back. A refresh is demanded by a number that no demand had before.
local occurred = tonumber(ARGV[2])
local refresh, step_up = string.match(redis.call('GET', KEYS[2]) or '0:0', '^(%d+):(%d+)$')
local is_refresh = ARGV[1] == 'refresh'
local mark
if is_refresh then
  mark = string.format('%.0f', math.max(tonumber(refresh) + 1, occurred))
  refresh = mark
else
  mark = string.format('%.0f', math.max(tonumber(step_up), occurred))
  step_up = mark
end
redis.call('SET', KEYS[2], refresh .. ':' .. step_up, 'PX', ARGV[3])

local number = redis.call('INCR', KEYS[4])
redis.call('PEXPIRE', KEYS[4], ARGV[3])
local changed = {}
for _, key in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  local session = 'session:' .. key
  local found = redis.call('HMGET', session, 'auth', 'step_up')
  -- Who has signed in since has done what is demanded.
  if found[1] and (is_refresh or tonumber(found[1]) <= occurred) then
    if is_refresh or not found[2] or tonumber(found[2]) < tonumber(mark) then
      redis.call('HSET', session, ARGV[1], mark)
    end
    changed[#changed + 1] = key
  end
end

redis.call('SET', KEYS[1], table.concat(changed, ' '), 'PX', ARGV[3])
publish(number, changed)
return { 0, #changed }
