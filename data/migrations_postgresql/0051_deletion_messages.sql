-- Ids sort by their bytes.
ALTER TABLE messages ALTER COLUMN job_id TYPE TEXT COLLATE "C";
