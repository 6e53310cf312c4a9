-- Ids sort by their bytes.
ALTER TABLE breakers ALTER COLUMN trial_job_id TYPE TEXT COLLATE "C";
