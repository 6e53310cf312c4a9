-- Finished movies that could be posted nowhere are few among many: what monitoring counts.
CREATE INDEX deliveries_kept ON deliveries (job_id)
    WHERE due_at IS NULL AND delivered_at IS NULL AND notice = 'completed';
