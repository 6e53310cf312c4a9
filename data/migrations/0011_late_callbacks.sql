-- The first callback that came for a job after it had ended as failed without the API's own word: there may be a movie.
CREATE TABLE late_callbacks (
    job_id TEXT PRIMARY KEY REFERENCES jobs (id),
    came_at BIGINT NOT NULL,
    request_id TEXT                          -- as the callback named it: not confirmed by /status
);

-- The oldest line that each server is owed, however long the record of its changes is.
CREATE INDEX audit_owed_of_server ON audit (guild_id, id) WHERE due_at IS NOT NULL;
