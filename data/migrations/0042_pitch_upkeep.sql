-- What a pledge's member took back themselves counts as a cancellation: each time adds to the ledger, at no cost.
ALTER TABLE ledger_entries ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ledger_taken_back ON ledger_entries (member_id, created_at) WHERE taken_back = 1;

-- When Discord is asked whether an open pitch's message is still there. NULL: it has none.
ALTER TABLE pitches ADD COLUMN message_check_at BIGINT;
CREATE INDEX pitches_message_checks ON pitches (message_check_at) WHERE state IN ('open', 'waiting_for_plan');
UPDATE pitches SET message_check_at = 0 WHERE message_id IS NOT NULL AND state IN ('open', 'waiting_for_plan');

-- Rights are decided when a pitch is funded, by what is true then. Processes from before may still write them here.
UPDATE pitches SET role_ids = '', manages_server = 0;
