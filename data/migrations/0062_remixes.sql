-- The movie that another was remixed from, as continues_id; see data/series.py.
ALTER TABLE jobs ADD COLUMN remixed_id TEXT COLLATE "C";
ALTER TABLE quotes ADD COLUMN remixed_id TEXT COLLATE "C";
ALTER TABLE pitches ADD COLUMN remixed_id TEXT COLLATE "C";
CREATE INDEX jobs_remixes ON jobs (remixed_id, id) WHERE remixed_id IS NOT NULL;
