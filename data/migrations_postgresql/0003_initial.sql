-- The schema of the migrations up to 0003, which are for SQLite. Later ones are for both. Ids sort by their bytes.

-- One movie: its request, its price, and how far it is. The states and transitions are in bot/domain/job.py.
CREATE TABLE jobs (
    id TEXT COLLATE "C" PRIMARY KEY,  -- sorts by creation
    interaction_id BIGINT NOT NULL UNIQUE,   -- an interaction that reaches two processes makes one job
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    member_name TEXT NOT NULL,               -- as it was at creation: clients do not resolve every mention in an embed
    role_ids TEXT NOT NULL DEFAULT '',       -- the member's roles that had a limit at creation, separated by spaces
    prompt TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL CHECK (duration_seconds > 0),
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),
    delivery_target TEXT NOT NULL DEFAULT 'channel' CHECK (delivery_target IN ('channel', 'direct')),
    state TEXT NOT NULL CHECK (state IN
        ('reserved', 'queued', 'submitting', 'rendering', 'completed', 'failed', 'cancelled', 'unknown')),
    created_at BIGINT NOT NULL,
    acknowledged_at BIGINT,                  -- when Discord accepted the response
    card_message_id BIGINT,                  -- the message that responds to the command
    submitted_at BIGINT,
    finished_at BIGINT,
    next_run_at BIGINT,                      -- when a worker takes the job next
    submit_attempts INTEGER NOT NULL DEFAULT 0,  -- submissions that provably did not reach the API
    not_found_count INTEGER NOT NULL DEFAULT 0,  -- status polls in a row that did not find the request
    samsar_request_id TEXT UNIQUE,
    unverified_request_id TEXT,              -- from a callback; used only after a status poll confirms it
    callback_token_hash TEXT,
    called_back_at BIGINT,
    last_pending_at BIGINT,                  -- when the API last said that the movie is not finished
    completed_stages INTEGER NOT NULL DEFAULT 0,
    total_stages INTEGER NOT NULL DEFAULT 0,
    current_stage TEXT NOT NULL DEFAULT '',
    took_ms BIGINT,                          -- rendering time; NULL where the movie may have been found too late to tell
    movie_url TEXT,
    end_reason TEXT,
    upstream_message TEXT
);

CREATE INDEX jobs_queue ON jobs (next_run_at, id) WHERE state = 'queued';
CREATE INDEX jobs_queue_order ON jobs (id, member_id, next_run_at) WHERE state = 'queued';
CREATE INDEX jobs_reserved ON jobs (created_at) WHERE state = 'reserved';
CREATE INDEX jobs_polled ON jobs (next_run_at) WHERE state IN ('rendering', 'unknown') AND next_run_at IS NOT NULL;
CREATE INDEX jobs_in_progress ON jobs (member_id, submitted_at, state) WHERE state IN ('submitting', 'rendering');
CREATE UNIQUE INDEX jobs_callback_token ON jobs (callback_token_hash) WHERE callback_token_hash IS NOT NULL;

-- Monitoring counts the open jobs, which are few among many.
CREATE INDEX jobs_open ON jobs (state, created_at, price_credits)
    WHERE state IN ('reserved', 'queued', 'submitting', 'rendering', 'unknown');

-- The durations of each model's newest movies are read at every start.
CREATE INDEX jobs_completed ON jobs (video_model, id) WHERE state = 'completed';

-- A member's movies, in one server or in all.
CREATE INDEX jobs_by_member ON jobs (member_id, id, guild_id);
CREATE INDEX jobs_open_by_member ON jobs (member_id, id)
    WHERE state IN ('reserved', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_unsuccessful_by_member ON jobs (member_id, id) WHERE state IN ('failed', 'cancelled');

-- Members who are mentioned when someone else's movie is done.
CREATE TABLE followers (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id),
    member_id BIGINT NOT NULL,
    PRIMARY KEY (job_id, member_id)
);

-- The first callback that came after a job had failed without the API's own report: there may be a movie.
CREATE TABLE late_callbacks (
    job_id TEXT COLLATE "C" PRIMARY KEY REFERENCES jobs (id),
    received_at BIGINT NOT NULL,
    request_id TEXT                          -- as the callback names it; no status poll has confirmed it
);

