CREATE TABLE control_version (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  control_id TEXT NOT NULL,
  begins TEXT NOT NULL,
  title TEXT NOT NULL,
  statement TEXT NOT NULL,
  owner TEXT NOT NULL,
  frequency TEXT NOT NULL,
  criteria TEXT NOT NULL,
  why TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  written_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX control_version_by_control ON control_version (company, control_id, begins);

CREATE TABLE relevance_proposal (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  criterion_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  proposed_at BIGINT NOT NULL,
  proposed_by TEXT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_by TEXT,
  answer TEXT,
  note TEXT,
  answered_at BIGINT,
  answered_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX relevance_proposal_by_criterion ON relevance_proposal (company, criterion_id);
