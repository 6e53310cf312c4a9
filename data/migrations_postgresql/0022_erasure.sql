-- Ids sort by their bytes.
ALTER TABLE erasure_requests ALTER COLUMN id TYPE TEXT COLLATE "C";
ALTER TABLE erasures ALTER COLUMN id TYPE TEXT COLLATE "C";
