-- SQLite drops no column that a CHECK of the table names, so the table is made anew without them.
CREATE TABLE new_movie_nights (
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
    UNIQUE (guild_id, week)                  -- one a week, whichever process begins it
);

INSERT INTO new_movie_nights (id, guild_id, week, starts_at, state, channel_id, venue, message_id, created_at)
SELECT id, guild_id, week, starts_at, state, channel_id, venue, message_id, created_at
FROM movie_nights ORDER BY rowid;

DROP TABLE movie_nights;
ALTER TABLE new_movie_nights RENAME TO movie_nights;
