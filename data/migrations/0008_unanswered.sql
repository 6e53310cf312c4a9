-- A job that waits for Discord's word on its answer stands in no queue: neither its member nor the next one waits for it, and
-- those that are asked for by age are found by themselves.
DROP INDEX jobs_queue;
CREATE INDEX jobs_queue ON jobs (due_at, id) WHERE state = 'queued' AND due_at IS NOT NULL;
DROP INDEX jobs_waiting;
CREATE INDEX jobs_waiting ON jobs (id, member_id, due_at) WHERE state = 'queued' AND due_at IS NOT NULL;
CREATE INDEX jobs_unanswered ON jobs (created_at) WHERE state = 'queued' AND due_at IS NULL;
