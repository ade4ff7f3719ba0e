CREATE TABLE act (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  verb TEXT NOT NULL,
  subject TEXT NOT NULL,
  actor TEXT NOT NULL,
  event_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  covers_from TEXT,
  covers_to TEXT,
  blob TEXT,
  path TEXT,
  says TEXT,
  entry TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX act_by_time ON act (company, recorded_at);
