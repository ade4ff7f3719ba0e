CREATE TABLE person (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  joined_at BIGINT NOT NULL,
  password_hash TEXT,
  failed_sign_ins BIGINT NOT NULL,
  locked_until BIGINT,
  second_step_key BYTEA,
  second_step_since BIGINT,
  last_code_step BIGINT,
  single_sign_on TEXT,
  PRIMARY KEY (id)
);
CREATE UNIQUE INDEX person_by_email ON person (email_key);

CREATE TABLE passkey (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  person_id TEXT NOT NULL,
  name TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  public_key BYTEA NOT NULL,
  sign_count BIGINT NOT NULL,
  transports TEXT NOT NULL,
  traits TEXT NOT NULL,
  attestation BYTEA NOT NULL,
  client_data BYTEA NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX passkey_by_person ON passkey (person_id);

CREATE TABLE recovery_code (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  person_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX recovery_code_by_person ON recovery_code (person_id);

CREATE TABLE session (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  person_id TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  ended_at BIGINT,
  how TEXT NOT NULL,
  address TEXT NOT NULL,
  browser TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX session_by_person ON session (person_id, ended_at);

CREATE TABLE kept_form (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  person_id TEXT NOT NULL,
  address TEXT NOT NULL,
  fields BYTEA NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX kept_form_by_time ON kept_form (kept_at);

CREATE TABLE membership (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  company_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  role TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  given_by TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (company_id) REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX membership_one_role ON membership (company_id, person_id);
CREATE INDEX membership_by_person ON membership (person_id);

CREATE TABLE invitation (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  email TEXT,
  email_key TEXT,
  company_id TEXT,
  role TEXT,
  invited_at BIGINT NOT NULL,
  invited_by TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  accepted_at BIGINT,
  accepted_by TEXT,
  withdrawn_at BIGINT,
  withdrawn_by TEXT,
  PRIMARY KEY (id),
  FOREIGN KEY (company_id) REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX invitation_by_token ON invitation (token_hash);
CREATE INDEX invitation_by_company ON invitation (company_id);

CREATE TABLE waiting_act (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  says TEXT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (company_id) REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED
);
