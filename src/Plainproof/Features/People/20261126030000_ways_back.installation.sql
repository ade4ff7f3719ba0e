CREATE TABLE way_back (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  person_id TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  scope TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX way_back_by_token ON way_back (token_hash);
CREATE INDEX way_back_by_person ON way_back (person_id);
