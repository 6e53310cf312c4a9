-- The schema of a new database, for SQLite and PostgreSQL. data/migrations has what changed since a release.
--
-- Times are UTC epoch milliseconds, money is whole credits, and ids of Discord are its snowflakes.
--
-- A comment that begins with the name of an engine has what only that engine runs. SQLite does not read COLLATE "C": ids
-- sort by their bytes, which is the only order that it has. data/engine/migration_files.py reads this.
--
-- A partial index is used only for a query that repeats its WHERE words. Of several indexes that serve as well, SQLite
-- takes the newest, so the order of a table's indexes counts.


-- ---- Pitches: movies that members pay for together (bot/domain/pitch.py) --------------------------------------------

-- One pitch. Its prompt and price are those of the movie that it becomes.
CREATE TABLE pitches (
    id TEXT COLLATE "C" PRIMARY KEY,          -- sorts by creation
    interaction_id BIGINT NOT NULL UNIQUE,    -- an interaction that reaches two processes makes one pitch
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    message_id BIGINT,                        -- NULL: not posted yet
    member_id BIGINT NOT NULL,                -- who made it
    member_name TEXT NOT NULL,
    member_language TEXT NOT NULL,
    server_language TEXT NOT NULL,
    prompt TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL CHECK (duration_seconds > 0),
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    spoken_language TEXT,
    subtitles INTEGER,
    tone TEXT,
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),  -- fixed for its life
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting_for_plan', 'funded', 'lapsed', 'withdrawn', 'removed')),
    end_reason TEXT,
    pledged BIGINT NOT NULL DEFAULT 0 CHECK (pledged >= 0 AND pledged <= price_credits),  -- by open and funded pledges
    created_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    ended_at BIGINT,                          -- when it was funded, or ended without a movie
    waits_for TEXT,
    waiting_since BIGINT,                     -- the first time
    next_run_at BIGINT,                       -- when a worker looks at it: its end, a month's end, or the next retry
    continues_id TEXT COLLATE "C",            -- as jobs.continues_id
    parent_channel_id BIGINT,                 -- of the thread that its newest press saw; NULL: it is in none
    age_restricted INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'waiting_for_plan') = (waits_for IS NOT NULL)),
    CHECK ((state IN ('open', 'waiting_for_plan')) = (next_run_at IS NOT NULL)),
    CHECK ((state IN ('open', 'waiting_for_plan')) = (ended_at IS NULL)),
    CHECK (state <> 'funded' OR pledged = price_credits)
);

CREATE INDEX pitches_open ON pitches (guild_id, id) WHERE state IN ('open', 'waiting_for_plan');
CREATE INDEX pitches_due ON pitches (next_run_at) WHERE next_run_at IS NOT NULL;
CREATE INDEX pitches_by_member ON pitches (member_id, id);
CREATE INDEX pitches_with_words ON pitches (ended_at) WHERE prompt <> '' AND ended_at IS NOT NULL;

-- Members who would like a pitch to be funded.
CREATE TABLE pitch_votes (
    pitch_id TEXT COLLATE "C" NOT NULL REFERENCES pitches (id),
    member_id BIGINT NOT NULL,
    PRIMARY KEY (pitch_id, member_id)
);

CREATE INDEX pitch_votes_by_member ON pitch_votes (member_id);

-- What one member holds for a pitch. The ledger has each change.
CREATE TABLE pledges (
    pitch_id TEXT COLLATE "C" NOT NULL REFERENCES pitches (id),
    member_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    month TEXT NOT NULL,                      -- of the allowance
    allowance BIGINT NOT NULL CHECK (allowance >= 0),
    extra BIGINT NOT NULL CHECK (extra >= 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'funded', 'spent', 'returned', 'lapsed')),
    spent BIGINT NOT NULL DEFAULT 0 CHECK (spent >= 0 AND spent <= allowance + extra),
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    member_language TEXT NOT NULL,
    interaction_id BIGINT NOT NULL,           -- the newest press: one that reaches two processes counts once
    PRIMARY KEY (pitch_id, member_id),
    CHECK ((state IN ('open', 'funded')) = (ended_at IS NULL))
);

CREATE INDEX pledges_by_member ON pledges (member_id, guild_id, state);
CREATE INDEX pledges_with_interaction ON pledges (interaction_id) WHERE interaction_id > 0;


-- ---- Movies ---------------------------------------------------------------------------------------------------------

