-- The finished movie that a pitched movie continues, for its job; see data/series.py. NULL: none.

ALTER TABLE pitches ADD COLUMN continues_id TEXT;
