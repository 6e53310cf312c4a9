-- The processes that use the database; see data/processes.py.

CREATE TABLE processes (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    host TEXT NOT NULL,
    pid BIGINT NOT NULL,
    version TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    shards TEXT NOT NULL,                    -- '': all of them, or none
    seen_at BIGINT NOT NULL                  -- the last heartbeat
);