-- One movie: its request, its price, and how far it is. The states and transitions are in bot/domain/job.py.
CREATE TABLE jobs (
    id TEXT COLLATE "C" PRIMARY KEY,          -- sorts by creation
    interaction_id BIGINT NOT NULL UNIQUE,    -- an interaction that reaches two processes makes one job
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    member_name TEXT NOT NULL,                -- as it was at creation: clients do not resolve every mention in an embed
    role_ids TEXT NOT NULL DEFAULT '',        -- the member's roles that had a limit at creation, separated by spaces
    prompt TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL CHECK (duration_seconds > 0),
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),
    delivery_target TEXT NOT NULL DEFAULT 'channel' CHECK (delivery_target IN ('channel', 'direct')),
    state TEXT NOT NULL CHECK (state IN
        ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'completed', 'failed', 'cancelled',
        'unknown')),
    created_at BIGINT NOT NULL,
    acknowledged_at BIGINT,                   -- when Discord accepted the response, or staff the movie
    card_message_id BIGINT,                   -- the message that responds to the command
    submitted_at BIGINT,
    finished_at BIGINT,
    next_run_at BIGINT,                       -- when a worker takes the job next
    submit_attempts INTEGER NOT NULL DEFAULT 0,  -- submissions that provably did not reach the API
    not_found_count INTEGER NOT NULL DEFAULT 0,  -- status polls in a row that did not find the request
    samsar_request_id TEXT UNIQUE,
    unverified_request_id TEXT,               -- from a callback; used only after a status poll confirms it
    callback_token_hash TEXT,
    called_back_at BIGINT,
    last_pending_at BIGINT,                   -- when the API last said that the movie is not finished
    completed_stages INTEGER NOT NULL DEFAULT 0,
    total_stages INTEGER NOT NULL DEFAULT 0,
    current_stage TEXT NOT NULL DEFAULT '',
    took_ms BIGINT,                           -- rendering time; NULL: it may have been found too late to tell
    movie_url TEXT,
    end_reason TEXT,
    upstream_message TEXT,
    leased_by TEXT,                           -- the process that polls it, until leased_until
    leased_until BIGINT,
    charged_credits BIGINT,                   -- what the API charged; NULL: it did not say
    member_language TEXT NOT NULL DEFAULT 'en-US',  -- in which a worker writes to the member
    server_language TEXT NOT NULL DEFAULT 'en-US',  -- in which it writes in the channel
    spoken_language TEXT,                     -- NULL, as of the next two: the default, or the API has none
    subtitles INTEGER,                        -- 0 or 1
    tone TEXT,
    cancel_requested_at BIGINT,               -- when its member wanted it cancelled while it rendered
    removed_at BIGINT,                        -- since then it is in its member's list only, without links
    removed_by TEXT,                          -- in which role: see RemovedBy in bot/domain/job.py
    approval TEXT CHECK (approval IN ('required', 'waived')),  -- decided with the order; NULL: it needed none
    decided_by BIGINT,                        -- who approved or declined it
    decline_reason TEXT,                      -- what its member is told
    staff_channel_id BIGINT,                  -- the message that asks staff
    staff_message_id BIGINT,
    continues_id TEXT COLLATE "C",            -- the finished movie that it continues, see data/series.py; NULL: none
    pitch_id TEXT COLLATE "C" REFERENCES pitches (id),  -- the pitch that funded it
    traceparent TEXT                          -- the span of its order, so that other processes go on with its trace
);

