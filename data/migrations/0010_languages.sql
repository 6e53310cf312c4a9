-- In which language a worker, which sees no interaction, writes to members and servers: codes of Discord's locales.

ALTER TABLE jobs ADD COLUMN member_language TEXT NOT NULL DEFAULT 'en-US';
ALTER TABLE jobs ADD COLUMN server_language TEXT NOT NULL DEFAULT 'en-US';

-- Of the audit channel's messages: as the server's was when the channel was set.
ALTER TABLE guild_settings ADD COLUMN language TEXT NOT NULL DEFAULT 'en-US';
