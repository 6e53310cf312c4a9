-- A server's audit log is one message, which is due while an entry is to be posted; see data/audit_log.py. Messages that
-- show a state have a row only until they show it.

ALTER TABLE audit_log ADD COLUMN is_pending INTEGER NOT NULL DEFAULT 0;  -- 1: to be posted in the staff channel
UPDATE audit_log SET is_pending = 1 WHERE next_attempt_at IS NOT NULL;

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, due_since, due_at)
SELECT CAST(guild_id AS TEXT), 'audit_log', 0, guild_id, 'audit_log-' || guild_id, 'pending', MIN(next_attempt_at),
    MIN(next_attempt_at)
FROM audit_log WHERE is_pending = 1 GROUP BY guild_id;

DROP INDEX audit_log_pending;
DROP INDEX audit_log_pending_by_guild;
ALTER TABLE audit_log DROP COLUMN next_attempt_at;
CREATE INDEX audit_log_pending ON audit_log (guild_id, id) WHERE is_pending = 1;

DELETE FROM messages WHERE member_id = 0 AND status <> 'pending';
