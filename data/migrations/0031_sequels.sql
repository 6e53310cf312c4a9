-- The finished movie that a movie continues; see data/series.py. NULL: none.

ALTER TABLE jobs ADD COLUMN continues_id TEXT;
ALTER TABLE quotes ADD COLUMN continues_id TEXT;

CREATE INDEX jobs_sequels ON jobs (continues_id, id) WHERE continues_id IS NOT NULL;
