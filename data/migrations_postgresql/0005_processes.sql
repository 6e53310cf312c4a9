-- Ids sort by their bytes, as on SQLite.
ALTER TABLE processes ALTER COLUMN id TYPE TEXT COLLATE "C";
