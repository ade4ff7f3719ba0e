CREATE TABLE control_test (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  control TEXT NOT NULL,
  wording TEXT NOT NULL,
  part TEXT NOT NULL,
  methods TEXT NOT NULL,
  done TEXT NOT NULL,
  searched TEXT NOT NULL,
  conclusion TEXT NOT NULL,
  note TEXT NOT NULL,
  reference TEXT NOT NULL,
  salt TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  written_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX control_test_by_engagement ON control_test (company, engagement, control);
