-- Ids sort by their bytes.
ALTER TABLE jobs ALTER COLUMN continues_id TYPE TEXT COLLATE "C";
ALTER TABLE quotes ALTER COLUMN continues_id TYPE TEXT COLLATE "C";
