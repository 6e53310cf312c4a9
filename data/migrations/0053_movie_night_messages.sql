-- Movie nights, and when they start, are due in the table messages.

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, due_since, due_at)
SELECT CAST(guild_id AS TEXT), 'movie_night_start', 0, guild_id, 'movie_night_start-' || guild_id, 'pending',
    movie_night_at, movie_night_at
FROM guild_settings WHERE movie_night_at IS NOT NULL;

INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, attempts, due_since, due_at)
SELECT id, 'movie_night', 0, guild_id, 'movie_night-' || id, 'pending', attempts, created_at, next_attempt_at
FROM movie_nights WHERE next_attempt_at IS NOT NULL;

DROP INDEX guild_settings_movie_nights;
ALTER TABLE guild_settings DROP COLUMN movie_night_at;
DROP INDEX movie_nights_due;
