-- One more type. Every row has one of the earlier ones, so none is checked while the table is locked.
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_entry_type_check;
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_entry_type_check CHECK (entry_type IN
    ('grant', 'hold', 'capture', 'release', 'adjust', 'pledge', 'unpledge', 'charge')) NOT VALID;
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_check1;
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_check1
    CHECK ((entry_type IN ('hold', 'capture', 'release', 'charge')) = (job_id IS NOT NULL)) NOT VALID;

CREATE UNIQUE INDEX ledger_one_charge ON ledger_entries (job_id) WHERE entry_type = 'charge';
