-- How fast members and servers ask for something, where several processes answer them; see data/rate_limits.py.

CREATE TABLE rate_limits (
    key TEXT PRIMARY KEY,                    -- the limit and whose it is
    empty_at BIGINT NOT NULL                 -- when its bucket is empty, UTC epoch microseconds
);

CREATE INDEX rate_limits_empty ON rate_limits (empty_at);
