-- What the API charges for a movie after it was cancelled; see renders.record_late_charge.

-- A cancelled movie's next_run_at is when the API is asked again what it charged.
DROP INDEX jobs_polled;
CREATE INDEX jobs_polled ON jobs (next_run_at)
    WHERE state IN ('rendering', 'unknown', 'cancelled') AND next_run_at IS NOT NULL;
