-- Which process works on a due status poll or notification, and until when; see data/leases.py.

ALTER TABLE jobs ADD COLUMN leased_by TEXT;
ALTER TABLE jobs ADD COLUMN leased_until BIGINT;
ALTER TABLE outbox ADD COLUMN leased_by TEXT;
ALTER TABLE outbox ADD COLUMN leased_until BIGINT;