CREATE INDEX jobs_queue ON jobs (next_run_at, id) WHERE state = 'queued';
CREATE INDEX jobs_queue_order ON jobs (id, member_id, next_run_at) WHERE state = 'queued';
CREATE INDEX jobs_reserved ON jobs (created_at) WHERE state = 'reserved';
CREATE INDEX jobs_in_progress ON jobs (member_id, submitted_at, state) WHERE state IN ('submitting', 'rendering');
CREATE UNIQUE INDEX jobs_callback_token ON jobs (callback_token_hash) WHERE callback_token_hash IS NOT NULL;
-- Monitoring counts the open jobs, which are few among many.
CREATE INDEX jobs_open ON jobs (state, created_at, price_credits)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
-- The durations of each model's newest movies are read at every start.
CREATE INDEX jobs_completed ON jobs (video_model, id) WHERE state = 'completed';
-- A member's movies, in one server or in all; then those for rare states.
CREATE INDEX jobs_by_member ON jobs (member_id, id, guild_id);
CREATE INDEX jobs_open_by_member ON jobs (member_id, id)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_unsuccessful_by_member ON jobs (member_id, id) WHERE state IN ('failed', 'cancelled');
CREATE INDEX jobs_open_by_guild ON jobs (guild_id)
    WHERE state IN ('reserved', 'awaiting_approval', 'queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_cancelled_by_member ON jobs (member_id, finished_at) WHERE end_reason = 'cancelled_by_member';
-- What still has words, by the time from which its age counts.
CREATE INDEX jobs_with_words ON jobs (finished_at) WHERE prompt <> '' AND finished_at IS NOT NULL;
CREATE INDEX jobs_awaiting_approval ON jobs (guild_id, id) WHERE state = 'awaiting_approval';
CREATE INDEX jobs_decided ON jobs (decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX jobs_sequels ON jobs (continues_id, id) WHERE continues_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_by_pitch ON jobs (pitch_id) WHERE pitch_id IS NOT NULL;
CREATE INDEX jobs_completed_by_guild ON jobs (guild_id, finished_at) WHERE state = 'completed';
CREATE INDEX jobs_polled ON jobs (next_run_at)
    WHERE state IN ('rendering', 'unknown', 'cancelled') AND next_run_at IS NOT NULL;

-- Members who are mentioned when someone else's movie is done.
CREATE TABLE followers (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id),
    member_id BIGINT NOT NULL,
    PRIMARY KEY (job_id, member_id)
);

-- The first callback that came after a job had failed without the API's own report: there may be a movie.
CREATE TABLE late_callbacks (
    job_id TEXT COLLATE "C" PRIMARY KEY REFERENCES jobs (id),
    received_at BIGINT NOT NULL,
    request_id TEXT                           -- as the callback names it; no status poll has confirmed it
);

-- A priced request that a member saw before buying it. It is accepted once, by accepted_job_id.
CREATE TABLE quotes (
    id TEXT COLLATE "C" PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    prompt TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL,
    video_model TEXT NOT NULL,
    image_model TEXT NOT NULL,
    aspect_ratio TEXT NOT NULL,
    price_credits BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    cancelled_at BIGINT,                      -- its member cancelled it, or changed it into another
    accepted_job_id TEXT COLLATE "C" REFERENCES jobs (id),
    spoken_language TEXT,
    subtitles INTEGER,
    tone TEXT,
    root_id TEXT COLLATE "C",                 -- the first quote's id; NULL: it is the first
    own_prompt TEXT,                          -- how the prompt came about: bot/domain/wording.py; NULL: it was typed
    base_prompt TEXT,
    improvement INTEGER,
    style TEXT,
    continues_id TEXT COLLATE "C"             -- as jobs.continues_id
);

CREATE INDEX quotes_by_age ON quotes (created_at);
CREATE INDEX quotes_by_member ON quotes (member_id, created_at) WHERE accepted_job_id IS NULL;
CREATE INDEX quotes_by_root ON quotes (root_id);

-- The choices of a member's last movie, in whichever server, and where they want their movies.
CREATE TABLE member_preferences (
    member_id BIGINT PRIMARY KEY,
    duration_seconds INTEGER,
    video_model TEXT,
    image_model TEXT,
    aspect_ratio TEXT,
    delivery_target TEXT NOT NULL DEFAULT 'channel' CHECK (delivery_target IN ('channel', 'direct')),
    spoken_language TEXT,
    subtitles INTEGER,
    tone TEXT,
    unlisted INTEGER NOT NULL DEFAULT 0       -- 1: in no gallery by stars, nor in /top
);


-- ---- Credits --------------------------------------------------------------------------------------------------------

-- What each scope has used and holds in a month: a cache of the ledger, and the place where limits are enforced.
CREATE TABLE balances (
    scope TEXT NOT NULL CHECK (scope IN ('plan', 'server', 'member', 'extra')),
    guild_id BIGINT NOT NULL,                 -- 0 where the scope is wider than a server
    member_id BIGINT NOT NULL,                -- 0 where the scope is wider than a member
    month TEXT NOT NULL,                      -- '2026-11', UTC; '' for extra credits, which do not expire
    granted BIGINT NOT NULL DEFAULT 0 CHECK (granted >= 0),  -- extra credits only: what they may spend
    used BIGINT NOT NULL DEFAULT 0 CHECK (used >= 0),
    held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
    PRIMARY KEY (scope, guild_id, member_id, month)
);

-- Append-only. A hold is known by its entry's id, has the account that pays, and names the job that it pays for. One
-- capture or release names the hold. Credits are split by where they come from: a member's monthly allowance, and the
-- extra credits that were granted to them. Only an adjustment is negative.
CREATE TABLE ledger_entries (
    id TEXT COLLATE "C" PRIMARY KEY,
    created_at BIGINT NOT NULL,
    entry_type TEXT NOT NULL CHECK (entry_type IN
        ('grant', 'hold', 'capture', 'release', 'adjust', 'pledge', 'unpledge', 'charge')),
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    month TEXT NOT NULL,                      -- the month that the allowance belongs to
    allowance BIGINT NOT NULL DEFAULT 0,
    extra BIGINT NOT NULL DEFAULT 0,
    upstream_charge BIGINT NOT NULL DEFAULT 0 CHECK (upstream_charge >= 0),  -- what the API keeps of a released hold
    job_id TEXT COLLATE "C" REFERENCES jobs (id),
    hold_id TEXT COLLATE "C" REFERENCES ledger_entries (id),  -- the hold that this capture or release resolves
    actor_id BIGINT NOT NULL DEFAULT 0,       -- who did it; 0 for the bot itself and the operator
    reason TEXT NOT NULL DEFAULT '',
    -- of a capture: what the API charged above the price, which only the plan counts
    charge_difference BIGINT NOT NULL DEFAULT 0,
    released_allowance BIGINT NOT NULL DEFAULT 0,  -- of a capture: what of its hold was not spent, and went back
    released_extra BIGINT NOT NULL DEFAULT 0,
    -- of a pledge and its return, and of the holds, and their ends, of its movie
    pitch_id TEXT COLLATE "C" REFERENCES pitches (id),
    taken_back INTEGER NOT NULL DEFAULT 0,    -- 1: the member took the pledge back, which counts as a cancellation
    CHECK (entry_type = 'adjust' OR (allowance >= 0 AND extra >= 0)),
    CHECK ((entry_type IN ('hold', 'capture', 'release', 'charge')) = (job_id IS NOT NULL)),
    CHECK ((entry_type IN ('capture', 'release')) = (hold_id IS NOT NULL)),
    CHECK (released_allowance >= 0 AND (released_allowance = 0 OR entry_type = 'capture')),
    CHECK (released_extra >= 0 AND (released_extra = 0 OR entry_type = 'capture')),
    CHECK (pitch_id IS NOT NULL OR entry_type NOT IN ('pledge', 'unpledge'))
);

-- A job may be paid by several accounts, each once.
CREATE UNIQUE INDEX ledger_one_hold ON ledger_entries (job_id, guild_id, member_id) WHERE entry_type = 'hold';
CREATE UNIQUE INDEX ledger_one_resolution ON ledger_entries (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX ledger_by_member ON ledger_entries (guild_id, member_id, id);
CREATE INDEX ledger_by_month ON ledger_entries (month, guild_id);
CREATE INDEX ledger_adjustments ON ledger_entries (guild_id, member_id, id) WHERE entry_type IN ('grant', 'adjust');
-- What the API charged for failures, and besides the prices, is rare among the entries.
CREATE INDEX ledger_charged_by_member ON ledger_entries (month, member_id, guild_id, created_at, upstream_charge)
    WHERE upstream_charge > 0;
CREATE INDEX ledger_charged_besides ON ledger_entries (guild_id, month, upstream_charge, charge_difference)
    WHERE upstream_charge > 0 OR charge_difference <> 0;
CREATE INDEX ledger_with_reason ON ledger_entries (created_at) WHERE reason <> '';
CREATE INDEX ledger_by_pitch ON ledger_entries (pitch_id) WHERE pitch_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_one_charge ON ledger_entries (job_id) WHERE entry_type = 'charge';
CREATE INDEX ledger_taken_back ON ledger_entries (member_id, created_at) WHERE taken_back = 1;

-- The ledger is append-only, but for who and why: an id may become a pseudonym, which is negative, and a reason empty.
/*sqlite
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE OF id, created_at, entry_type, guild_id, month, allowance, extra,
    upstream_charge, job_id, hold_id, charge_difference, released_allowance, released_extra, pitch_id, taken_back
    ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_only_forgets BEFORE UPDATE OF member_id, actor_id, reason ON ledger_entries
WHEN (NEW.member_id <> OLD.member_id AND NEW.member_id >= 0) OR (NEW.actor_id <> OLD.actor_id AND NEW.actor_id >= 0)
    OR (NEW.reason <> OLD.reason AND NEW.reason <> '')
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
*/
/*postgresql
CREATE FUNCTION reject_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION reject_ledger_change();
CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE OF id, created_at, entry_type, guild_id, month, allowance, extra,
    upstream_charge, job_id, hold_id, charge_difference, released_allowance, released_extra, pitch_id, taken_back
    ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION reject_ledger_change();
CREATE TRIGGER ledger_only_forgets BEFORE UPDATE OF member_id, actor_id, reason ON ledger_entries
    FOR EACH ROW WHEN (NEW.member_id <> OLD.member_id AND NEW.member_id >= 0
        OR NEW.actor_id <> OLD.actor_id AND NEW.actor_id >= 0 OR NEW.reason <> OLD.reason AND NEW.reason <> '')
    EXECUTE FUNCTION reject_ledger_change();
*/

-- Bonus credits that a member gave another; see bot/domain/gift.py.
CREATE TABLE gifts (
    id TEXT COLLATE "C" PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,               -- where it was given
    giver_id BIGINT NOT NULL,
    recipient_id BIGINT NOT NULL,
    credits BIGINT NOT NULL CHECK (credits > 0),
    taken_entry_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES ledger_entries (id),  -- on the giver's side
    given_entry_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES ledger_entries (id),  -- on the recipient's
    created_at BIGINT NOT NULL,
    CHECK (giver_id <> recipient_id)
);

CREATE INDEX gifts_by_giver ON gifts (giver_id, guild_id, created_at);
CREATE INDEX gifts_by_recipient ON gifts (recipient_id, guild_id);
CREATE INDEX gifts_by_age ON gifts (created_at);

-- Both sides of gifts whose rows are gone: a gift stays a gift in reports and accounts.
CREATE TABLE past_gifts (
    entry_id TEXT COLLATE "C" PRIMARY KEY REFERENCES ledger_entries (id)
);

-- What a server's managers let members, roles and the server spend in a month.
CREATE TABLE quota_limits (
    guild_id BIGINT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('default', 'server', 'member', 'role')),
    subject_id BIGINT NOT NULL,               -- a member, a role, or 0
    credits BIGINT NOT NULL CHECK (credits >= 0),
    PRIMARY KEY (guild_id, scope, subject_id)
);

-- Members who asked the managers for bonus credits.
CREATE TABLE credit_requests (
    id TEXT COLLATE "C" PRIMARY KEY,          -- also that of its entry in audit_log
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,               -- where the member asked
    member_id BIGINT NOT NULL,
    day TEXT NOT NULL,                        -- '2026-11-26', UTC: a member asks once a day in a server
    credits BIGINT NOT NULL CHECK (credits > 0),
    price_credits BIGINT NOT NULL CHECK (price_credits > 0),  -- of the movie that they could not pay for
    member_language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'declined', 'replaced', 'lapsed', 'unposted')),
    created_at BIGINT NOT NULL,
    decided_by BIGINT,                        -- the manager who granted or declined it
    decided_at BIGINT,
    log_channel_id BIGINT,                    -- the message whose button they pressed
    log_message_id BIGINT,
    UNIQUE (guild_id, member_id, day),
    CHECK ((state IN ('granted', 'declined')) = (decided_by IS NOT NULL))
);

