-- Ids sort by their bytes.
ALTER TABLE movie_nights ALTER COLUMN id TYPE TEXT COLLATE "C";
ALTER TABLE movie_night_movies ALTER COLUMN night_id TYPE TEXT COLLATE "C";
ALTER TABLE movie_night_movies ALTER COLUMN job_id TYPE TEXT COLLATE "C";
