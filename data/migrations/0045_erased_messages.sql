-- A member may ask for the deletion of the messages about their movies with the erasure; see data/erasure.py.

ALTER TABLE erasure_requests ADD COLUMN deletes_messages INTEGER NOT NULL DEFAULT 0;
