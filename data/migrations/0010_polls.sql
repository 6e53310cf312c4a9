-- What the poll loop remembers of a job: when a callback came, and when the API last said that the movie is not done.
ALTER TABLE jobs ADD COLUMN called_back_at BIGINT;
ALTER TABLE jobs ADD COLUMN last_pending_at BIGINT;

-- How long rendering took; NULL where the movie may have been found too late to tell. Earlier movies count as they were.
ALTER TABLE jobs ADD COLUMN took_ms BIGINT;
UPDATE jobs SET took_ms = finished_at - submitted_at
    WHERE state = 'completed' AND finished_at IS NOT NULL AND submitted_at IS NOT NULL;
