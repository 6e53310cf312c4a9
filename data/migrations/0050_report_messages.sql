-- Messages about reported movies are due in the table messages. Those with a row show a change.

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, attempts, due_since, due_at)
SELECT job_id, 'report', 0, guild_id, 'report-' || job_id, 'pending', attempts, next_attempt_at, next_attempt_at
FROM reported_movies WHERE next_attempt_at IS NOT NULL;

DROP INDEX reported_movies_pending;
ALTER TABLE reported_movies DROP COLUMN attempts;
ALTER TABLE reported_movies DROP COLUMN next_attempt_at;
