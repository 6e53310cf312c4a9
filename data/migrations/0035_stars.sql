-- Stars that members give movies, and what follows from them; see data/stars.py.

ALTER TABLE guild_settings ADD COLUMN gallery_stars INTEGER;     -- only movies with so many; NULL: all
ALTER TABLE member_preferences ADD COLUMN unlisted INTEGER NOT NULL DEFAULT 0;  -- 1: in no gallery by stars, nor in /top

CREATE TABLE stars (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    member_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    given INTEGER NOT NULL,                  -- 0: taken back
    created_at BIGINT NOT NULL,
    interaction_id BIGINT NOT NULL,          -- the last press: one that reaches two processes counts once
    PRIMARY KEY (job_id, member_id)
);

CREATE INDEX stars_by_member ON stars (member_id);
CREATE INDEX stars_by_guild ON stars (guild_id, job_id) WHERE given = 1;
CREATE INDEX jobs_completed_by_guild ON jobs (guild_id, finished_at) WHERE state = 'completed';
