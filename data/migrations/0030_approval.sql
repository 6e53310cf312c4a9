-- Orders that wait for the approval of a server's staff; see bot/domain/approval.py.

-- What the managers decide with /setup. NULL: not set, so no movie waits for anybody.
ALTER TABLE guild_settings ADD COLUMN approval TEXT;             -- whose: 'untrusted' or 'everyone'
ALTER TABLE guild_settings ADD COLUMN approval_credits BIGINT;   -- only movies that cost more
ALTER TABLE guild_settings ADD COLUMN trusted_roles TEXT;        -- ids, as JSON
ALTER TABLE guild_settings ADD COLUMN approval_fallback TEXT;    -- 'start': where staff can't be asked; NULL: it waits

-- Decided when the movie was ordered. NULL: it needed no approval.
ALTER TABLE jobs ADD COLUMN approval TEXT CHECK (approval IN ('required', 'waived'));
ALTER TABLE jobs ADD COLUMN decided_by BIGINT;                   -- who approved or declined it
ALTER TABLE jobs ADD COLUMN decline_reason TEXT;                 -- what its member is told
ALTER TABLE jobs ADD COLUMN staff_channel_id BIGINT;             -- the message that asks staff
ALTER TABLE jobs ADD COLUMN staff_message_id BIGINT;
