CREATE TABLE checkpoint_letter (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  address TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  asked_by TEXT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  sent_at BIGINT,
  sent_size BIGINT NOT NULL,
  problem TEXT,
  PRIMARY KEY (company, id)
);
