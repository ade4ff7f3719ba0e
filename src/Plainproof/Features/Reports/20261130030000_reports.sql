CREATE TABLE final_report (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  firm TEXT NOT NULL,
  type TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  opinion TEXT NOT NULL,
  exceptions BIGINT NOT NULL,
  exceptions_say TEXT NOT NULL,
  counts_until TEXT NOT NULL,
  seals TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  received_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX final_report_by_engagement ON final_report (company, engagement);
