-- Whose credits may be spent is the operator's decision: what each server may cost, and the bounds on open and failed work.

-- What the operator decided about one server. A server without a row keeps to the settings.
CREATE TABLE server_policies (
    guild_id BIGINT PRIMARY KEY,
    monthly_credits BIGINT CHECK (monthly_credits >= 0),  -- NULL: SERVER_MONTHLY_CREDITS
    blocked_at BIGINT                        -- its members order nothing since then; NULL: they may
);

-- Upstream failures of a member in a server that no longer count, because one of its managers lifted the stop.
-- guild_id 0: the operator lifted it in all servers.
CREATE TABLE failure_waivers (
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    waived_at BIGINT NOT NULL,               -- failures until then do not count
    PRIMARY KEY (guild_id, member_id)
);

CREATE INDEX jobs_open_by_guild ON jobs (guild_id)
    WHERE state IN ('reserved', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_cancelled_by_member ON jobs (member_id, finished_at) WHERE end_reason = 'cancelled_by_member';

CREATE INDEX quotes_by_member ON quotes (member_id, created_at) WHERE accepted_job_id IS NULL;

-- Failures that the API charged for are few among the entries.
CREATE INDEX ledger_charged_by_member ON ledger_entries (month, member_id, guild_id, created_at, upstream_charge)
    WHERE upstream_charge > 0;
CREATE INDEX ledger_charged_by_guild ON ledger_entries (guild_id, month, upstream_charge) WHERE upstream_charge > 0;
