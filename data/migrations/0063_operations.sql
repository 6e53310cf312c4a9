-- What a job makes, of which movies and scenes: bot/domain/operations.py. Ids and numbers are separated by spaces.
ALTER TABLE jobs ADD COLUMN operation TEXT NOT NULL DEFAULT 'movie';
ALTER TABLE jobs ADD COLUMN source_ids TEXT;
ALTER TABLE jobs ADD COLUMN scenes TEXT;
ALTER TABLE quotes ADD COLUMN operation TEXT NOT NULL DEFAULT 'movie';
ALTER TABLE quotes ADD COLUMN source_ids TEXT;
ALTER TABLE quotes ADD COLUMN scenes TEXT;
ALTER TABLE pitches ADD COLUMN operation TEXT NOT NULL DEFAULT 'movie';
ALTER TABLE pitches ADD COLUMN source_ids TEXT;
ALTER TABLE pitches ADD COLUMN scenes TEXT;
ALTER TABLE member_preferences ADD COLUMN storyboard INTEGER NOT NULL DEFAULT 0;

-- Which part of a storyboard a job is at, from its order until its video is made; see Step in bot/domain/jobs.py.
ALTER TABLE jobs ADD COLUMN step TEXT CHECK (step IN ('drawing', 'review', 'storyboard', 'resuming'));
-- Whether staff see the storyboard first; NULL: they need not. As jobs.approval, which is about the order.
ALTER TABLE jobs ADD COLUMN review TEXT CHECK (review IN ('required', 'waived'));
-- When the wait for staff, or for the member, ends.
ALTER TABLE jobs ADD COLUMN decide_by BIGINT;
-- Why a storyboard is stopped, since cancel_requested_at. NULL: its member cancelled the job.
ALTER TABLE jobs ADD COLUMN stop_reason TEXT;
-- The most that is paid for the job where it is cancelled. NULL: the price.
ALTER TABLE jobs ADD COLUMN stop_credits BIGINT;
-- When what the API charged for a stopped one counts, at the latest.
ALTER TABLE jobs ADD COLUMN settle_by BIGINT;

-- The pictures of a storyboard, by scene from 1. Their links are signed for a while.
CREATE TABLE stills (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id),
    scene INTEGER NOT NULL,
    words TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (job_id, scene)
);

-- Those that wait for staff or their member take no place at the API.
DROP INDEX jobs_in_progress;
CREATE INDEX jobs_in_progress ON jobs (member_id, submitted_at, state, step)
    WHERE state IN ('submitting', 'rendering');
-- What staff decide about: orders, and storyboards.
DROP INDEX jobs_awaiting_approval;
CREATE INDEX jobs_awaiting_approval ON jobs (guild_id, id) WHERE (state = 'awaiting_approval' OR step = 'review');
CREATE INDEX jobs_sources ON jobs (source_ids, id) WHERE source_ids IS NOT NULL;
