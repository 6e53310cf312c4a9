-- SQLite changes no CHECK, so the table is made anew, with a type more.
CREATE TABLE new_outbox (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    type TEXT NOT NULL CHECK (type IN ('completed', 'failed', 'unknown', 'cancelled', 'followed', 'starred')),
    status TEXT NOT NULL CHECK (status IN
        ('pending', 'sent',
         'suppressed',                       -- never to be sent: no longer true, or perhaps sent before a restore
         'undeliverable')),                  -- Discord rejects it in the channel and for the member
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT,
    sent_at BIGINT,
    message_id BIGINT,                       -- 0: it was deleted before its id was known
    leased_by TEXT,
    leased_until BIGINT,
    channel_id BIGINT,
    venue TEXT NOT NULL DEFAULT 'undecided',
    gallery_id BIGINT,                       -- the gallery that was decided on
    PRIMARY KEY (job_id, type),
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);

INSERT INTO new_outbox (job_id, type, status, attempts, created_at, next_attempt_at, sent_at, message_id, leased_by,
    leased_until, channel_id, venue, gallery_id)
SELECT job_id, type, status, attempts, created_at, next_attempt_at, sent_at, message_id, leased_by, leased_until,
    channel_id, venue, gallery_id
FROM outbox ORDER BY rowid;

DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;

CREATE INDEX outbox_pending ON outbox (next_attempt_at) WHERE status = 'pending';
CREATE INDEX outbox_undeliverable ON outbox (job_id)
    WHERE status IN ('suppressed', 'undeliverable') AND type = 'completed';
