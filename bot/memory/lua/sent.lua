-- A row has been sent (or given up): it leaves its lane.
-- KEYS lane, holder, lanes, slots
-- ARGV token, row, name of the lane, slot ('' = none), message id ('' = forget the slot), seconds the slot is kept
-- Answers 1, or 0 if the lane is no longer held by token.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if redis.call('LINDEX', KEYS[1], 0) == ARGV[2] then
  redis.call('LPOP', KEYS[1])
else
  redis.call('LREM', KEYS[1], 1, ARGV[2])
end
if ARGV[4] ~= '' then
  if ARGV[5] == '' then
    redis.call('HDEL', KEYS[4], ARGV[4])
  else
    redis.call('HSET', KEYS[4], ARGV[4], ARGV[5])
    redis.call('EXPIRE', KEYS[4], ARGV[6])
  end
end
if redis.call('LLEN', KEYS[1]) == 0 then redis.call('ZREM', KEYS[3], ARGV[3]) end
return 1
