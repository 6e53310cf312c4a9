-- What makes a movie's music, and who speaks in it; see bot/domain/catalogue.py. NULL as of tone.
ALTER TABLE jobs ADD COLUMN music TEXT;
ALTER TABLE jobs ADD COLUMN voice TEXT;
ALTER TABLE quotes ADD COLUMN music TEXT;
ALTER TABLE quotes ADD COLUMN voice TEXT;
ALTER TABLE pitches ADD COLUMN music TEXT;
ALTER TABLE pitches ADD COLUMN voice TEXT;
ALTER TABLE member_preferences ADD COLUMN music TEXT;
ALTER TABLE member_preferences ADD COLUMN voice TEXT;
