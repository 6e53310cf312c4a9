-- Reports of finished movies, and what a server's staff decided; see bot/domain/movie_report.py.

-- A movie that was reported, and its message in the staff channel.
CREATE TABLE reported_movies (
    job_id TEXT PRIMARY KEY REFERENCES jobs (id),
    guild_id BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'removed', 'dismissed')),
    reported_at BIGINT NOT NULL,             -- the first time
    decided_by BIGINT,                       -- who removed the movie, or dismissed the reports
    decided_at BIGINT,
    blocked_by BIGINT,                       -- who blocked its member here; this closes no report
    staff_message_channel_id BIGINT,
    staff_message_id BIGINT,                 -- NULL: not posted, or deleted by someone
    attempts INTEGER NOT NULL DEFAULT 0,     -- failed ones to post or update it
    next_attempt_at BIGINT,                  -- NULL: the message shows everything
    CHECK ((state = 'open') = (decided_by IS NULL))
);

CREATE INDEX reported_movies_pending ON reported_movies (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX reported_movies_by_guild ON reported_movies (guild_id);

CREATE TABLE movie_reports (
    job_id TEXT NOT NULL REFERENCES reported_movies (job_id),
    member_id BIGINT NOT NULL,               -- who reported it
    guild_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    interaction_id BIGINT NOT NULL,          -- one that reaches two processes makes one report
    PRIMARY KEY (job_id, member_id)
);

CREATE INDEX movie_reports_by_member ON movie_reports (member_id, created_at);