-- A priced request that a member saw before buying it. It is accepted once, by accepted_job_id.
CREATE TABLE quotes (
    id TEXT COLLATE "C" PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    prompt TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL,
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    price_credits BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    cancelled_at BIGINT,                     -- its member cancelled it, or changed it into another
    accepted_job_id TEXT COLLATE "C" REFERENCES jobs (id)
);

CREATE INDEX quotes_by_age ON quotes (created_at);

-- The choices of a member's last movie, in whichever server, and where they want their movies.
CREATE TABLE member_preferences (
    member_id BIGINT PRIMARY KEY,
    duration_seconds INTEGER,
    video_model TEXT,
    image_model TEXT,
    aspect_ratio TEXT,
    delivery_target TEXT NOT NULL DEFAULT 'channel' CHECK (delivery_target IN ('channel', 'direct'))
);

-- What each scope has used and holds in a month: a cache of the ledger, and the place where limits are enforced.
CREATE TABLE balances (
    scope TEXT NOT NULL CHECK (scope IN ('plan', 'server', 'member', 'extra')),
    guild_id BIGINT NOT NULL,                -- 0 where the scope is wider than a server
    member_id BIGINT NOT NULL,               -- 0 where the scope is wider than a member
    month TEXT NOT NULL,                     -- '2026-11', UTC; '' for extra credits, which do not expire
    granted BIGINT NOT NULL DEFAULT 0 CHECK (granted >= 0),  -- extra credits only: what they may spend
    used BIGINT NOT NULL DEFAULT 0 CHECK (used >= 0),
    held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
    PRIMARY KEY (scope, guild_id, member_id, month)
);

-- Append-only. A hold is known by its entry's id, has the account that pays, and names the job that it pays for; one capture
-- or release names the hold.
CREATE TABLE ledger_entries (
    id TEXT COLLATE "C" PRIMARY KEY,
    created_at BIGINT NOT NULL,
    entry_type TEXT NOT NULL CHECK (entry_type IN ('grant', 'hold', 'capture', 'release', 'adjust')),
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    month TEXT NOT NULL,                     -- the month that the allowance belongs to
    allowance BIGINT NOT NULL DEFAULT 0,
    extra BIGINT NOT NULL DEFAULT 0,
    upstream_charge BIGINT NOT NULL DEFAULT 0 CHECK (upstream_charge >= 0),  -- what the API keeps of a released hold
    job_id TEXT COLLATE "C" REFERENCES jobs (id),
    hold_id TEXT COLLATE "C" REFERENCES ledger_entries (id),  -- the hold that this capture or release resolves
    actor_id BIGINT NOT NULL DEFAULT 0,      -- who did it; 0 for the bot itself and the operator
    reason TEXT NOT NULL DEFAULT '',
    CHECK (entry_type = 'adjust' OR (allowance >= 0 AND extra >= 0)),
    CHECK ((entry_type IN ('hold', 'capture', 'release')) = (job_id IS NOT NULL)),
    CHECK ((entry_type IN ('capture', 'release')) = (hold_id IS NOT NULL))
);

-- A job may be paid by several accounts, each once.
CREATE UNIQUE INDEX ledger_one_hold ON ledger_entries (job_id, guild_id, member_id) WHERE entry_type = 'hold';
CREATE UNIQUE INDEX ledger_one_resolution ON ledger_entries (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX ledger_by_member ON ledger_entries (guild_id, member_id, id);
CREATE INDEX ledger_by_month ON ledger_entries (month, guild_id);
CREATE INDEX ledger_adjustments ON ledger_entries (guild_id, member_id, id) WHERE entry_type IN ('grant', 'adjust');

CREATE FUNCTION reject_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION reject_ledger_change();

-- Messages about jobs, kept until Discord accepts them.
CREATE TABLE outbox (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id),
    type TEXT NOT NULL CHECK (type IN ('completed', 'failed', 'unknown', 'cancelled', 'followed')),
    status TEXT NOT NULL CHECK (status IN
        ('pending', 'sent',
         'suppressed',                       -- never to be sent: no longer true, or perhaps sent before a restore
         'undeliverable')),                  -- Discord rejects it in the channel and for the member
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT,
    sent_at BIGINT,
    message_id BIGINT,                       -- 0: it was deleted before its id was known
    PRIMARY KEY (job_id, type),
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);

CREATE INDEX outbox_pending ON outbox (next_attempt_at) WHERE status = 'pending';
-- Movies that their members did not get.
CREATE INDEX outbox_undeliverable ON outbox (job_id)
    WHERE status IN ('suppressed', 'undeliverable') AND type = 'completed';

