-- The reception's deeds. Each has check(K, A, now) -> nil or the reason of a
-- refusal, which writes nothing, and write(K, A, now). K and A are the deed's
-- own keys and arguments. now is unix seconds. Members of a calendar are
-- "end:until:id"; until 0 is firm, else the unix second when the hold lapses.

local function split(member)
  local e, u, id = string.match(member, '^(%d+):(%d+):(.*)$')
  return tonumber(e), tonumber(u), id
end

-- Is [s, e) free of live claims of others? Live claims never overlap each
-- other, so the search ends at the first live one that ends before s.
local function free(cal, s, e, now, own)
  local found = redis.call('ZREVRANGEBYSCORE', cal, '(' .. e, '-inf')
  for _, m in ipairs(found) do
    local ends, untl, id = split(m)
    if id ~= own and (untl == 0 or untl > now) then
      return ends <= s
    end
  end
  return true
end

-- Drops lapsed holds, and every claim of own.
local function sweep(cal, now, own)
  for _, m in ipairs(redis.call('ZRANGE', cal, 0, -1)) do
    local _, untl, id = split(m)
    if id == own or (untl ~= 0 and untl <= now) then redis.call('ZREM', cal, m) end
  end
end

local function claim(cal, s, e, untl, id, now, expire)
  sweep(cal, now, id)
  redis.call('ZADD', cal, s, e .. ':' .. untl .. ':' .. id)
  redis.call('EXPIREAT', cal, expire)
end

local function passed(key)
  local o = redis.call('HGET', key, 'outcome')
  return o == 'ok' or o == 'review', o
end

-- hold: K calendar, patient day, old calendar, old patient day, outcome, booking
--       A id, start, end, until, expire
deeds.hold = {
  check = function(K, A, now)
    if redis.call('EXISTS', K[6]) == 1 then return 'used' end
    if not passed(K[5]) then return 'check' end
    if not free(K[1], tonumber(A[2]), tonumber(A[3]), now, A[1]) then return 'taken' end
    if not free(K[2], tonumber(A[2]), tonumber(A[3]), now, A[1]) then return 'clash' end
  end,
  write = function(K, A, now)
    sweep(K[3], now, A[1])
    sweep(K[4], now, A[1])
    claim(K[1], A[2], A[3], A[4], A[1], now, A[5])
    claim(K[2], A[2], A[3], A[4], A[1], now, A[5])
  end,
}

-- release: K calendar, patient day   A id
deeds.release = {
  check = function() end,
  write = function(K, A, now)
    sweep(K[1], now, A[1])
    sweep(K[2], now, A[1])
  end,
}

-- judge: K outcome [, calendar, patient day]   A outcome, seconds to keep [, id]
deeds.judge = {
  check = function() end,
  write = function(K, A, now)
    redis.call('HSET', K[1], 'outcome', A[1], 'at', now)
    if A[1] == 'blocked' or A[1] == 'under18' then
      -- remembered beside a later outcome: a stop holds for a while
      redis.call('HSET', K[1], A[1], now)
    end
    if redis.call('TTL', K[1]) < tonumber(A[2]) then redis.call('EXPIRE', K[1], A[2]) end
    if K[2] then deeds.release.write({K[2], K[3]}, {A[3]}, now) end
  end,
}

-- request: K booking, mine, open, outcome [, calendar, patient day]
--          A id, limit, start (unix s), expire, outcome, [start, end | '', ''], n, field, value ...
-- A call, which has no time, brings no calendars and needs no passed check.
deeds.request = {
  check = function(K, A, now)
    if redis.call('EXISTS', K[1]) == 1 then return 'used' end
    if K[5] then
      local ok, stored = passed(K[4])
      if not ok or stored ~= A[5] then return 'check' end
      if not free(K[5], tonumber(A[6]), tonumber(A[7]), now, A[1]) then return 'taken' end
      if not free(K[6], tonumber(A[6]), tonumber(A[7]), now, A[1]) then return 'clash' end
    end
    local limit = tonumber(A[2])
    if limit > 0 and redis.call('ZCOUNT', K[2], now, '+inf') >= limit then return 'limit' end
  end,
  write = function(K, A, now)
    local fields = {}
    for i = 9, 8 + 2 * tonumber(A[8]) do fields[#fields + 1] = A[i] end
    redis.call('HSET', K[1], unpack(fields))
    redis.call('EXPIREAT', K[1], A[4])
    redis.call('ZADD', K[2], A[3], A[1])
    if redis.call('TTL', K[2]) < tonumber(A[4]) - now then redis.call('EXPIREAT', K[2], A[4]) end
    redis.call('ZADD', K[3], now, A[1])
    if K[5] then
      claim(K[5], A[6], A[7], 0, A[1], now, A[4])
      claim(K[6], A[6], A[7], 0, A[1], now, A[4])
    end
  end,
}

-- change: K booking, mine, open [, calendar, patient day]
--         A id, version, status, by, at, ends ('1' frees the time), waits ('1' is unanswered), outcome ('' leaves it)
deeds.change = {
  check = function(K, A, now)
    if redis.call('HGET', K[1], 'version') ~= A[2] then return 'version' end
    local status = redis.call('HGET', K[1], 'status')
    -- what has ended has given its time back and can't come to life again
    if status ~= 'requested' and status ~= 'confirmed' then return 'version' end
  end,
  write = function(K, A, now)
    redis.call('HSET', K[1], 'version', tonumber(A[2]) + 1, 'status', A[3], 'by', A[4], 'at', A[5])
    if A[8] ~= '' then redis.call('HSET', K[1], 'outcome', A[8]) end
    if A[6] == '1' then
      redis.call('ZREM', K[2], A[1])
      if K[4] then deeds.release.write({K[4], K[5]}, {A[1]}, now) end
    end
    if A[7] == '1' then redis.call('ZADD', K[3], redis.call('HGET', K[1], 'created'), A[1]) else redis.call('ZREM', K[3], A[1]) end
  end,
}

-- look: K access   A who, reference, at
deeds.look = {
  check = function() end,
  write = function(K, A, now)
    redis.call('XADD', K[1], 'MAXLEN', '~', 1000000, '*', 'who', A[1], 'saw', A[2], 'at', A[3])
  end,
}
