-- An erasure is no way out of a limit, a cool-down or a daily count either; see data/erased_accounts.py.

ALTER TABLE erased_accounts ADD COLUMN limit_credits BIGINT;  -- what the managers let the member spend; NULL: not set

-- What a member did shortly before their erasure, where that still counts. It goes with the month's key.
CREATE TABLE erased_events (
    month TEXT NOT NULL,
    digest TEXT NOT NULL,                    -- of the member's id, with the month's key
    kind TEXT NOT NULL,                      -- see EventKind in data/erased_events.py
    guild_id BIGINT NOT NULL,                -- 0: all servers
    happened_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (month, digest, kind, guild_id, happened_at)
);
