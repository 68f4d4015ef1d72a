-- The holder lets go; a lane waits until an instant before it is taken up again.
-- KEYS holder, lanes   ARGV token, lane ('' = none), unix ms ('' = leave it)
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
if ARGV[2] ~= '' and ARGV[3] ~= '' then redis.call('ZADD', KEYS[2], 'XX', ARGV[3], ARGV[2]) end
return 1
