-- Subtitles cost nothing.
/*postgresql
ALTER TABLE jobs DROP CONSTRAINT jobs_price_credits_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_price_credits_check CHECK (price_credits >= 0);
*/
-- SQLite changes a CHECK without copying the table only in its own description of it, which is its documented way:
-- https://www.sqlite.org/lang_altertable.html#otheralter
/*sqlite
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, 'CHECK (price_credits > 0)', 'CHECK (price_credits >= 0)')
WHERE type = 'table' AND name = 'jobs';
PRAGMA writable_schema = RESET;
*/
