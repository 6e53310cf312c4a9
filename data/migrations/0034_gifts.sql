-- Bonus credits that a member gave another; see bot/domain/gift.py.

ALTER TABLE guild_settings ADD COLUMN gift_credits BIGINT;       -- what a member may give in a day; NULL: nothing

CREATE TABLE gifts (
    id TEXT PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,              -- where it was given
    giver_id BIGINT NOT NULL,
    recipient_id BIGINT NOT NULL,
    credits BIGINT NOT NULL CHECK (credits > 0),
    taken_entry_id TEXT NOT NULL UNIQUE REFERENCES ledger_entries (id),  -- on the giver's side
    given_entry_id TEXT NOT NULL UNIQUE REFERENCES ledger_entries (id),  -- on the recipient's
    created_at BIGINT NOT NULL,
    notice TEXT NOT NULL CHECK (notice IN ('none', 'pending', 'sent', 'undeliverable')),  -- to the recipient
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT,
    CHECK (giver_id <> recipient_id),
    CHECK ((notice = 'pending') = (next_attempt_at IS NOT NULL))
);

CREATE INDEX gifts_by_giver ON gifts (giver_id, guild_id, created_at);
CREATE INDEX gifts_by_recipient ON gifts (recipient_id, guild_id);
CREATE INDEX gifts_pending ON gifts (next_attempt_at) WHERE notice = 'pending';
