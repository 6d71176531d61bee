-- After once.lua.
--
-- KEYS  1 marker of the event  2 tombstone (revoked: or not_before:)  3 index (sessions of the sid or of the user)
--       4 count of endings
-- ARGV  1 'sid' or 'sub'  2 occurred at (ms)  3 longest lifetime (ms)  4 to 6 for the publication
-- Publishes what ended, and returns { 0, how many sessions }, or { 1, the same } when the event was seen before.
--
-- Order: tombstone, sessions, indexes, marker. The marker comes last, so that a script that fails half-way is
-- done again; it keeps the ended keys, so that a repetition publishes them again.
local of_user = ARGV[1] == 'sub'
local tombstone = ARGV[2]
if of_user then
  -- Events may arrive out of order: not_before only moves forward.
  local before = redis.call('GET', KEYS[2])
  if before and tonumber(before) > tonumber(tombstone) then
    tombstone = before
  end
end
redis.call('SET', KEYS[2], tombstone, 'PX', ARGV[3])

local number = redis.call('INCR', KEYS[4])
redis.call('PEXPIRE', KEYS[4], ARGV[3])
local ended = {}
for _, key in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  local session = 'session:' .. key
  local found = redis.call('HMGET', session, 'auth', 'by_sub', 'by_sid')
  -- A sign-in after the event stays, however late the event is.
  if not (of_user and found[1] and tonumber(found[1]) > tonumber(ARGV[2])) then
    if redis.call('DEL', session) == 1 then
      ended[#ended + 1] = key
    end
    redis.call('ZREM', KEYS[3], key)
    for position = 2, 3 do
      if found[position] and found[position] ~= '' then
        redis.call('ZREM', found[position], key)
      end
    end
  end
end

redis.call('SET', KEYS[1], table.concat(ended, ' '), 'PX', ARGV[3])
publish(number, ended)
return { 0, #ended }
