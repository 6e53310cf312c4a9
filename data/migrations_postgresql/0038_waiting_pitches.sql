-- One more kind. Every row has one of the earlier ones, so none is checked while the table is locked.
ALTER TABLE pitch_notices DROP CONSTRAINT pitch_notices_kind_check;
ALTER TABLE pitch_notices ADD CONSTRAINT pitch_notices_kind_check
    CHECK (kind IN ('funded', 'returned', 'lapsed', 'made', 'waiting')) NOT VALID;
