-- The holder of a lane or of the lease keeps it, or takes it when it is free.
-- KEYS holder   ARGV token, ms
-- Answers 1 if it is now held by token.
local h = redis.call('GET', KEYS[1])
if h and h ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