CREATE INDEX credit_requests_open ON credit_requests (guild_id, member_id) WHERE state = 'open';


-- ---- Messages -------------------------------------------------------------------------------------------------------

-- Messages about jobs, kept until Discord accepts them.
CREATE TABLE outbox (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id),
    type TEXT NOT NULL CHECK (type IN ('completed', 'failed', 'unknown', 'cancelled', 'followed', 'starred')),
    -- suppressed: no longer true, or perhaps sent before a restore; undeliverable: Discord rejects it in the channel
    -- and for the member
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'suppressed', 'undeliverable')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT,
    sent_at BIGINT,
    message_id BIGINT,                        -- 0: it was deleted before its id was known
    leased_by TEXT,
    leased_until BIGINT,
    channel_id BIGINT,                        -- of message_id; NULL: unknown
    -- where it goes, decided at the first attempt, or was posted: bot/domain/delivery.py
    venue TEXT NOT NULL DEFAULT 'undecided',
    gallery_id BIGINT,                        -- the gallery that was decided on
    PRIMARY KEY (job_id, type),
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);

CREATE INDEX outbox_pending ON outbox (next_attempt_at) WHERE status = 'pending';
-- Movies that their members did not get.
CREATE INDEX outbox_undeliverable ON outbox (job_id)
    WHERE status IN ('suppressed', 'undeliverable') AND type = 'completed';

