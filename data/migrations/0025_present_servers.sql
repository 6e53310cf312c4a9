-- Servers that the bot was seen in. An app can be used in a server that it is not in, so only these can be left.
CREATE TABLE present_servers (
    guild_id BIGINT PRIMARY KEY
);
