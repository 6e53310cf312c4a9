-- Constraints get the names that PostgreSQL gives those of a new table, so that later migrations find them.
DO $$
DECLARE
    made RECORD;
BEGIN
    FOR made IN SELECT conname FROM pg_constraint WHERE conrelid = 'breakers'::regclass AND conname LIKE 'new\_%' LOOP
        EXECUTE format('ALTER TABLE breakers RENAME CONSTRAINT %I TO %I', made.conname, substr(made.conname, 5));
    END LOOP;
END
$$;

ALTER TABLE jobs VALIDATE CONSTRAINT jobs_state_check;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_type_check;
ALTER TABLE ledger_entries VALIDATE CONSTRAINT ledger_entries_entry_type_check;
ALTER TABLE ledger_entries VALIDATE CONSTRAINT ledger_entries_check1;
