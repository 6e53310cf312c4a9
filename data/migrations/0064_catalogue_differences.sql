-- How the API's list of models differs from the catalogue, where orders would fail or cost the operator; see
-- data/availability.py.
CREATE TABLE catalogue_differences (
    kind TEXT NOT NULL CHECK (kind IN ('video', 'image')),
    model TEXT NOT NULL,
    listed_price BIGINT,                      -- in credits a second; NULL: the list does not have it
    PRIMARY KEY (kind, model)
);
