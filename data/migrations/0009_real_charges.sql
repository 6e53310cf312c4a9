-- What a movie really cost at the API, beside what its member paid.

ALTER TABLE jobs ADD COLUMN charged_credits BIGINT;  -- NULL: the API did not say

-- Of a capture: what the API charged above (or below) the price. Only the plan counts it: a member pays the price.
ALTER TABLE ledger_entries ADD COLUMN charge_difference BIGINT NOT NULL DEFAULT 0;
