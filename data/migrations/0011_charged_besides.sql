-- What a server's movies cost the plan above what its members paid counts against the operator's limit of the server.

DROP INDEX ledger_charged_by_guild;
CREATE INDEX ledger_charged_besides ON ledger_entries (guild_id, month, upstream_charge, charge_difference)
    WHERE upstream_charge > 0 OR charge_difference <> 0;
