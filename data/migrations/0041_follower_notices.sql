-- Followers who can't be mentioned where a movie was posted are told by DM; see data/follower_notices.py.

ALTER TABLE followers ADD COLUMN notice TEXT NOT NULL DEFAULT 'none';     -- pending | sent | undeliverable
ALTER TABLE followers ADD COLUMN queued_at BIGINT;
ALTER TABLE followers ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE followers ADD COLUMN next_attempt_at BIGINT;

CREATE INDEX followers_untold ON followers (next_attempt_at) WHERE notice = 'pending';
