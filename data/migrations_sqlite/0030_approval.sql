-- SQLite changes no CHECK, so the table is made anew, with a state more.
CREATE TABLE new_jobs (
    id TEXT PRIMARY KEY,                     -- sorts by creation
    interaction_id BIGINT NOT NULL UNIQUE,   -- an interaction that reaches two processes makes one job
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    member_name TEXT NOT NULL,               -- as it was at creation: clients do not resolve every mention in an embed
    role_ids TEXT NOT NULL DEFAULT '',       -- the member's roles that had a limit at creation, separated by spaces
    prompt TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL CHECK (duration_seconds > 0),
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),
    delivery_target TEXT NOT NULL DEFAULT 'channel' CHECK (delivery_target IN ('channel', 'direct')),
    state TEXT NOT NULL CHECK (state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering',
        'completed', 'failed', 'cancelled', 'unknown')),
    created_at BIGINT NOT NULL,
    acknowledged_at BIGINT,                  -- when Discord accepted the response, or staff the movie
    card_message_id BIGINT,                  -- the message that responds to the command
    submitted_at BIGINT,
    finished_at BIGINT,
    next_run_at BIGINT,                      -- when a worker takes the job next
    submit_attempts INTEGER NOT NULL DEFAULT 0,  -- submissions that provably did not reach the API
    not_found_count INTEGER NOT NULL DEFAULT 0,  -- status polls in a row that did not find the request
    samsar_request_id TEXT UNIQUE,
    unverified_request_id TEXT,              -- from a callback; used only after a status poll confirms it
    callback_token_hash TEXT,
    called_back_at BIGINT,
    last_pending_at BIGINT,                  -- when the API last said that the movie is not finished
    completed_stages INTEGER NOT NULL DEFAULT 0,
    total_stages INTEGER NOT NULL DEFAULT 0,
    current_stage TEXT NOT NULL DEFAULT '',
    took_ms BIGINT,                          -- rendering time; NULL where the movie may have been found too late to tell
    movie_url TEXT,
    end_reason TEXT,
    upstream_message TEXT,
    leased_by TEXT,                          -- the process that polls it, until leased_until
    leased_until BIGINT,
    charged_credits BIGINT,                  -- what the API charged; NULL: it did not say
    member_language TEXT NOT NULL DEFAULT 'en-US',
    server_language TEXT NOT NULL DEFAULT 'en-US',
    spoken_language TEXT,
    subtitles INTEGER,
    tone TEXT,
    cancel_requested_at BIGINT,              -- when its member wanted it cancelled while it rendered
    removed_at BIGINT,
    removed_by TEXT,                         -- in which role: see RemovedBy in bot/domain/job.py
    approval TEXT CHECK (approval IN ('required', 'waived')),  -- decided at the order; NULL: it needed none
    decided_by BIGINT,                       -- who approved or declined it
    decline_reason TEXT,                     -- what its member is told
    staff_channel_id BIGINT,                 -- the message that asks staff
    staff_message_id BIGINT
);

INSERT INTO new_jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, role_ids, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, delivery_target, state, created_at, acknowledged_at,
    card_message_id, submitted_at, finished_at, next_run_at, submit_attempts, not_found_count, samsar_request_id,
    unverified_request_id, callback_token_hash, called_back_at, last_pending_at, completed_stages, total_stages,
    current_stage, took_ms, movie_url, end_reason, upstream_message, leased_by, leased_until, charged_credits,
    member_language, server_language, spoken_language, subtitles, tone, cancel_requested_at, removed_at, removed_by,
    approval, decided_by, decline_reason, staff_channel_id, staff_message_id)
SELECT id, interaction_id, guild_id, channel_id, member_id, member_name, role_ids, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, delivery_target, state, created_at, acknowledged_at,
    card_message_id, submitted_at, finished_at, next_run_at, submit_attempts, not_found_count, samsar_request_id,
    unverified_request_id, callback_token_hash, called_back_at, last_pending_at, completed_stages, total_stages,
    current_stage, took_ms, movie_url, end_reason, upstream_message, leased_by, leased_until, charged_credits,
    member_language, server_language, spoken_language, subtitles, tone, cancel_requested_at, removed_at, removed_by,
    approval, decided_by, decline_reason, staff_channel_id, staff_message_id
FROM jobs ORDER BY rowid;

DROP TABLE jobs;
ALTER TABLE new_jobs RENAME TO jobs;

-- As before, in the same order: of several indexes that serve as well, SQLite takes the newest.
CREATE INDEX jobs_queue ON jobs (next_run_at, id) WHERE state = 'queued';
CREATE INDEX jobs_queue_order ON jobs (id, member_id, next_run_at) WHERE state = 'queued';
CREATE INDEX jobs_reserved ON jobs (created_at) WHERE state = 'reserved';
CREATE INDEX jobs_polled ON jobs (next_run_at) WHERE state IN ('rendering', 'unknown') AND next_run_at IS NOT NULL;
CREATE INDEX jobs_in_progress ON jobs (member_id, submitted_at, state) WHERE state IN ('submitting', 'rendering');
CREATE UNIQUE INDEX jobs_callback_token ON jobs (callback_token_hash) WHERE callback_token_hash IS NOT NULL;
CREATE INDEX jobs_open ON jobs (state, created_at, price_credits)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_completed ON jobs (video_model, id) WHERE state = 'completed';
CREATE INDEX jobs_by_member ON jobs (member_id, id, guild_id);
CREATE INDEX jobs_open_by_member ON jobs (member_id, id)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_unsuccessful_by_member ON jobs (member_id, id) WHERE state IN ('failed', 'cancelled');
CREATE INDEX jobs_open_by_guild ON jobs (guild_id)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_cancelled_by_member ON jobs (member_id, finished_at) WHERE end_reason = 'cancelled_by_member';
CREATE INDEX jobs_with_words ON jobs (finished_at) WHERE prompt <> '' AND finished_at IS NOT NULL;
CREATE INDEX jobs_awaiting_approval ON jobs (guild_id, id) WHERE state = 'awaiting_approval';
CREATE INDEX jobs_decided ON jobs (decided_by) WHERE decided_by IS NOT NULL;