-- What members are told, and what shows a state in Discord; see data/messages.py.
CREATE TABLE messages (
    subject_id TEXT COLLATE "C" NOT NULL,     -- of a gift, a request, a job, a pitch, a server, or the message to delete
    kind TEXT COLLATE "C" NOT NULL,           -- bot/domain/message.py
    member_id BIGINT NOT NULL,                -- who is told; 0: it shows a state
    guild_id BIGINT NOT NULL,
    credits BIGINT NOT NULL DEFAULT 0,
    reason TEXT,
    nonce TEXT COLLATE "C" NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'suppressed', 'undeliverable')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_since BIGINT NOT NULL,                -- when it was due first
    due_at BIGINT,                            -- when it is tried next
    job_id TEXT COLLATE "C" REFERENCES jobs (id),  -- what a message that is to be deleted is about, and where it is
    channel_id BIGINT,
    venue TEXT,                               -- as outbox.venue
    PRIMARY KEY (subject_id, kind, member_id),
    CHECK ((status = 'pending') = (due_at IS NOT NULL))
);

CREATE INDEX messages_pending ON messages (due_at) WHERE status = 'pending';
CREATE INDEX messages_due ON messages (kind, guild_id, due_at) WHERE status = 'pending';
CREATE INDEX messages_by_member ON messages (member_id, guild_id);
CREATE INDEX messages_by_age ON messages (due_since) WHERE status <> 'pending';
CREATE INDEX messages_by_job ON messages (job_id) WHERE job_id IS NOT NULL;

