-- Ids sort by their bytes.
ALTER TABLE pitches ALTER COLUMN id TYPE TEXT COLLATE "C";
ALTER TABLE pledges ALTER COLUMN pitch_id TYPE TEXT COLLATE "C";
ALTER TABLE pitch_votes ALTER COLUMN pitch_id TYPE TEXT COLLATE "C";
ALTER TABLE pitch_notices ALTER COLUMN pitch_id TYPE TEXT COLLATE "C";
ALTER TABLE jobs ALTER COLUMN pitch_id TYPE TEXT COLLATE "C";

-- Two more types. Every row has one of the earlier ones, so none is checked while the table is locked.
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_entry_type_check;
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_entry_type_check
    CHECK (entry_type IN ('grant', 'hold', 'capture', 'release', 'adjust', 'pledge', 'unpledge')) NOT VALID;
ALTER TABLE ledger_entries ALTER COLUMN pitch_id TYPE TEXT COLLATE "C";

DROP TRIGGER ledger_is_never_updated ON ledger_entries;
CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE OF id, created_at, entry_type, guild_id, month, allowance, extra,
    upstream_charge, job_id, hold_id, charge_difference, released_allowance, released_extra, pitch_id ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION reject_ledger_change();
