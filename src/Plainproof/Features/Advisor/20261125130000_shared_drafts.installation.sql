CREATE TABLE shared_draft (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  draft BYTEA NOT NULL,
  saved_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  PRIMARY KEY (id)
);
