-- Ids of interactions go after a day, and who gave bonus credits to whom after RETENTION_DAYS; see data/retention.py.

-- Both sides of gifts whose rows are gone: a gift stays a gift in reports and accounts.
CREATE TABLE past_gifts (
    entry_id TEXT PRIMARY KEY REFERENCES ledger_entries (id)
);

-- What is to be forgotten, by its age.
CREATE INDEX gifts_by_age ON gifts (created_at);
CREATE INDEX audit_log_gifts ON audit_log (created_at) WHERE action = 'gift' AND subject_id > 0;
CREATE INDEX pledges_with_interaction ON pledges (interaction_id) WHERE interaction_id > 0;
CREATE INDEX stars_with_interaction ON stars (interaction_id) WHERE interaction_id > 0;
CREATE INDEX movie_reports_with_interaction ON movie_reports (interaction_id) WHERE interaction_id > 0;
