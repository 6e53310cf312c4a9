-- Quotes that replace one another, such as by an edit: one movie is made of all of them.

ALTER TABLE quotes ADD COLUMN root_id TEXT;  -- the first one's id; NULL: it is the first

CREATE INDEX quotes_by_root ON quotes (root_id);
