-- A member's data is erased when they ask for it; see data/erasure.py.

-- Members who asked for it, until it is done: what they ordered ends first.
CREATE TABLE erasure_requests (
    member_id BIGINT PRIMARY KEY,
    id TEXT NOT NULL,                        -- of the erasure, also in the list beside the backups
    requested_at BIGINT NOT NULL
);

-- What was done. A database without an erasure's id shows its member as they were before.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    erased_at BIGINT NOT NULL,
    salt TEXT,                               -- with the digest, it recognizes the member in a backup
    digest TEXT                              -- NULL: every machine's list beside the backups has it
);

-- What a member who erased their data has spent, and where they are blocked, until the month ends.
CREATE TABLE erased_accounts (
    month TEXT NOT NULL,
    digest TEXT NOT NULL,                    -- of the member's id, with the month's key
    guild_id BIGINT NOT NULL,                -- 0: all servers
    spent BIGINT NOT NULL CHECK (spent >= 0),
    failed BIGINT NOT NULL CHECK (failed >= 0),  -- what their failed movies cost the plan
    blocked INTEGER NOT NULL,                -- 0 or 1
    blocked_until BIGINT,                    -- NULL: until someone removes it
    PRIMARY KEY (month, digest, guild_id)
);

-- Without its key, nobody can tell whose a digest is. It goes with the month.
CREATE TABLE erasure_keys (
    month TEXT PRIMARY KEY,
    key TEXT NOT NULL
);
