-- Ids sort by their bytes.
ALTER TABLE past_gifts ALTER COLUMN entry_id TYPE TEXT COLLATE "C";
