-- Ids sort by their bytes.
ALTER TABLE quotes ALTER COLUMN root_id TYPE TEXT COLLATE "C";