-- ---- Stars and movie nights -----------------------------------------------------------------------------------------

-- Stars that members give finished movies; see data/stars.py.
CREATE TABLE stars (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id),
    member_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    given INTEGER NOT NULL,                   -- 0: taken back
    created_at BIGINT NOT NULL,
    interaction_id BIGINT NOT NULL,           -- the last press: one that reaches two processes counts once
    PRIMARY KEY (job_id, member_id)
);

CREATE INDEX stars_by_member ON stars (member_id);
CREATE INDEX stars_by_guild ON stars (guild_id, job_id) WHERE given = 1;
CREATE INDEX stars_with_interaction ON stars (interaction_id) WHERE interaction_id > 0;

-- A server's weekly post of its best movies; see bot/domain/movie_night.py.
CREATE TABLE movie_nights (
    id TEXT COLLATE "C" PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    week TEXT NOT NULL,                       -- such as 2026-W48
    starts_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('choosing', 'pending', 'posted', 'empty', 'undeliverable', 'suppressed')),
    channel_id BIGINT,                        -- where its message goes or is, decided with its movies
    venue TEXT NOT NULL DEFAULT 'undecided',  -- as outbox.venue
    message_id BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (guild_id, week)                   -- one a week, whichever process begins it
);


-- The movies of a movie night.
CREATE TABLE movie_night_movies (
    night_id TEXT COLLATE "C" NOT NULL REFERENCES movie_nights (id),
    place INTEGER NOT NULL,                   -- from 1, the best first
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id),
    stars INTEGER NOT NULL,                   -- as its message says
    PRIMARY KEY (night_id, place)
);

CREATE INDEX movie_night_movies_by_job ON movie_night_movies (job_id);


-- ---- Moderation -----------------------------------------------------------------------------------------------------

-- Members who can't order. In the server 0, the operator blocked them everywhere.
CREATE TABLE member_blocks (
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    expires_at BIGINT,                        -- NULL: until someone removes it
    reason TEXT NOT NULL,
    is_timeout INTEGER NOT NULL DEFAULT 0,    -- 1: the bot made the block, because the member's prompts broke rules
    PRIMARY KEY (guild_id, member_id)
);

-- Upstream failures of a member in a server that no longer count, because one of its managers lifted the stop. In the
-- server 0, the operator lifted it everywhere.
CREATE TABLE failure_waivers (
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    waived_at BIGINT NOT NULL,                -- failures until then do not count
    PRIMARY KEY (guild_id, member_id)
);

-- A movie that was reported, and its message in the staff channel; see bot/domain/movie_report.py.
CREATE TABLE reported_movies (
    job_id TEXT COLLATE "C" PRIMARY KEY REFERENCES jobs (id),
    guild_id BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'removed', 'dismissed')),
    reported_at BIGINT NOT NULL,              -- the first time
    decided_by BIGINT,                        -- who removed the movie, or dismissed the reports
    decided_at BIGINT,
    blocked_by BIGINT,                        -- who blocked its member here; this closes no report
    staff_message_channel_id BIGINT,
    staff_message_id BIGINT,                  -- NULL: not posted, or deleted by someone
    CHECK ((state = 'open') = (decided_by IS NULL))
);

CREATE INDEX reported_movies_by_guild ON reported_movies (guild_id);

