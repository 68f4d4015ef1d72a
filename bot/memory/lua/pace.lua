-- May one more message go? Sliding windows: of the chat, and of the whole bot.
-- KEYS window of the chat, window of the bot
-- ARGV id, messages and ms of the chat's window, messages and ms of the bot's (0 = no limit), now in unix ms ('' = the server's clock)
-- Answers 0 and counts it, or the ms to wait.
local now = ARGV[6]
if now == '' then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
else
  now = tonumber(now)
end
local wait = 0
for i = 1, 2 do
  local most, span = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  if most > 0 then
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - span)
    if redis.call('ZCARD', KEYS[i]) >= most then
      local first = redis.call('ZRANGE', KEYS[i], -most, -most, 'WITHSCORES')
      wait = math.max(wait, first[2] + span - now, 1)
    end
  end
end
if wait > 0 then return wait end
for i = 1, 2 do
  if tonumber(ARGV[2 * i]) > 0 then
    redis.call('ZADD', KEYS[i], now, ARGV[1])
    redis.call('PEXPIRE', KEYS[i], ARGV[2 * i + 1])
  end
end
return 0
