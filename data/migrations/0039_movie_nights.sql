-- A server's weekly post of its best movies; see bot/domain/movie_night.py.

ALTER TABLE guild_settings ADD COLUMN movie_night TEXT;          -- the day of the week; NULL: none
ALTER TABLE guild_settings ADD COLUMN movie_night_at BIGINT;     -- when the next one starts

CREATE INDEX guild_settings_movie_nights ON guild_settings (movie_night_at) WHERE movie_night_at IS NOT NULL;

CREATE TABLE movie_nights (
    id TEXT PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    week TEXT NOT NULL,                      -- such as 2026-W48
    starts_at BIGINT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('choosing', 'pending', 'posted', 'empty', 'undeliverable', 'suppressed')),
    channel_id BIGINT,                       -- where its message goes or is, decided with its movies
    venue TEXT NOT NULL DEFAULT 'undecided', -- see Venue in bot/domain/delivery.py
    message_id BIGINT,
    created_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT,                  -- when its message is sent, or updated; NULL: it shows everything
    UNIQUE (guild_id, week),                 -- one a week, whichever process begins it
    CHECK (state NOT IN ('choosing', 'pending') OR next_attempt_at IS NOT NULL)
);

CREATE INDEX movie_nights_due ON movie_nights (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

CREATE TABLE movie_night_movies (
    night_id TEXT NOT NULL REFERENCES movie_nights (id),
    place INTEGER NOT NULL,                  -- from 1, the best first
    job_id TEXT NOT NULL REFERENCES jobs (id),
    stars INTEGER NOT NULL,                  -- as its message says
    PRIMARY KEY (night_id, place)
);

CREATE INDEX movie_night_movies_by_job ON movie_night_movies (job_id);
