-- Staff of a server: the channel of changes, requests and reports is chosen with /setup, and so are staff's roles.

ALTER TABLE guild_settings RENAME COLUMN audit_channel_id TO staff_channel_id;
ALTER TABLE guild_settings RENAME COLUMN audit_channel_failed_at TO staff_channel_failed_at;
ALTER TABLE guild_settings ADD COLUMN staff_roles TEXT;  -- ids, as JSON: who helps the managers; NULL: nobody

-- The channel was set with a command of its own.
UPDATE audit_log SET action = 'change_setting', setting = 'staff_channel', subject_id = 0,
    setting_value = CASE WHEN subject_id = 0 THEN NULL ELSE CAST(subject_id AS TEXT) END
WHERE action = 'set_audit_channel';
