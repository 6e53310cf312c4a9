-- Where finished movies go: the channel of their order, or a server's gallery.

ALTER TABLE guild_settings ADD COLUMN gallery_channel_id BIGINT;  -- a text channel or a forum; NULL: not set
ALTER TABLE guild_settings ADD COLUMN gallery_failed_at BIGINT;   -- since when Discord forbids posting there

-- Where a notification goes, decided at its first attempt, and where it was posted: see Venue in bot/domain/delivery.py.
ALTER TABLE outbox ADD COLUMN venue TEXT NOT NULL DEFAULT 'undecided';
ALTER TABLE outbox ADD COLUMN gallery_id BIGINT;                  -- the gallery that was decided on
UPDATE outbox SET venue = CASE
    WHEN status <> 'sent' THEN 'channel'
    WHEN channel_id = (SELECT jobs.channel_id FROM jobs WHERE jobs.id = outbox.job_id) THEN 'channel'
    WHEN channel_id IS NOT NULL THEN 'direct'
    WHEN EXISTS (SELECT 1 FROM jobs WHERE jobs.id = outbox.job_id AND jobs.delivery_target = 'direct')
        AND type <> 'followed' THEN 'direct'
    ELSE 'channel' END;

ALTER TABLE message_deletions ADD COLUMN venue TEXT NOT NULL DEFAULT 'channel';
