-- What a server does about movies that are not for everyone: 'spoiler' or 'restricted'; NULL: nothing.

ALTER TABLE guild_settings ADD COLUMN age TEXT;
