-- Ids sort by their bytes.
ALTER TABLE messages ALTER COLUMN subject_id TYPE TEXT COLLATE "C";
ALTER TABLE messages ALTER COLUMN kind TYPE TEXT COLLATE "C";
ALTER TABLE messages ALTER COLUMN nonce TYPE TEXT COLLATE "C";

ALTER TABLE gifts DROP COLUMN notice, DROP COLUMN attempts, DROP COLUMN next_attempt_at;
ALTER TABLE credit_requests DROP COLUMN notice, DROP COLUMN attempts, DROP COLUMN next_attempt_at;
