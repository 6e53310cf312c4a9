-- Jobs, the credits they hold, and the messages they owe. Times are UTC epoch milliseconds, money is whole credits.

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    interaction_id BIGINT NOT NULL UNIQUE,   -- the same interaction handed to two processes makes one job
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    member_name TEXT NOT NULL,               -- as it was then: clients don't resolve every mention inside a card
    prompt TEXT NOT NULL,
    seconds INTEGER NOT NULL CHECK (seconds > 0),
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    credits INTEGER NOT NULL CHECK (credits > 0),
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'submitting', 'rendering', 'completed', 'failed', 'cancelled', 'unknown')),
    created_at BIGINT NOT NULL,
    answered_at BIGINT,                      -- when Discord accepted our answer; before that the job is not in the queue
    card_id BIGINT,                          -- the message that answers the command
    submitted_at BIGINT,
    finished_at BIGINT,
    due_at BIGINT,                           -- when the engine looks at it next
    attempts INTEGER NOT NULL DEFAULT 0,     -- submissions that provably never left
    misses INTEGER NOT NULL DEFAULT 0,       -- looks in a row at which the API did not know the request
    request_id TEXT UNIQUE,
    stages_done INTEGER NOT NULL DEFAULT 0,
    stages_total INTEGER NOT NULL DEFAULT 0,
    stage TEXT NOT NULL DEFAULT '',
    movie_url TEXT,
    reason TEXT,
    detail TEXT
);

CREATE INDEX jobs_queue ON jobs (due_at, id) WHERE state = 'queued';
CREATE INDEX jobs_watched ON jobs (due_at) WHERE state = 'rendering';
CREATE INDEX jobs_in_flight ON jobs (member_id) WHERE state IN ('submitting', 'rendering');
CREATE INDEX jobs_of_member ON jobs (guild_id, member_id, id);

-- What each scope has used and holds in a month: a cache of the ledger, and the place where limits are enforced.
CREATE TABLE budgets (
    scope TEXT NOT NULL CHECK (scope IN ('plan', 'server', 'member', 'extra')),
    guild_id BIGINT NOT NULL,                -- 0 where the scope is wider than a server
    member_id BIGINT NOT NULL,               -- 0 where the scope is wider than a member
    month TEXT NOT NULL,                     -- '2026-11', UTC; '' for extra credits, which do not expire
    granted INTEGER NOT NULL DEFAULT 0 CHECK (granted >= 0),  -- extra credits only: what they may spend
    used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0),
    held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
    PRIMARY KEY (scope, guild_id, member_id, month)
);

-- Append-only: no row is ever updated or deleted. Credits are split by where they come from: a member's monthly allowance,
-- and the extra credits granted to them. Only an adjustment is ever negative.
CREATE TABLE ledger (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'hold', 'capture', 'release', 'adjust')),
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    month TEXT NOT NULL,                     -- the month that the allowance belongs to
    allowance INTEGER NOT NULL DEFAULT 0,
    extra INTEGER NOT NULL DEFAULT 0,
    lost INTEGER NOT NULL DEFAULT 0 CHECK (lost >= 0),   -- what the API keeps of a release
    job_id TEXT REFERENCES jobs (id),
    actor_id BIGINT NOT NULL DEFAULT 0,      -- who did it; 0 for the bot itself and the operator
    reason TEXT NOT NULL DEFAULT '',
    CHECK (kind = 'adjust' OR (allowance >= 0 AND extra >= 0)),
    CHECK ((kind IN ('hold', 'capture', 'release')) = (job_id IS NOT NULL))
);

CREATE UNIQUE INDEX ledger_one_hold ON ledger (job_id) WHERE kind = 'hold';
CREATE UNIQUE INDEX ledger_one_resolution ON ledger (job_id) WHERE kind IN ('capture', 'release');
CREATE INDEX ledger_of_member ON ledger (guild_id, member_id, id);

CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- Messages that Discord has not accepted yet (due_at), and those that it has (delivered_at).
CREATE TABLE deliveries (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    notice TEXT NOT NULL CHECK (notice IN ('completed', 'failed', 'unknown', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at BIGINT,
    delivered_at BIGINT,
    message_id BIGINT,
    PRIMARY KEY (job_id, notice)
);

CREATE INDEX deliveries_owed ON deliveries (due_at) WHERE due_at IS NOT NULL;

-- Small facts that outlive a restart, such as which commands were registered last.
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
