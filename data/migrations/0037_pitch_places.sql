-- Where a pitch is, as its newest press saw it: a worker that funds it obeys the server's rules for channels, too.

ALTER TABLE pitches ADD COLUMN parent_channel_id BIGINT;         -- of a thread; NULL: it is in none
ALTER TABLE pitches ADD COLUMN age_restricted INTEGER NOT NULL DEFAULT 1;  -- earlier ones obeyed the rule of their time
