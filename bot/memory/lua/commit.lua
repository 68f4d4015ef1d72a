-- One turn made true, whole or not at all. The deeds (table deeds) stand above
-- this text. All checks come before the first write.
--
-- KEYS lease, mark, state, lanes, due, then lane and holder of each lane that
--      gets rows, then the deed's keys
-- ARGV fence ('' = none), attempt, seconds the mark is kept,
--      state: '' (untouched), 'set' or 'drop'; version read; state; seconds it is kept,
--      now in unix ms ('' = the server's clock), lane token, ms a lane is held,
--      done: member of due that this turn carries out ('' = none),
--      number of lanes, for each: name, number of rows, for each: 'first' or 'last', row,
--      number of due members, for each: unix ms, member,
--      deed ('' = none), its arguments ...
-- Answers {'OK', granted lanes ...}, {'DUP'}, {'MINE'} (this attempt had
-- succeeded, its answer was lost), {'FENCED'}, {'STALE'} or {'REFUSED', reason}.

local at = 0
local function arg() at = at + 1; return ARGV[at] end

local fence, attempt, marked = arg(), arg(), arg()
local what, version, state, kept = arg(), arg(), arg(), arg()
local now, token, held, done = arg(), arg(), arg(), arg()
if now == '' then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
else
  now = tonumber(now)
end

local seen = redis.call('GET', KEYS[2])
if seen == attempt then return {'MINE'} end
if seen then return {'DUP'} end
if fence ~= '' and redis.call('GET', KEYS[1]) ~= fence then return {'FENCED'} end
if done ~= '' and not redis.call('ZSCORE', KEYS[5], done) then return {'DUP'} end
if what ~= '' and (redis.call('HGET', KEYS[3], 'version') or '0') ~= version then return {'STALE'} end

local lanes, key = {}, 5
for i = 1, tonumber(arg()) do
  local lane = {name = arg(), list = KEYS[key + 1], holder = KEYS[key + 2], rows = {}}
  key = key + 2
  for j = 1, tonumber(arg()) do lane.rows[j] = {place = arg(), row = arg()} end
  lanes[i] = lane
end
local due = {}
for i = 1, tonumber(arg()) do due[i] = {at = arg(), member = arg()} end

local deed, K, A = arg(), {}, {}
if deed ~= '' then
  for i = key + 1, #KEYS do K[#K + 1] = KEYS[i] end
  for i = at + 1, #ARGV do A[#A + 1] = ARGV[i] end
  local reason = deeds[deed].check(K, A, math.floor(now / 1000))
  if reason then return {'REFUSED', reason} end
end

redis.call('SET', KEYS[2], attempt, 'EX', marked)
if what == 'set' then
  redis.call('HSET', KEYS[3], 'version', tonumber(version) + 1, 'state', state)
  redis.call('EXPIRE', KEYS[3], kept)
elseif what == 'drop' then
  redis.call('DEL', KEYS[3])
end
if done ~= '' then redis.call('ZREM', KEYS[5], done) end
for _, d in ipairs(due) do redis.call('ZADD', KEYS[5], d.at, d.member) end
local answer = {'OK'}
for _, lane in ipairs(lanes) do
  for i = #lane.rows, 1, -1 do -- several first ones keep their order
    if lane.rows[i].place == 'first' then
      lane.first = true
      redis.call('LPUSH', lane.list, lane.rows[i].row)
    end
  end
  for _, r in ipairs(lane.rows) do
    if r.place ~= 'first' then redis.call('RPUSH', lane.list, r.row) end
  end
  redis.call('ZADD', KEYS[4], 'NX', now, lane.name)
  -- a lane that rests after a 429 isn't handed out, unless danger comes first
  local ready = lane.first or tonumber(redis.call('ZSCORE', KEYS[4], lane.name)) <= now
  if token ~= '' and ready and redis.call('SET', lane.holder, token, 'NX', 'PX', held) then answer[#answer + 1] = lane.name end
end
if deed ~= '' then deeds[deed].write(K, A, math.floor(now / 1000)) end
return answer
