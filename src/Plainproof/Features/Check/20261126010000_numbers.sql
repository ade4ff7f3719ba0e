CREATE TABLE company_number (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  number DOUBLE PRECISION,
  why TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX company_number_by_name ON company_number (company, name, set_at);
