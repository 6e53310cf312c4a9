ALTER TABLE movie_nights DROP COLUMN attempts, DROP COLUMN next_attempt_at;
