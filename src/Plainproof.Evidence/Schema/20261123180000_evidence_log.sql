CREATE TABLE pending_entry (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  body BYTEA NOT NULL,
  queued_at BIGINT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE TABLE log_entry (
  company TEXT NOT NULL,
  seq BIGINT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  body BYTEA NOT NULL,
  leaf BYTEA NOT NULL,
  PRIMARY KEY (company, seq)
);
CREATE UNIQUE INDEX log_entry_by_id ON log_entry (company, id);
CREATE TABLE log_checkpoint (
  company TEXT NOT NULL,
  size BIGINT NOT NULL,
  root BYTEA NOT NULL,
  note TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  PRIMARY KEY (company, size)
);
CREATE TABLE log_anchor (
  company TEXT NOT NULL,
  size BIGINT NOT NULL,
  authority TEXT NOT NULL,
  entry TEXT NOT NULL,
  request BYTEA NOT NULL,
  response BYTEA NOT NULL,
  stamped_at BIGINT NOT NULL,
  PRIMARY KEY (company, size, authority)
);
