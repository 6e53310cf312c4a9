-- Ids sort by their bytes.
ALTER TABLE pitches ALTER COLUMN continues_id TYPE TEXT COLLATE "C";
