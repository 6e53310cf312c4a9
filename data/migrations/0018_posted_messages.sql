-- Where each message was posted, which messages are to be deleted, and which movies were removed.

-- The channel of message_id. Older rows get the channel that their job asked for; one that went to the member instead
-- keeps a place where it is not, which is corrected when one of its buttons is used. NULL: unknown.
ALTER TABLE outbox ADD COLUMN channel_id BIGINT;
UPDATE outbox SET channel_id = (
    SELECT jobs.channel_id FROM jobs
    WHERE jobs.id = outbox.job_id AND (jobs.delivery_target = 'channel' OR outbox.type = 'followed')
) WHERE status = 'sent' AND message_id > 0;

-- A removed movie stays in its member's list, without its links and its messages.
ALTER TABLE jobs ADD COLUMN removed_at BIGINT;
ALTER TABLE jobs ADD COLUMN removed_by TEXT;  -- in which role: see RemovedBy in bot/domain/job.py

-- Messages that Discord has to delete; a row goes when it has.
CREATE TABLE message_deletions (
    message_id BIGINT PRIMARY KEY,
    channel_id BIGINT NOT NULL,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    attempts INTEGER NOT NULL DEFAULT 0,     -- those that failed
    next_attempt_at BIGINT NOT NULL
);

CREATE INDEX message_deletions_due ON message_deletions (next_attempt_at);
