-- How long each model's last movies took is read at every start, however many there are.
CREATE INDEX jobs_made ON jobs (video_model, id) WHERE state = 'completed';

-- Audit lines that are owed are asked for in the order in which they came; so is their index.
DROP INDEX audit_owed;
CREATE INDEX audit_owed ON audit (due_at, id) WHERE due_at IS NOT NULL;

-- The queue is walked in its order, and no further than there are places; how many are at the API is counted from the index.
CREATE INDEX jobs_waiting ON jobs (id, member_id, due_at) WHERE state = 'queued';
DROP INDEX jobs_in_flight;
CREATE INDEX jobs_in_flight ON jobs (member_id, submitted_at, state) WHERE state IN ('submitting', 'rendering');
