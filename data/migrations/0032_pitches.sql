-- Movies that members pay for together; see bot/domain/pitch.py.

CREATE TABLE pitches (
    id TEXT PRIMARY KEY,                     -- sorts by creation
    interaction_id BIGINT NOT NULL UNIQUE,   -- an interaction that reaches two processes makes one pitch
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    message_id BIGINT,                       -- NULL: not posted yet
    member_id BIGINT NOT NULL,               -- who made it
    member_name TEXT NOT NULL,
    role_ids TEXT NOT NULL DEFAULT '',       -- theirs when they made it, separated by spaces: staff approve by role
    manages_server INTEGER NOT NULL DEFAULT 0,
    member_language TEXT NOT NULL,
    server_language TEXT NOT NULL,
    prompt TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL CHECK (duration_seconds > 0),
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    spoken_language TEXT,
    subtitles INTEGER,
    tone TEXT,
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),  -- fixed for its life
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting_for_plan', 'funded', 'lapsed', 'withdrawn', 'removed')),
    end_reason TEXT,
    pledged BIGINT NOT NULL DEFAULT 0 CHECK (pledged >= 0 AND pledged <= price_credits),  -- by open and funded pledges
    created_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    ended_at BIGINT,                         -- when it was funded, or ended without a movie
    waits_for TEXT,
    waiting_since BIGINT,                    -- the first time
    next_run_at BIGINT,                      -- when a worker looks at it: its end, a month's end, or the next retry
    message_due_at BIGINT,                   -- when its message is updated; NULL: it shows everything
    message_attempts INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 'waiting_for_plan') = (waits_for IS NOT NULL)),
    CHECK ((state IN ('open', 'waiting_for_plan')) = (next_run_at IS NOT NULL)),
    CHECK ((state IN ('open', 'waiting_for_plan')) = (ended_at IS NULL)),
    CHECK (state <> 'funded' OR pledged = price_credits)
);

CREATE INDEX pitches_open ON pitches (guild_id, id) WHERE state IN ('open', 'waiting_for_plan');
CREATE INDEX pitches_due ON pitches (next_run_at) WHERE next_run_at IS NOT NULL;
CREATE INDEX pitches_messages ON pitches (message_due_at) WHERE message_due_at IS NOT NULL;
CREATE INDEX pitches_by_member ON pitches (member_id, id);
CREATE INDEX pitches_with_words ON pitches (ended_at) WHERE prompt <> '' AND ended_at IS NOT NULL;

-- What one member holds for a pitch. The ledger has each change.
CREATE TABLE pledges (
    pitch_id TEXT NOT NULL REFERENCES pitches (id),
    member_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    month TEXT NOT NULL,                     -- of the allowance
    allowance BIGINT NOT NULL CHECK (allowance >= 0),
    extra BIGINT NOT NULL CHECK (extra >= 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'funded', 'spent', 'returned', 'lapsed')),
    spent BIGINT NOT NULL DEFAULT 0 CHECK (spent >= 0 AND spent <= allowance + extra),
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    member_language TEXT NOT NULL,
    interaction_id BIGINT NOT NULL,          -- the newest press: one that reaches two processes counts once
    PRIMARY KEY (pitch_id, member_id),
    CHECK ((state IN ('open', 'funded')) = (ended_at IS NULL))
);

CREATE INDEX pledges_by_member ON pledges (member_id, guild_id, state);

CREATE TABLE pitch_votes (
    pitch_id TEXT NOT NULL REFERENCES pitches (id),
    member_id BIGINT NOT NULL,
    PRIMARY KEY (pitch_id, member_id)
);

CREATE INDEX pitch_votes_by_member ON pitch_votes (member_id);

-- What pledgers are told, kept until Discord accepts it.
CREATE TABLE pitch_notices (
    pitch_id TEXT NOT NULL REFERENCES pitches (id),
    member_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('funded', 'returned', 'lapsed', 'made')),
    credits BIGINT NOT NULL,
    reason TEXT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'suppressed', 'undeliverable')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT,
    PRIMARY KEY (pitch_id, member_id, kind),
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
);

CREATE INDEX pitch_notices_pending ON pitch_notices (next_attempt_at) WHERE status = 'pending';
CREATE INDEX pitch_notices_by_member ON pitch_notices (member_id);

-- The job of a funded pitch.
ALTER TABLE jobs ADD COLUMN pitch_id TEXT REFERENCES pitches (id);
CREATE UNIQUE INDEX jobs_by_pitch ON jobs (pitch_id) WHERE pitch_id IS NOT NULL;

-- Of a pledge, of its return, and of the holds and their ends of the movie that pledges pay for.
ALTER TABLE ledger_entries ADD COLUMN pitch_id TEXT REFERENCES pitches (id)
    CHECK (pitch_id IS NOT NULL OR entry_type NOT IN ('pledge', 'unpledge'));
CREATE INDEX ledger_by_pitch ON ledger_entries (pitch_id) WHERE pitch_id IS NOT NULL;

ALTER TABLE guild_settings ADD COLUMN pitch_days INTEGER;        -- how long a pitch lasts; NULL: 7
