-- Each movie takes less of the file. SQLite keeps the rows of a table apart from its text key, unless they have no rowid.
-- A member's ledger entries are few enough to be sorted by id; in the order of their months, the reconciliation adds them
-- up without a sort of the whole ledger. PostgreSQL would gain nothing.
/*sqlite
CREATE TABLE outbox_by_key (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    type TEXT NOT NULL CHECK (type IN ('completed', 'failed', 'unknown', 'cancelled', 'followed', 'starred')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'suppressed', 'undeliverable')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT,
    sent_at BIGINT,
    message_id BIGINT,
    leased_by TEXT,
    leased_until BIGINT,
    channel_id BIGINT,
    venue TEXT NOT NULL DEFAULT 'undecided',
    gallery_id BIGINT,
    PRIMARY KEY (job_id, type),
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((status = 'sent') = (sent_at IS NOT NULL))
) WITHOUT ROWID;
INSERT INTO outbox_by_key SELECT job_id, type, status, attempts, created_at, next_attempt_at, sent_at, message_id,
    leased_by, leased_until, channel_id, venue, gallery_id FROM outbox ORDER BY job_id, type;
DROP TABLE outbox;
ALTER TABLE outbox_by_key RENAME TO outbox;
CREATE INDEX outbox_pending ON outbox (next_attempt_at) WHERE status = 'pending';
CREATE INDEX outbox_undeliverable ON outbox (job_id)
    WHERE status IN ('suppressed', 'undeliverable') AND type = 'completed';

DROP INDEX ledger_by_member;
CREATE INDEX ledger_by_member ON ledger_entries (guild_id, member_id, month);
*/
