CREATE TABLE drawn_sample (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  population TEXT NOT NULL,
  method TEXT NOT NULL,
  seed TEXT NOT NULL,
  rows TEXT NOT NULL,
  extends TEXT,
  controls TEXT NOT NULL,
  why TEXT NOT NULL,
  secret TEXT NOT NULL,
  salt TEXT NOT NULL,
  drawn_at BIGINT NOT NULL,
  drawn_by TEXT NOT NULL,
  issued_at BIGINT,
  issued_by TEXT,
  dropped_at BIGINT,
  dropped_by TEXT,
  dropped_why TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX drawn_sample_by_population ON drawn_sample (company, population);

CREATE TABLE sample_attribute (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  sample TEXT NOT NULL,
  place BIGINT NOT NULL,
  text TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX sample_attribute_by_sample ON sample_attribute (company, sample);

CREATE TABLE grid_tick (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  sample TEXT NOT NULL,
  row_number BIGINT NOT NULL,
  attribute TEXT NOT NULL,
  tick TEXT NOT NULL,
  note TEXT NOT NULL,
  reference TEXT NOT NULL,
  salt TEXT NOT NULL,
  marked_at BIGINT NOT NULL,
  marked_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX grid_tick_by_sample ON grid_tick (company, sample);
