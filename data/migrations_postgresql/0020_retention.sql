-- The ledger stays append-only, but for who and why: an id may become a pseudonym, which is negative, and a reason empty.
DROP TRIGGER ledger_is_never_changed ON ledger_entries;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION reject_ledger_change();
CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE OF id, created_at, entry_type, guild_id, month, allowance, extra,
    upstream_charge, job_id, hold_id, charge_difference, released_allowance, released_extra ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION reject_ledger_change();
CREATE TRIGGER ledger_only_forgets BEFORE UPDATE OF member_id, actor_id, reason ON ledger_entries
    FOR EACH ROW WHEN (NEW.member_id <> OLD.member_id AND NEW.member_id >= 0
        OR NEW.actor_id <> OLD.actor_id AND NEW.actor_id >= 0 OR NEW.reason <> OLD.reason AND NEW.reason <> '')
    EXECUTE FUNCTION reject_ledger_change();
