CREATE TABLE log_copy (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  target TEXT NOT NULL,
  size BIGINT NOT NULL,
  copied_at BIGINT,
  kept_until BIGINT,
  problem TEXT,
  failed_at BIGINT,
  PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX log_copy_by_target ON log_copy (company, target);