-- The members who reported a movie.
CREATE TABLE movie_reports (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES reported_movies (job_id),
    member_id BIGINT NOT NULL,                -- who reported it
    guild_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    interaction_id BIGINT NOT NULL,           -- one that reaches two processes makes one report
    PRIMARY KEY (job_id, member_id)
);

CREATE INDEX movie_reports_by_member ON movie_reports (member_id, created_at);
CREATE INDEX movie_reports_with_interaction ON movie_reports (interaction_id) WHERE interaction_id > 0;


-- ---- Servers --------------------------------------------------------------------------------------------------------

-- What a server's managers decide with /setup (bot/domain/server_setup.py), and where its messages go.
CREATE TABLE guild_settings (
    guild_id BIGINT PRIMARY KEY,
    staff_channel_id BIGINT,
    staff_channel_failed_at BIGINT,           -- since when Discord forbids posting there
    language TEXT NOT NULL DEFAULT 'en-US',   -- the server's in Discord
    chosen_language TEXT,                     -- instead of it
    gallery_channel_id BIGINT,                -- a text channel or a forum; NULL: not set
    gallery_failed_at BIGINT,                 -- since when Discord forbids posting there
    age TEXT,                                 -- what is done about all movies: 'spoiler' or 'restricted'; NULL: nothing
    gallery_stars INTEGER,                    -- only movies with so many; NULL: all
    settings TEXT NOT NULL DEFAULT '{}'       -- those that no query reads, as one JSON object of those that are set
);


-- What the operator decided about one server. A server without a row keeps to the settings.
CREATE TABLE server_policies (
    guild_id BIGINT PRIMARY KEY,
    monthly_credits BIGINT CHECK (monthly_credits >= 0),  -- NULL: SERVER_MONTHLY_CREDITS
    blocked_at BIGINT                         -- its members order nothing since then; NULL: they may
);

-- Every change of limits, credits, blocks and settings, with who made it; the staff channel shows it.
CREATE TABLE audit_log (
    id TEXT COLLATE "C" PRIMARY KEY,
    created_at BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,                 -- 0: the operator at the command line, or the bot itself
    action TEXT NOT NULL,                     -- bot/domain/quota.py has the actions and the reason codes
    subject_id BIGINT NOT NULL,               -- a member, a role, a channel, or 0
    amount BIGINT,                            -- credits
    duration_hours INTEGER,                   -- of a block; NULL: until someone removes it
    job_id TEXT COLLATE "C" REFERENCES jobs (id),  -- the job that the change is about
    reason_code TEXT,
    reason TEXT NOT NULL,                     -- what a person typed, or the detail of reason_code
    interaction_id BIGINT UNIQUE,             -- an interaction that reaches two processes makes one change
    setting TEXT,                             -- of a change with /setup
    setting_value TEXT,                       -- as it is kept; NULL: not set any more
    rule_category TEXT,                       -- of a refused prompt: the rule, for staff; NULL: one of the operator's
    rule TEXT,
    is_pending INTEGER NOT NULL DEFAULT 0     -- 1: to be posted in the staff channel
);

CREATE INDEX audit_log_by_guild ON audit_log (guild_id, id);
CREATE INDEX audit_log_with_reason ON audit_log (created_at) WHERE reason <> '';
CREATE INDEX audit_log_moderation ON audit_log (subject_id, created_at) WHERE action IN ('prompt_refused', 'unblock');
CREATE INDEX audit_log_gifts ON audit_log (created_at) WHERE action = 'gift' AND subject_id > 0;
CREATE INDEX audit_log_pending ON audit_log (guild_id, id) WHERE is_pending = 1;

-- Servers that the bot was seen in. An app can be used in a server that it is not in, so only these can be left.
CREATE TABLE present_servers (
    guild_id BIGINT PRIMARY KEY
);

-- Servers that the bot is no longer in, and since when.
CREATE TABLE departed_servers (
    guild_id BIGINT PRIMARY KEY,
    left_at BIGINT NOT NULL
);


-- ---- Erased members (data/erasure.py, data/erased_members.py) -------------------------------------------------------

-- Members who asked for it, until it is done: what they ordered ends first.
CREATE TABLE erasure_requests (
    member_id BIGINT PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL,             -- of the erasure, also in the list beside the backups
    requested_at BIGINT NOT NULL,
    deletes_messages INTEGER NOT NULL DEFAULT 0  -- 1: those about their movies, too
);

