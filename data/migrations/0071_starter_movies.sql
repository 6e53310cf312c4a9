-- Up to how many credits a member's first movie is on the house; NULL: it is not. See data/starter_movies.py.
ALTER TABLE guild_settings ADD COLUMN starter_credits BIGINT;
-- Who had theirs.
CREATE TABLE starter_movies (
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    entry_id TEXT COLLATE "C",                -- of the refund in the ledger; NULL: from before they erased their data
    PRIMARY KEY (guild_id, member_id)
);
CREATE UNIQUE INDEX starter_movies_by_entry ON starter_movies (entry_id);
