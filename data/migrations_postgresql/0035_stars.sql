-- Ids sort by their bytes.
ALTER TABLE stars ALTER COLUMN job_id TYPE TEXT COLLATE "C";
-- One more type. Every row has one of the earlier ones, so none is checked while the table is locked.
ALTER TABLE outbox DROP CONSTRAINT outbox_type_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_type_check
    CHECK (type IN ('completed', 'failed', 'unknown', 'cancelled', 'followed', 'starred')) NOT VALID;
