-- Members' requests for more credits, which managers answer in the log channel. See bot/domain/credit_request.py.

CREATE TABLE credit_requests (
    id TEXT PRIMARY KEY,                     -- also that of its entry in audit_log
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,              -- where the member asked
    member_id BIGINT NOT NULL,
    day TEXT NOT NULL,                       -- '2026-11-26', UTC: a member asks once a day in a server
    credits BIGINT NOT NULL CHECK (credits > 0),
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),  -- of the movie that they could not pay for
    member_language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'declined', 'replaced', 'lapsed', 'unposted')),
    created_at BIGINT NOT NULL,
    decided_by BIGINT,                       -- the manager who granted or declined it
    decided_at BIGINT,
    log_channel_id BIGINT,                   -- the message whose button they pressed
    log_message_id BIGINT,
    notice TEXT NOT NULL DEFAULT 'none' CHECK (notice IN ('none', 'pending', 'sent', 'undeliverable')),
    attempts INTEGER NOT NULL DEFAULT 0,     -- failed ones to tell the member
    next_attempt_at BIGINT,
    UNIQUE (guild_id, member_id, day),
    CHECK ((state IN ('granted', 'declined')) = (decided_by IS NOT NULL)),
    CHECK ((notice = 'pending') = (next_attempt_at IS NOT NULL))
);

CREATE INDEX credit_requests_open ON credit_requests (guild_id, member_id) WHERE state = 'open';
CREATE INDEX credit_requests_pending ON credit_requests (next_attempt_at) WHERE notice = 'pending';
