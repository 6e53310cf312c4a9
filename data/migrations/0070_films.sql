-- A server's films: each is looked at for a movie that it may be made from. See data/series.py.
CREATE INDEX jobs_films ON jobs (guild_id, source_ids, id) WHERE operation = 'film';
