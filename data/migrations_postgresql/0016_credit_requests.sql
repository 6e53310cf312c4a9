-- Ids sort by their bytes.
ALTER TABLE credit_requests ALTER COLUMN id TYPE TEXT COLLATE "C";
