-- A database of this version has exactly the schema of one that is made anew from a single file. So what nothing reads goes.

ALTER TABLE pitches DROP COLUMN role_ids;
ALTER TABLE pitches DROP COLUMN manages_server;
