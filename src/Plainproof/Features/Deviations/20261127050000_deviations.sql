CREATE TABLE found_deviation (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  control_id TEXT NOT NULL,
  what TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT,
  found_at BIGINT NOT NULL,
  found_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE TABLE deviation_answer (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  keys TEXT NOT NULL,
  cause TEXT NOT NULL,
  reach TEXT NOT NULL,
  more_like_it TEXT NOT NULL,
  compensating TEXT NOT NULL,
  correction TEXT NOT NULL,
  response TEXT NOT NULL,
  answered_at BIGINT NOT NULL,
  answered_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
