-- A movie that is cancelled while it renders costs what the API charged until then.

-- Of a capture: what of its hold was not spent, and went back to where it came from. A hold still has one resolution.
ALTER TABLE ledger_entries ADD COLUMN released_allowance BIGINT NOT NULL DEFAULT 0
    CHECK (released_allowance >= 0 AND (released_allowance = 0 OR entry_type = 'capture'));
ALTER TABLE ledger_entries ADD COLUMN released_extra BIGINT NOT NULL DEFAULT 0
    CHECK (released_extra >= 0 AND (released_extra = 0 OR entry_type = 'capture'));
