-- Ids sort by their bytes.
ALTER TABLE message_deletions ALTER COLUMN job_id TYPE TEXT COLLATE "C";
