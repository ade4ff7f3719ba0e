CREATE TABLE check_set (
  company TEXT NOT NULL,
  hash TEXT NOT NULL,
  check_id TEXT NOT NULL,
  check_version BIGINT NOT NULL,
  parameters_hash TEXT NOT NULL,
  PRIMARY KEY (company, hash, check_id, check_version, parameters_hash)
);

CREATE TABLE evaluation (
  company TEXT NOT NULL,
  at BIGINT NOT NULL,
  check_set TEXT NOT NULL,
  PRIMARY KEY (company, at)
);
CREATE INDEX evaluation_by_set ON evaluation (company, check_set, at);

CREATE TABLE result (
  company TEXT NOT NULL,
  check_id TEXT NOT NULL,
  check_version BIGINT NOT NULL,
  parameters_hash TEXT NOT NULL,
  scope TEXT NOT NULL,
  subject TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT,
  last_at BIGINT,
  PRIMARY KEY (company, check_id, scope, subject, check_version, parameters_hash, outcome, reason, from_at)
);
CREATE UNIQUE INDEX result_open ON result (company, check_id, scope, subject, check_version, parameters_hash, outcome, reason) WHERE until_at IS NULL;
CREATE INDEX result_by_closing ON result (company, until_at);
