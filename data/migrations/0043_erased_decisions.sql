-- An erasure ends no block and no allowance of 0; see data/erased_decisions.py.

-- Blocks and limits of members who erased their data. In erasure_keys, '' is the month of the key that has no end.
CREATE TABLE erased_decisions (
    month TEXT NOT NULL,                     -- of the digest's key, which all goes with; '': until the decision ends
    digest TEXT NOT NULL,                    -- of the member's id, with the key
    guild_id BIGINT NOT NULL,                -- 0: all servers
    kind TEXT NOT NULL,                      -- see DecisionKind in data/erased_decisions.py
    ends_at BIGINT,                          -- NULL: until someone removes it
    credits BIGINT,                          -- what a limit allows
    PRIMARY KEY (month, digest, guild_id, kind)
);

-- Those of before end with their month: without the member's id, no digest of another key can be made.
INSERT INTO erased_decisions (month, digest, guild_id, kind, ends_at)
SELECT month, digest, guild_id, CASE WHEN is_timeout = 1 THEN 'timeout' ELSE 'block' END, blocked_until
FROM erased_accounts WHERE blocked = 1;
INSERT INTO erased_decisions (month, digest, guild_id, kind, credits)
SELECT month, digest, guild_id, 'limit', limit_credits FROM erased_accounts WHERE limit_credits IS NOT NULL;

DELETE FROM erased_accounts WHERE spent = 0 AND failed = 0;
ALTER TABLE erased_accounts DROP COLUMN blocked;
ALTER TABLE erased_accounts DROP COLUMN blocked_until;
ALTER TABLE erased_accounts DROP COLUMN is_timeout;
ALTER TABLE erased_accounts DROP COLUMN limit_credits;
