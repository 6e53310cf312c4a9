-- SQLite changes no CHECK, so the table is made anew, with one type more.
CREATE TABLE new_ledger_entries (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    entry_type TEXT NOT NULL CHECK (entry_type IN
        ('grant', 'hold', 'capture', 'release', 'adjust', 'pledge', 'unpledge', 'charge')),
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
    charge_difference BIGINT NOT NULL DEFAULT 0,
    released_allowance BIGINT NOT NULL DEFAULT 0
        CHECK (released_allowance >= 0 AND (released_allowance = 0 OR entry_type = 'capture')),
    released_extra BIGINT NOT NULL DEFAULT 0
        CHECK (released_extra >= 0 AND (released_extra = 0 OR entry_type = 'capture')),
    pitch_id TEXT REFERENCES pitches (id)
        CHECK (pitch_id IS NOT NULL OR entry_type NOT IN ('pledge', 'unpledge')),
    CHECK (entry_type = 'adjust' OR (allowance >= 0 AND extra >= 0)),
    CHECK ((entry_type IN ('hold', 'capture', 'release', 'charge')) = (job_id IS NOT NULL)),
    CHECK ((entry_type IN ('capture', 'release')) = (hold_id IS NOT NULL))
);

INSERT INTO new_ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, extra, upstream_charge,
    job_id, hold_id, actor_id, reason, charge_difference, released_allowance, released_extra, pitch_id)
SELECT id, created_at, entry_type, guild_id, member_id, month, allowance, extra, upstream_charge,
    job_id, hold_id, actor_id, reason, charge_difference, released_allowance, released_extra, pitch_id
FROM ledger_entries ORDER BY rowid;

DROP TABLE ledger_entries;
ALTER TABLE new_ledger_entries RENAME TO ledger_entries;

-- As before, in the same order: of several indexes that serve as well, SQLite takes the newest.
CREATE UNIQUE INDEX ledger_one_hold ON ledger_entries (job_id, guild_id, member_id) WHERE entry_type = 'hold';
CREATE UNIQUE INDEX ledger_one_resolution ON ledger_entries (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX ledger_by_member ON ledger_entries (guild_id, member_id, id);
CREATE INDEX ledger_by_month ON ledger_entries (month, guild_id);
CREATE INDEX ledger_adjustments ON ledger_entries (guild_id, member_id, id) WHERE entry_type IN ('grant', 'adjust');
CREATE INDEX ledger_charged_by_member ON ledger_entries (month, member_id, guild_id, created_at, upstream_charge)
    WHERE upstream_charge > 0;
CREATE INDEX ledger_charged_besides ON ledger_entries (guild_id, month, upstream_charge, charge_difference)
    WHERE upstream_charge > 0 OR charge_difference <> 0;
CREATE INDEX ledger_with_reason ON ledger_entries (created_at) WHERE reason <> '';
CREATE INDEX ledger_by_pitch ON ledger_entries (pitch_id) WHERE pitch_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_one_charge ON ledger_entries (job_id) WHERE entry_type = 'charge';

CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE OF id, created_at, entry_type, guild_id, month, allowance, extra,
    upstream_charge, job_id, hold_id, charge_difference, released_allowance, released_extra, pitch_id ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_only_forgets BEFORE UPDATE OF member_id, actor_id, reason ON ledger_entries
WHEN (NEW.member_id <> OLD.member_id AND NEW.member_id >= 0) OR (NEW.actor_id <> OLD.actor_id AND NEW.actor_id >= 0)
    OR (NEW.reason <> OLD.reason AND NEW.reason <> '')
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
