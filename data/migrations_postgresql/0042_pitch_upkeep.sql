DROP TRIGGER ledger_is_never_updated ON ledger_entries;
CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE OF id, created_at, entry_type, guild_id, month, allowance, extra,
    upstream_charge, job_id, hold_id, charge_difference, released_allowance, released_extra, pitch_id, taken_back
    ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION reject_ledger_change();
