-- When a member asked to cancel a movie that renders; see data/job_actions.py.

ALTER TABLE jobs ADD COLUMN cancel_requested_at BIGINT;  -- NULL: never. It stays after the end
