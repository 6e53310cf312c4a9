-- How a quote's prompt came about; see bot/domain/wording.py. NULL: its member wrote it.

ALTER TABLE quotes ADD COLUMN own_prompt TEXT;
ALTER TABLE quotes ADD COLUMN base_prompt TEXT;
ALTER TABLE quotes ADD COLUMN improvement INTEGER;  -- NULL: none
ALTER TABLE quotes ADD COLUMN style TEXT;           -- NULL: none
