-- A job that waits for Discord's word on its answer stands in no queue: neither its member nor the next one waits for it, and
-- those that are asked for by age are found by themselves.
DROP INDEX jobs_queue;
CREATE INDEX jobs_queue ON jobs (due_at, id) WHERE state = 'queued' AND due_at IS NOT NULL;
DROP INDEX jobs_waiting;
CREATE INDEX jobs_waiting ON jobs (id, member_id, due_at) WHERE state = 'queued' AND due_at IS NOT NULL;
CREATE INDEX jobs_unanswered ON jobs (created_at) WHERE state = 'queued' AND due_at IS NULL;

-- A member's movies are walked in their order, those of one server among them: one index knows both.
DROP INDEX jobs_of_member;
DROP INDEX jobs_by_member;
CREATE INDEX jobs_by_member ON jobs (member_id, id, guild_id);

-- Of several indexes that serve as well, SQLite takes the one that was made last: for rare states, the one of these alone.
DROP INDEX jobs_running_of;
CREATE INDEX jobs_running_of ON jobs (member_id, id)
    WHERE state IN ('queued', 'submitting', 'rendering', 'unknown');
DROP INDEX jobs_not_made_of;
CREATE INDEX jobs_not_made_of ON jobs (member_id, id)
    WHERE state IN ('failed', 'cancelled');