-- What was done. A database without an erasure's id shows its member as they were before.
CREATE TABLE erasures (
    id TEXT COLLATE "C" PRIMARY KEY,
    erased_at BIGINT NOT NULL,
    salt TEXT,                                -- with the digest, it recognizes the member in a backup
    digest TEXT                               -- NULL: every machine's list beside the backups has it
);

-- Without its key, nobody can tell whose a digest is. It goes with the month; the month '' has no end.
CREATE TABLE erasure_keys (
    month TEXT PRIMARY KEY,
    key TEXT NOT NULL
);

-- What a member who erased their data has spent until then, for the rest of the month.
CREATE TABLE erased_accounts (
    month TEXT NOT NULL,
    digest TEXT NOT NULL,                     -- of the member's id, with the month's key
    guild_id BIGINT NOT NULL,                 -- 0: all servers
    spent BIGINT NOT NULL CHECK (spent >= 0),
    failed BIGINT NOT NULL CHECK (failed >= 0),  -- what their failed movies cost the plan
    PRIMARY KEY (month, digest, guild_id)
);

-- Blocks and limits of members who erased their data.
CREATE TABLE erased_decisions (
    month TEXT NOT NULL,                      -- of the digest's key, which all goes with; '': until the decision ends
    digest TEXT NOT NULL,                     -- of the member's id, with the key
    guild_id BIGINT NOT NULL,                 -- 0: all servers
    kind TEXT NOT NULL,                       -- see DecisionKind in data/erased_members.py
    ends_at BIGINT,                           -- NULL: until someone removes it
    credits BIGINT,                           -- what a limit allows
    PRIMARY KEY (month, digest, guild_id, kind)
);

-- What a member did shortly before their erasure, where that still counts. It goes with the month's key.
CREATE TABLE erased_events (
    month TEXT NOT NULL,
    digest TEXT NOT NULL,                     -- of the member's id, with the month's key
    kind TEXT NOT NULL,                       -- see EventKind in data/erased_members.py
    guild_id BIGINT NOT NULL,                 -- 0: all servers
    happened_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (month, digest, kind, guild_id, happened_at)
);


-- ---- The API and the processes --------------------------------------------------------------------------------------

-- The circuit breaker's record, one row: whether jobs may be submitted to the API. See bot/domain/breaker.py.
CREATE TABLE breakers (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'half_open')),
    outage TEXT CHECK (outage IN
        ('no_answer', 'unreachable', 'authentication_failed', 'plan_exhausted', 'key_limit_reached', 'wrong_api',
        'rate_limited')),
    opened_at BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,                 -- when the next probe is due, or when the current probe's lease ends
    pause_ms BIGINT NOT NULL,
    trial_job_id TEXT COLLATE "C" REFERENCES jobs (id),  -- the one job that may be in submission while half-open
    reported TEXT NOT NULL CHECK (reported IN ('closed', 'open')),  -- what the operator's log says
    CHECK ((state = 'closed') = (outage IS NULL)),
    CHECK (trial_job_id IS NULL OR state = 'half_open')
);

INSERT INTO breakers (name, state, opened_at, retry_at, pause_ms, reported)
VALUES ('submission', 'closed', 0, 0, 0, 'closed');

-- Models that the API refused, until the operator offers them again; see data/refused_models.py.
CREATE TABLE refused_models (
    kind TEXT NOT NULL CHECK (kind IN ('video', 'image')),
    model TEXT NOT NULL,
    refused_at BIGINT NOT NULL,
    message TEXT NOT NULL,                    -- what the API said
    PRIMARY KEY (kind, model)
);

-- The processes that use the database; see data/processes.py.
CREATE TABLE processes (
    id TEXT COLLATE "C" PRIMARY KEY,
    role TEXT NOT NULL,
    host TEXT NOT NULL,
    pid BIGINT NOT NULL,
    version TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    shards TEXT NOT NULL,                     -- '': all of them, or none
    seen_at BIGINT NOT NULL                   -- the last heartbeat
);

-- When the next IDENTIFY of a bucket is allowed; see data/identify_slots.py.
CREATE TABLE identify_slots (
    bucket INTEGER PRIMARY KEY,
    free_at BIGINT NOT NULL                   -- UTC epoch milliseconds
);

-- How fast members and servers ask for something, where several processes answer them; see data/rate_limits.py.
CREATE TABLE rate_limits (
    key TEXT PRIMARY KEY,                     -- the limit and whose it is
    empty_at BIGINT NOT NULL                  -- when its bucket is empty, UTC epoch microseconds
);

CREATE INDEX rate_limits_empty ON rate_limits (empty_at);

-- Small values that outlive a restart, such as which commands were synced last.
CREATE TABLE key_value (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
