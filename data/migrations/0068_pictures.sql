-- Pictures that a movie is to be made of, until they are sent or their order ends; see data/pictures.py. The request of
-- the order names them: source_ids of its quote, job or pitch.
CREATE TABLE pictures (
    id TEXT COLLATE "C" PRIMARY KEY,          -- of the interaction that brought it, and its number
    member_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('png', 'jpg', 'webp')),
    bytes INTEGER NOT NULL,
    claim TEXT                                -- the hash of the callback token with which its movie may have been sent
);

CREATE INDEX pictures_by_member ON pictures (member_id);
CREATE INDEX jobs_with_pictures ON jobs (id)
    WHERE operation = 'pictures' AND state IN ('reserved', 'awaiting_approval', 'queued', 'submitting');

-- A picture as base64, in pieces of at most 1 MiB.
CREATE TABLE picture_parts (
    picture_id TEXT COLLATE "C" NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (picture_id, number)
);
