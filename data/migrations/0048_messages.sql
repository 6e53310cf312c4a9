-- One table of what members are told; see data/messages.py. What is pending keeps its nonce, and so what may have been
-- sent before is not sent twice.

CREATE TABLE messages (
    subject_id TEXT NOT NULL,                -- of a gift, a request, a job or a pitch
    kind TEXT NOT NULL,                      -- bot/domain/message.py
    member_id BIGINT NOT NULL,               -- who is told; 0: it shows a state
    guild_id BIGINT NOT NULL,
    credits BIGINT NOT NULL DEFAULT 0,
    reason TEXT,
    nonce TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'suppressed', 'undeliverable')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_since BIGINT NOT NULL,               -- when it was due first
    due_at BIGINT,                           -- when it is tried next
    PRIMARY KEY (subject_id, kind, member_id),
    CHECK ((status = 'pending') = (due_at IS NOT NULL))
);

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, attempts, due_since, due_at)
SELECT id, 'gift', recipient_id, guild_id, id, notice, attempts, created_at, next_attempt_at
FROM gifts WHERE notice <> 'none';

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, attempts, due_since, due_at)
SELECT id, 'answer', member_id, guild_id, id || '-answer', notice, attempts, COALESCE(decided_at, created_at),
    next_attempt_at
FROM credit_requests WHERE notice <> 'none';

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, attempts, due_since, due_at)
SELECT followers.job_id, 'followed', followers.member_id, jobs.guild_id,
    followers.job_id || '-' || followers.member_id || '-followed-True', followers.notice, followers.attempts,
    COALESCE(followers.queued_at, 0), followers.next_attempt_at
FROM followers JOIN jobs ON jobs.id = followers.job_id
WHERE followers.notice <> 'none' AND NOT (followers.notice = 'pending' AND jobs.removed_at IS NOT NULL);

-- Who was not told that a pitch waited, because it did no more, is told when it waits again.
INSERT INTO messages (subject_id, kind, member_id, guild_id, credits, reason, nonce, status, attempts, due_since, due_at)
SELECT notices.pitch_id, notices.kind, notices.member_id, pitches.guild_id, notices.credits, notices.reason,
    notices.pitch_id || '-' || notices.kind || '-' || notices.member_id || '-' || notices.created_at, notices.status,
    notices.attempts, notices.created_at, notices.next_attempt_at
FROM pitch_notices AS notices JOIN pitches ON pitches.id = notices.pitch_id
WHERE NOT (notices.kind = 'waiting' AND notices.status = 'suppressed');

-- Pitches whose message does not show everything.
INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, attempts, due_since, due_at)
SELECT id, 'pitch', 0, guild_id, 'pitch-' || id, 'pending', message_attempts, message_due_at, message_due_at
FROM pitches WHERE message_due_at IS NOT NULL AND message_id IS NOT NULL;

CREATE INDEX messages_pending ON messages (due_at) WHERE status = 'pending';
CREATE INDEX messages_due ON messages (kind, guild_id, due_at) WHERE status = 'pending';
CREATE INDEX messages_by_member ON messages (member_id, guild_id);
CREATE INDEX messages_by_age ON messages (due_since) WHERE status <> 'pending';

DROP TABLE pitch_notices;
DROP INDEX followers_untold;
ALTER TABLE followers DROP COLUMN notice;
ALTER TABLE followers DROP COLUMN queued_at;
ALTER TABLE followers DROP COLUMN attempts;
ALTER TABLE followers DROP COLUMN next_attempt_at;
DROP INDEX pitches_messages;
ALTER TABLE pitches DROP COLUMN message_due_at;
ALTER TABLE pitches DROP COLUMN message_attempts;
DROP INDEX gifts_pending;
DROP INDEX credit_requests_pending;
