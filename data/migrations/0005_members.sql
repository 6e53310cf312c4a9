-- What members are offered, what is remembered of them, and who follows whose movie.

-- A priced request that its member was shown, with a button. It is taken once: job_id says by which job.
CREATE TABLE offers (
    id TEXT PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    prompt TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    credits INTEGER NOT NULL,
    made_at BIGINT NOT NULL,
    closed_at BIGINT,                        -- its member cancelled it, or changed it into another
    job_id TEXT REFERENCES jobs (id)
);

CREATE INDEX offers_made ON offers (made_at);

-- What a member chose last, in whichever server, and where they want to be told.
CREATE TABLE preferences (
    member_id BIGINT PRIMARY KEY,
    seconds INTEGER,
    video_model TEXT,
    image_model TEXT,
    aspect_ratio TEXT,
    tell TEXT NOT NULL DEFAULT 'channel' CHECK (tell IN ('channel', 'direct'))
);

CREATE TABLE followers (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    member_id BIGINT NOT NULL,
    PRIMARY KEY (job_id, member_id)
);

ALTER TABLE jobs ADD COLUMN tell TEXT NOT NULL DEFAULT 'channel' CHECK (tell IN ('channel', 'direct'));

-- A member's movies, in whichever server.
CREATE INDEX jobs_by_member ON jobs (member_id, id);

-- A movie that went to its member directly is told of in the channel to those who follow it: one more kind of message.
CREATE TABLE deliveries_next (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    notice TEXT NOT NULL CHECK (notice IN ('completed', 'failed', 'unknown', 'cancelled', 'followed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    owed_at BIGINT NOT NULL,
    due_at BIGINT,
    delivered_at BIGINT,
    message_id BIGINT,
    PRIMARY KEY (job_id, notice)
);

INSERT INTO deliveries_next (job_id, notice, attempts, owed_at, due_at, delivered_at, message_id)
SELECT job_id, notice, attempts, owed_at, due_at, delivered_at, message_id FROM deliveries;

DROP TABLE deliveries;

ALTER TABLE deliveries_next RENAME TO deliveries;

CREATE INDEX deliveries_owed ON deliveries (due_at) WHERE due_at IS NOT NULL;
