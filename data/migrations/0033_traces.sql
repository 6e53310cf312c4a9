-- The span of an order, as a W3C traceparent, so that other processes go on with its trace. NULL where nothing was traced.
ALTER TABLE jobs ADD COLUMN traceparent TEXT;
