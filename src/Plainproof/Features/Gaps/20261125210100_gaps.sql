CREATE TABLE gap_plan (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  gap_id TEXT NOT NULL,
  owner_id TEXT,
  due TEXT,
  ticket TEXT,
  PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX gap_plan_by_gap ON gap_plan (company, gap_id);
CREATE INDEX gap_plan_by_owner ON gap_plan (company, owner_id);

CREATE TABLE gap_event (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  gap_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  says TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX gap_event_by_gap ON gap_event (company, gap_id);

CREATE TABLE gap_waiver (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  gap_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  until TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  given_by TEXT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX gap_waiver_by_gap ON gap_waiver (company, gap_id);
