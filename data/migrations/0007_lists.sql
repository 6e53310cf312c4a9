-- Of a member's movies, those that run and those that were not made are few: a long list is not walked to find them.
CREATE INDEX jobs_running_of ON jobs (member_id, id)
    WHERE state IN ('queued', 'submitting', 'rendering', 'unknown');
CREATE INDEX jobs_not_made_of ON jobs (member_id, id)
    WHERE state IN ('failed', 'cancelled');
