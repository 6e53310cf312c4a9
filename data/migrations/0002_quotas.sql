-- What those who run a server decide: limits, blocks, where audit lines go; and the record of every change.

CREATE TABLE limits (
    guild_id BIGINT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('default', 'server', 'member', 'role')),
    subject_id BIGINT NOT NULL,              -- a member, a role, or 0
    credits INTEGER NOT NULL CHECK (credits >= 0),
    PRIMARY KEY (guild_id, scope, subject_id)
);

CREATE TABLE blocks (
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    until BIGINT,                            -- NULL: until it is lifted
    reason TEXT NOT NULL,
    PRIMARY KEY (guild_id, member_id)
);

CREATE TABLE servers (
    guild_id BIGINT PRIMARY KEY,
    audit_channel_id BIGINT,
    audit_closed_at BIGINT                   -- since when Discord does not let us post there
);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,                -- 0: the operator at the command line
    action TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    credits INTEGER,
    reason TEXT NOT NULL,
    interaction_id BIGINT UNIQUE,            -- the same interaction handed to two processes makes one change
    due_at BIGINT                            -- when it is to be posted; NULL: posted, or nowhere to post it
);

CREATE INDEX audit_of_server ON audit (guild_id, id);
CREATE INDEX audit_owed ON audit (due_at) WHERE due_at IS NOT NULL;

-- Months are looked at as a whole by reports.
CREATE INDEX ledger_of_month ON ledger (month, guild_id);

-- What was granted, taken or reset is looked up without walking over every movie.
CREATE INDEX ledger_changes ON ledger (guild_id, member_id, id) WHERE kind IN ('grant', 'adjust');

-- Those of the member's roles that had a limit when the movie was ordered.
ALTER TABLE jobs ADD COLUMN role_ids TEXT NOT NULL DEFAULT '';
