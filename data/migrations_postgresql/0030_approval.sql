-- One more state. Every row has one of the earlier ones, so none is checked while the table is locked.
ALTER TABLE jobs DROP CONSTRAINT jobs_state_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_state_check CHECK (state IN ('reserved', 'awaiting_approval', 'queued', 'submitting',
    'rendering', 'completed', 'failed', 'cancelled', 'unknown')) NOT VALID;

DROP INDEX jobs_open, jobs_open_by_member, jobs_open_by_guild;
CREATE INDEX jobs_open ON jobs (state, created_at, price_credits)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_open_by_member ON jobs (member_id, id)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_open_by_guild ON jobs (guild_id)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_awaiting_approval ON jobs (guild_id, id) WHERE state = 'awaiting_approval';
CREATE INDEX jobs_decided ON jobs (decided_by) WHERE decided_by IS NOT NULL;
