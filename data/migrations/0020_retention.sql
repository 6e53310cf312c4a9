-- What people wrote goes after RETENTION_DAYS, and a server's data after the bot left it; see data/retention.py.

-- Servers that the bot is no longer in, and since when.
CREATE TABLE departed_servers (
    guild_id BIGINT PRIMARY KEY,
    left_at BIGINT NOT NULL
);

-- What still has words, by the time from which its age counts.
CREATE INDEX jobs_with_words ON jobs (finished_at) WHERE prompt <> '' AND finished_at IS NOT NULL;
CREATE INDEX ledger_with_reason ON ledger_entries (created_at) WHERE reason <> '';
CREATE INDEX audit_log_with_reason ON audit_log (created_at) WHERE reason <> '';
