-- A hold gets an id, and the outages and end reasons one vocabulary. SQLite changes no CHECK, so two tables are made anew.

-- Append-only. A hold is known by its entry's id, has the account that pays, and names the job that it pays for; one capture
-- or release names the hold.
CREATE TABLE new_ledger_entries (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    entry_type TEXT NOT NULL CHECK (entry_type IN ('grant', 'hold', 'capture', 'release', 'adjust')),
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    month TEXT NOT NULL,                     -- the month that the allowance belongs to
    allowance BIGINT NOT NULL DEFAULT 0,
    extra BIGINT NOT NULL DEFAULT 0,
    upstream_charge BIGINT NOT NULL DEFAULT 0 CHECK (upstream_charge >= 0),  -- what the API keeps of a released hold
    job_id TEXT REFERENCES jobs (id),
    hold_id TEXT REFERENCES ledger_entries (id),  -- the hold that this capture or release resolves
    actor_id BIGINT NOT NULL DEFAULT 0,      -- who did it; 0 for the bot itself and the operator
    reason TEXT NOT NULL DEFAULT '',
    CHECK (entry_type = 'adjust' OR (allowance >= 0 AND extra >= 0)),
    CHECK ((entry_type IN ('hold', 'capture', 'release')) = (job_id IS NOT NULL)),
    CHECK ((entry_type IN ('capture', 'release')) = (hold_id IS NOT NULL))
);

INSERT INTO new_ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, extra, upstream_charge,
    job_id, hold_id, actor_id, reason)
SELECT entries.id, entries.created_at, entries.entry_type, entries.guild_id, entries.member_id, entries.month,
    entries.allowance, entries.extra, entries.upstream_charge, entries.job_id, holds.id, entries.actor_id, entries.reason
FROM ledger_entries AS entries
LEFT JOIN ledger_entries AS holds ON holds.job_id = entries.job_id AND holds.entry_type = 'hold'
    AND entries.entry_type IN ('capture', 'release')
ORDER BY entries.id;

DROP TABLE ledger_entries;
ALTER TABLE new_ledger_entries RENAME TO ledger_entries;

-- A job may be paid by several accounts, each once.
CREATE UNIQUE INDEX ledger_one_hold ON ledger_entries (job_id, guild_id, member_id) WHERE entry_type = 'hold';
CREATE UNIQUE INDEX ledger_one_resolution ON ledger_entries (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX ledger_by_member ON ledger_entries (guild_id, member_id, id);
CREATE INDEX ledger_by_month ON ledger_entries (month, guild_id);
CREATE INDEX ledger_adjustments ON ledger_entries (guild_id, member_id, id) WHERE entry_type IN ('grant', 'adjust');

CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The circuit breaker's record, one row: whether jobs may be submitted to the API. See bot/domain/breaker.py.
CREATE TABLE new_breakers (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'half_open')),
    outage TEXT CHECK (outage IN ('no_answer', 'unreachable', 'authentication_failed', 'plan_exhausted', 'rate_limited')),
    opened_at BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,                -- when the next probe is due, or when the current probe's lease ends
    pause_ms BIGINT NOT NULL,
    trial_job_id TEXT REFERENCES jobs (id),  -- the one job that may be in submission while half-open
    reported TEXT NOT NULL CHECK (reported IN ('closed', 'open')),  -- what the operator's log says
    CHECK ((state = 'closed') = (outage IS NULL)),
    CHECK (trial_job_id IS NULL OR state = 'half_open')
);

INSERT INTO new_breakers (name, state, outage, opened_at, retry_at, pause_ms, trial_job_id, reported)
SELECT name, state,
    CASE outage WHEN 'key_rejected' THEN 'authentication_failed' WHEN 'plan_empty' THEN 'plan_exhausted'
        WHEN 'busy' THEN 'rate_limited' ELSE outage END,
    opened_at, retry_at, pause_ms, trial_job_id, reported
FROM breakers;

DROP TABLE breakers;
ALTER TABLE new_breakers RENAME TO breakers;

UPDATE jobs SET end_reason = CASE end_reason
    WHEN 'upstream_forgot' THEN 'upstream_lost_job'
    WHEN 'key_rejected' THEN 'authentication_failed'
    WHEN 'plan_empty' THEN 'plan_exhausted'
    WHEN 'busy' THEN 'rate_limited'
    WHEN 'operator' THEN 'resolved_by_operator'
    WHEN 'unanswered' THEN 'response_failed'
    WHEN 'member' THEN 'cancelled_by_member'
    ELSE end_reason END
WHERE end_reason IN ('upstream_forgot', 'key_rejected', 'plan_empty', 'busy', 'operator', 'unanswered', 'member');
