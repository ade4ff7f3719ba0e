CREATE TABLE api_token (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  company_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  membership_id TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  ends_on TEXT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT,
  revoked_by TEXT,
  PRIMARY KEY (id),
  FOREIGN KEY (company_id) REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX api_token_by_hash ON api_token (token_hash);
CREATE INDEX api_token_by_company ON api_token (company_id);
CREATE INDEX api_token_by_person ON api_token (person_id);
