CREATE TABLE frozen_population (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  engagement TEXT,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  query TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  root TEXT NOT NULL,
  digest TEXT NOT NULL,
  holes TEXT NOT NULL,
  sources TEXT NOT NULL,
  as_of BIGINT NOT NULL,
  frozen_at BIGINT NOT NULL,
  frozen_by TEXT NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX frozen_population_by_kind ON frozen_population (company, kind);

CREATE TABLE explained_difference (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  comparison TEXT NOT NULL,
  difference TEXT NOT NULL,
  why TEXT NOT NULL,
  explained_at BIGINT NOT NULL,
  explained_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX explained_difference_by_kind ON explained_difference (company, kind);
