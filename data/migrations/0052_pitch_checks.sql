-- Discord is asked by the table messages whether the messages of open pitches are still there.

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, due_since, due_at)
SELECT id, 'pitch_check', 0, guild_id, 'pitch_check-' || id, 'pending', message_check_at, message_check_at
FROM pitches WHERE message_check_at IS NOT NULL AND message_id IS NOT NULL AND state IN ('open', 'waiting_for_plan');

DROP INDEX pitches_message_checks;
ALTER TABLE pitches DROP COLUMN message_check_at;