-- What those who manage a server decide: limits, blocks, where audit entries go; and the record of every change.
CREATE TABLE quota_limits (
    guild_id BIGINT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('default', 'server', 'member', 'role')),
    subject_id BIGINT NOT NULL,              -- a member, a role, or 0
    credits BIGINT NOT NULL CHECK (credits >= 0),
    PRIMARY KEY (guild_id, scope, subject_id)
);

CREATE TABLE member_blocks (
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    expires_at BIGINT,                       -- NULL: until someone removes it
    reason TEXT NOT NULL,
    PRIMARY KEY (guild_id, member_id)
);

CREATE TABLE guild_settings (
    guild_id BIGINT PRIMARY KEY,
    audit_channel_id BIGINT,
    audit_channel_failed_at BIGINT           -- since when Discord forbids posting there
);

CREATE TABLE audit_log (
    id TEXT COLLATE "C" PRIMARY KEY,
    created_at BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,                -- 0: the operator at the command line, or the bot itself
    action TEXT NOT NULL,                    -- bot/domain/quota.py has the actions and the reason codes
    subject_id BIGINT NOT NULL,              -- a member, a role, a channel, or 0
    amount BIGINT,                           -- credits
    duration_hours INTEGER,                  -- of a block; NULL: until someone removes it
    job_id TEXT COLLATE "C" REFERENCES jobs (id),  -- the job that the change is about
    reason_code TEXT,
    reason TEXT NOT NULL,                    -- what a person typed, or the detail of reason_code
    interaction_id BIGINT UNIQUE,            -- an interaction that reaches two processes makes one change
    next_attempt_at BIGINT                   -- when it is posted; NULL: posted, or there is no channel
);

CREATE INDEX audit_log_by_guild ON audit_log (guild_id, id);
CREATE INDEX audit_log_pending ON audit_log (next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX audit_log_pending_by_guild ON audit_log (guild_id, id) WHERE next_attempt_at IS NOT NULL;

-- The circuit breaker's record, one row: whether jobs may be submitted to the API. See bot/domain/breaker.py.
CREATE TABLE breakers (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'half_open')),
    outage TEXT CHECK (outage IN ('no_answer', 'unreachable', 'authentication_failed', 'plan_exhausted', 'rate_limited')),
    opened_at BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,                -- when the next probe is due, or when the current probe's lease ends
    pause_ms BIGINT NOT NULL,
    trial_job_id TEXT COLLATE "C" REFERENCES jobs (id),  -- the one job that may be in submission while half-open
    reported TEXT NOT NULL CHECK (reported IN ('closed', 'open')),  -- what the operator's log says
    CHECK ((state = 'closed') = (outage IS NULL)),
    CHECK (trial_job_id IS NULL OR state = 'half_open')
);

INSERT INTO breakers (name, state, opened_at, retry_at, pause_ms, reported)
VALUES ('submission', 'closed', 0, 0, 0, 'closed');

-- Small values that outlive a restart, such as which commands were synced last.
CREATE TABLE key_value (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- What the operator decided about one server. A server without a row keeps to the settings.
CREATE TABLE server_policies (
    guild_id BIGINT PRIMARY KEY,
    monthly_credits BIGINT CHECK (monthly_credits >= 0),  -- NULL: SERVER_MONTHLY_CREDITS
    blocked_at BIGINT                        -- its members order nothing since then; NULL: they may
);

-- Upstream failures of a member in a server that no longer count, because one of its managers lifted the stop.
-- guild_id 0: the operator lifted it in all servers.
CREATE TABLE failure_waivers (
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    waived_at BIGINT NOT NULL,               -- failures until then do not count
    PRIMARY KEY (guild_id, member_id)
);

CREATE INDEX jobs_open_by_guild ON jobs (guild_id)
    WHERE state IN ('reserved', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_cancelled_by_member ON jobs (member_id, finished_at) WHERE end_reason = 'cancelled_by_member';

CREATE INDEX quotes_by_member ON quotes (member_id, created_at) WHERE accepted_job_id IS NULL;

-- Failures that the API charged for are few among the entries.
CREATE INDEX ledger_charged_by_member ON ledger_entries (month, member_id, guild_id, created_at, upstream_charge)
    WHERE upstream_charge > 0;
CREATE INDEX ledger_charged_by_guild ON ledger_entries (guild_id, month, upstream_charge) WHERE upstream_charge > 0;
