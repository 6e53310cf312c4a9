-- Deletions of messages are due in the table messages. The subject of one is the id of the message.

ALTER TABLE messages ADD COLUMN job_id TEXT REFERENCES jobs (id);  -- what the message is about
ALTER TABLE messages ADD COLUMN channel_id BIGINT;
ALTER TABLE messages ADD COLUMN venue TEXT;
CREATE INDEX messages_by_job ON messages (job_id) WHERE job_id IS NOT NULL;

INSERT INTO messages (subject_id, kind, member_id, guild_id, job_id, channel_id, venue, nonce, status, attempts,
    due_since, due_at)
SELECT CAST(message_id AS TEXT), 'gone', 0, jobs.guild_id, jobs.id, deletions.channel_id, venue, 'gone-' || message_id,
    'pending', attempts, next_attempt_at, next_attempt_at
FROM message_deletions AS deletions JOIN jobs ON jobs.id = deletions.job_id;

DROP TABLE message_deletions;
