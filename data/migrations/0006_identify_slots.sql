-- When the next IDENTIFY of a bucket is allowed; see data/identify_slots.py.

CREATE TABLE identify_slots (
    bucket INTEGER PRIMARY KEY,
    free_at BIGINT NOT NULL                  -- UTC epoch milliseconds
);
