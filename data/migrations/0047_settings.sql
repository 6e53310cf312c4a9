-- Settings of /setup that no query reads, as one JSON object of those that are set. So a new one needs no migration.

ALTER TABLE guild_settings ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

UPDATE guild_settings SET settings = '{' || SUBSTR(
    COALESCE(', "channels": ' || channels, '')
    || COALESCE(', "roles": ' || roles, '')
    || COALESCE(', "message_menu": "' || message_menu || '"', '')
    || COALESCE(', "video_models": ' || video_models, '')
    || COALESCE(', "image_models": ' || image_models, '')
    || COALESCE(', "longest_seconds": ' || longest_seconds, '')
    || COALESCE(', "default_video_model": "' || REPLACE(REPLACE(default_video_model, '\', '\\'), '"', '\"') || '"', '')
    || COALESCE(', "default_image_model": "' || REPLACE(REPLACE(default_image_model, '\', '\\'), '"', '\"') || '"', '')
    || COALESCE(', "default_aspect_ratio": "' || default_aspect_ratio || '"', '')
    || COALESCE(', "default_seconds": ' || default_seconds, '')
    || COALESCE(', "staff_roles": ' || staff_roles, '')
    || COALESCE(', "filter_presets": ' || filter_presets, '')
    || COALESCE(', "filter_rules": ' || filter_rules, '')
    || COALESCE(', "approval": "' || approval || '"', '')
    || COALESCE(', "approval_credits": ' || approval_credits, '')
    || COALESCE(', "trusted_roles": ' || trusted_roles, '')
    || COALESCE(', "approval_fallback": "' || approval_fallback || '"', '')
    || COALESCE(', "gift_credits": ' || gift_credits, '')
    || COALESCE(', "pitch_days": ' || pitch_days, '')
    || COALESCE(', "movie_night": "' || movie_night || '"', ''), 3) || '}';

ALTER TABLE guild_settings DROP COLUMN channels;
ALTER TABLE guild_settings DROP COLUMN roles;
ALTER TABLE guild_settings DROP COLUMN message_menu;
ALTER TABLE guild_settings DROP COLUMN video_models;
ALTER TABLE guild_settings DROP COLUMN image_models;
ALTER TABLE guild_settings DROP COLUMN longest_seconds;
ALTER TABLE guild_settings DROP COLUMN default_video_model;
ALTER TABLE guild_settings DROP COLUMN default_image_model;
ALTER TABLE guild_settings DROP COLUMN default_aspect_ratio;
ALTER TABLE guild_settings DROP COLUMN default_seconds;
ALTER TABLE guild_settings DROP COLUMN staff_roles;
ALTER TABLE guild_settings DROP COLUMN filter_presets;
ALTER TABLE guild_settings DROP COLUMN filter_rules;
ALTER TABLE guild_settings DROP COLUMN approval;
ALTER TABLE guild_settings DROP COLUMN approval_credits;
ALTER TABLE guild_settings DROP COLUMN trusted_roles;
ALTER TABLE guild_settings DROP COLUMN approval_fallback;
ALTER TABLE guild_settings DROP COLUMN gift_credits;
ALTER TABLE guild_settings DROP COLUMN pitch_days;
ALTER TABLE guild_settings DROP COLUMN movie_night;
