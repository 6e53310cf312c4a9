-- Models that the API refused, until the operator offers them again; see data/refused_models.py.

CREATE TABLE refused_models (
    kind TEXT NOT NULL CHECK (kind IN ('video', 'image')),
    model TEXT NOT NULL,
    refused_at BIGINT NOT NULL,
    message TEXT NOT NULL,                   -- what the API said
    PRIMARY KEY (kind, model)
);

-- The same table with two more outages: SQLite can't change a CHECK.
CREATE TABLE new_breakers (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'half_open')),
    outage TEXT CHECK (outage IN ('no_answer', 'unreachable', 'authentication_failed', 'plan_exhausted',
        'key_limit_reached', 'wrong_api', 'rate_limited')),
    opened_at BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,                -- when the next probe is due, or when the current probe's lease ends
    pause_ms BIGINT NOT NULL,
    trial_job_id TEXT REFERENCES jobs (id),  -- the one job that may be in submission while half-open
    reported TEXT NOT NULL CHECK (reported IN ('closed', 'open')),  -- what the operator's log says
    CHECK ((state = 'closed') = (outage IS NULL)),
    CHECK (trial_job_id IS NULL OR state = 'half_open')
);

INSERT INTO new_breakers (name, state, outage, opened_at, retry_at, pause_ms, trial_job_id, reported)
SELECT name, state, outage, opened_at, retry_at, pause_ms, trial_job_id, reported FROM breakers;

DROP TABLE breakers;
ALTER TABLE new_breakers RENAME TO breakers;
