ALTER TABLE engagement ADD COLUMN edition TEXT NOT NULL DEFAULT '';
ALTER TABLE engagement ADD COLUMN categories TEXT NOT NULL DEFAULT 'Security';
ALTER TABLE engagement ADD COLUMN sizes TEXT NOT NULL DEFAULT '';
ALTER TABLE engagement ADD COLUMN follows TEXT;
CREATE TABLE engagement_step (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  says TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  taken_back_at BIGINT,
  taken_back_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX engagement_step_by_engagement ON engagement_step (company, engagement_id);
CREATE TABLE firm_quote (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement_id TEXT NOT NULL,
  firm TEXT NOT NULL,
  licence TEXT NOT NULL,
  peer_review TEXT NOT NULL,
  dollars BIGINT NOT NULL,
  weeks BIGINT,
  asked TEXT NOT NULL,
  says TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  chosen_at BIGINT,
  chosen_by TEXT,
  taken_back_at BIGINT,
  taken_back_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX firm_quote_by_engagement ON firm_quote (company, engagement_id);
CREATE TABLE warning_set_aside (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement_id TEXT NOT NULL,
  warning TEXT NOT NULL,
  said TEXT NOT NULL,
  reason TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX warning_set_aside_by_engagement ON warning_set_aside (company, engagement_id);
