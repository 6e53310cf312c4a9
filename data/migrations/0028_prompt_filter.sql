-- A server's prompt filter, and the prompts that it stopped.

ALTER TABLE guild_settings ADD COLUMN filter_presets TEXT;       -- JSON list of names, such as "de/slurs"; NULL: none
ALTER TABLE guild_settings ADD COLUMN filter_rules TEXT;         -- JSON list of what managers wrote; NULL: none

-- Of a prompt that was stopped: the rule, for staff; NULL for a rule of the operator's.
ALTER TABLE audit_log ADD COLUMN rule_category TEXT;
ALTER TABLE audit_log ADD COLUMN rule TEXT;

-- How many prompts of a member were stopped since they were unblocked.
CREATE INDEX audit_log_moderation ON audit_log (subject_id, created_at) WHERE action IN ('prompt_refused', 'unblock');

-- 1: the bot made the block, because the member's prompts broke rules. An erasure is no way out of it.
ALTER TABLE member_blocks ADD COLUMN is_timeout INTEGER NOT NULL DEFAULT 0;
ALTER TABLE erased_accounts ADD COLUMN is_timeout INTEGER NOT NULL DEFAULT 0;
