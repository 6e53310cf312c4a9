-- SQLite changes no CHECK, so the table is made anew, with a kind more.
CREATE TABLE new_pitch_notices (
    pitch_id TEXT NOT NULL REFERENCES pitches (id),
    member_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('funded', 'returned', 'lapsed', 'made', 'waiting')),
    credits BIGINT NOT NULL,
    reason TEXT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'suppressed', 'undeliverable')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT,
    PRIMARY KEY (pitch_id, member_id, kind),
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
);

INSERT INTO new_pitch_notices (pitch_id, member_id, kind, credits, reason, status, attempts, created_at,
    next_attempt_at)
SELECT pitch_id, member_id, kind, credits, reason, status, attempts, created_at, next_attempt_at
FROM pitch_notices ORDER BY rowid;

DROP TABLE pitch_notices;
ALTER TABLE new_pitch_notices RENAME TO pitch_notices;

CREATE INDEX pitch_notices_pending ON pitch_notices (next_attempt_at) WHERE status = 'pending';
CREATE INDEX pitch_notices_by_member ON pitch_notices (member_id);
