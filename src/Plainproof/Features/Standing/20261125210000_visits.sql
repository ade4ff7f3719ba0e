CREATE TABLE home_visit (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  person_id TEXT NOT NULL,
  last_at BIGINT NOT NULL,
  before_at BIGINT,
  PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX home_visit_by_person ON home_visit (company, person_id);
