-- Ids sort by their bytes.
ALTER TABLE reported_movies ALTER COLUMN job_id TYPE TEXT COLLATE "C";
ALTER TABLE movie_reports ALTER COLUMN job_id TYPE TEXT COLLATE "C";
