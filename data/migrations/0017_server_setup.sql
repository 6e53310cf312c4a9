-- What a server's managers decide with /setup. NULL: not set, so what the bot's operator offers holds. Lists are JSON.

ALTER TABLE guild_settings ADD COLUMN channels TEXT;             -- ids: where movies may be made
ALTER TABLE guild_settings ADD COLUMN roles TEXT;                -- ids: who may make movies
ALTER TABLE guild_settings ADD COLUMN video_models TEXT;         -- keys of the allowed models
ALTER TABLE guild_settings ADD COLUMN image_models TEXT;
ALTER TABLE guild_settings ADD COLUMN longest_seconds INTEGER;
ALTER TABLE guild_settings ADD COLUMN default_video_model TEXT;
ALTER TABLE guild_settings ADD COLUMN default_image_model TEXT;
ALTER TABLE guild_settings ADD COLUMN default_seconds INTEGER;
ALTER TABLE guild_settings ADD COLUMN default_aspect_ratio TEXT;
ALTER TABLE guild_settings ADD COLUMN chosen_language TEXT;      -- instead of `language`, which is the server's in Discord
ALTER TABLE guild_settings ADD COLUMN message_menu TEXT;         -- 'off', 'own' or 'anyone'; NULL: 'own'

-- Of a change with /setup: which setting, and its value as it is kept; NULL: not set any more.
ALTER TABLE audit_log ADD COLUMN setting TEXT;
ALTER TABLE audit_log ADD COLUMN setting_value TEXT;
