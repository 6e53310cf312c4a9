-- SQLite drops no column that a CHECK of the table names, so the tables are made anew without them.
CREATE TABLE new_gifts (
    id TEXT PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,              -- where it was given
    giver_id BIGINT NOT NULL,
    recipient_id BIGINT NOT NULL,
    credits BIGINT NOT NULL CHECK (credits > 0),
    taken_entry_id TEXT NOT NULL UNIQUE REFERENCES ledger_entries (id),  -- on the giver's side
    given_entry_id TEXT NOT NULL UNIQUE REFERENCES ledger_entries (id),  -- on the recipient's
    created_at BIGINT NOT NULL,
    CHECK (giver_id <> recipient_id)
);

INSERT INTO new_gifts (id, guild_id, channel_id, giver_id, recipient_id, credits, taken_entry_id, given_entry_id,
    created_at)
SELECT id, guild_id, channel_id, giver_id, recipient_id, credits, taken_entry_id, given_entry_id, created_at
FROM gifts ORDER BY rowid;

DROP TABLE gifts;
ALTER TABLE new_gifts RENAME TO gifts;

CREATE INDEX gifts_by_giver ON gifts (giver_id, guild_id, created_at);
CREATE INDEX gifts_by_recipient ON gifts (recipient_id, guild_id);
CREATE INDEX gifts_by_age ON gifts (created_at);

CREATE TABLE new_credit_requests (
    id TEXT PRIMARY KEY,                     -- also that of its entry in audit_log
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,              -- where the member asked
    member_id BIGINT NOT NULL,
    day TEXT NOT NULL,                       -- '2026-11-26', UTC: a member asks once a day in a server
    credits BIGINT NOT NULL CHECK (credits > 0),
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),  -- of the movie that they could not pay for
    member_language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'declined', 'replaced', 'lapsed', 'unposted')),
    created_at BIGINT NOT NULL,
    decided_by BIGINT,                       -- the manager who granted or declined it
    decided_at BIGINT,
    log_channel_id BIGINT,                   -- the message whose button they pressed
    log_message_id BIGINT,
    UNIQUE (guild_id, member_id, day),
    CHECK ((state IN ('granted', 'declined')) = (decided_by IS NOT NULL))
);

INSERT INTO new_credit_requests (id, guild_id, channel_id, member_id, day, credits, price_credits, member_language,
    state, created_at, decided_by, decided_at, log_channel_id, log_message_id)
SELECT id, guild_id, channel_id, member_id, day, credits, price_credits, member_language, state, created_at,
    decided_by, decided_at, log_channel_id, log_message_id
FROM credit_requests ORDER BY rowid;

DROP TABLE credit_requests;
ALTER TABLE new_credit_requests RENAME TO credit_requests;

CREATE INDEX credit_requests_open ON credit_requests (guild_id, member_id) WHERE state = 'open';
