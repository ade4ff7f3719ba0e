CREATE TABLE independence_decision (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  firm TEXT NOT NULL,
  decider TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  services TEXT NOT NULL,
  overseer TEXT NOT NULL,
  threats TEXT NOT NULL,
  safeguards TEXT NOT NULL,
  conclusion TEXT NOT NULL,
  covers TEXT NOT NULL,
  email TEXT NOT NULL,
  person TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX act_by_verb ON act (company, verb);
