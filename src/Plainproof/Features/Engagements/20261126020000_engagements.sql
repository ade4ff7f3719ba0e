CREATE TABLE engagement (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  begins TEXT,
  ends TEXT NOT NULL,
  wanted TEXT,
  hours_per_week DOUBLE PRECISION NOT NULL,
  firm TEXT NOT NULL,
  licence TEXT NOT NULL,
  peer_review TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  opened_by TEXT NOT NULL,
  closed_at BIGINT,
  closed_by TEXT,
  PRIMARY KEY (company, id)
);
