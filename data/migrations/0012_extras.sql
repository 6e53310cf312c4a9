-- A movie's extras, and a member's last choices of them. NULL: the version of the API has no such extra, or the default.

ALTER TABLE jobs ADD COLUMN spoken_language TEXT;
ALTER TABLE jobs ADD COLUMN subtitles INTEGER;  -- 0 or 1
ALTER TABLE jobs ADD COLUMN tone TEXT;

ALTER TABLE quotes ADD COLUMN spoken_language TEXT;
ALTER TABLE quotes ADD COLUMN subtitles INTEGER;
ALTER TABLE quotes ADD COLUMN tone TEXT;

ALTER TABLE member_preferences ADD COLUMN spoken_language TEXT;
ALTER TABLE member_preferences ADD COLUMN subtitles INTEGER;
ALTER TABLE member_preferences ADD COLUMN tone TEXT;
