-- Callbacks: the hash of each job's secret, and the request_id that a callback claimed for a job whose own answer was lost.

ALTER TABLE jobs ADD COLUMN callback_hash TEXT;
ALTER TABLE jobs ADD COLUMN candidate_id TEXT;   -- not believed before /status confirms it

-- When a delivery came to be owed: its age is what an operator wants to see.
ALTER TABLE deliveries ADD COLUMN owed_at BIGINT NOT NULL DEFAULT 0;

-- Open jobs are few among many: what monitoring counts.
CREATE INDEX jobs_open ON jobs (state, created_at, credits)
    WHERE state IN ('queued', 'submitting', 'rendering', 'unknown');

CREATE UNIQUE INDEX jobs_called_back ON jobs (callback_hash) WHERE callback_hash IS NOT NULL;

-- An unknown job with a candidate is looked at like a rendering one.
DROP INDEX jobs_watched;
CREATE INDEX jobs_watched ON jobs (due_at) WHERE state IN ('rendering', 'unknown') AND due_at IS NOT NULL;
