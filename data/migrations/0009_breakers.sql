-- Whether jobs may be submitted to the API: the record of the circuit breaker, one row. See bot/domain/breaker.py.
CREATE TABLE breakers (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'half_open')),
    outage TEXT CHECK (outage IN ('no_answer', 'unreachable', 'key_rejected', 'plan_empty', 'busy')),
    opened_at BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,                -- when the next probe is due, or the lease of the one under way ends
    pause_ms BIGINT NOT NULL,
    trial_job_id TEXT REFERENCES jobs (id),  -- the one job that may be in submission while half-open
    reported TEXT NOT NULL CHECK (reported IN ('closed', 'open')),  -- what the operator's log said last
    CHECK ((state = 'closed') = (outage IS NULL)),
    CHECK (trial_job_id IS NULL OR state = 'half_open')
);

INSERT INTO breakers (name, state, opened_at, retry_at, pause_ms, reported)
VALUES ('submission', 'closed', 0, 0, 0, 'closed');
