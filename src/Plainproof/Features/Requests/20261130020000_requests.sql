CREATE TABLE request_line (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  place BIGINT NOT NULL,
  number TEXT NOT NULL,
  area TEXT NOT NULL,
  item TEXT NOT NULL,
  criteria TEXT NOT NULL,
  controls TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  due TEXT,
  owner TEXT NOT NULL,
  book TEXT,
  row_number BIGINT,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX request_line_by_engagement ON request_line (company, engagement);

CREATE TABLE request_step (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  request TEXT NOT NULL,
  move TEXT NOT NULL,
  says TEXT NOT NULL,
  at BIGINT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX request_step_by_engagement ON request_step (company, engagement);

CREATE TABLE request_link (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  request TEXT NOT NULL,
  shows TEXT NOT NULL,
  linked_at BIGINT NOT NULL,
  linked_by TEXT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX request_link_by_engagement ON request_link (company, engagement);

CREATE TABLE request_workbook (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  sheet TEXT,
  columns TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  received_by TEXT NOT NULL,
  imported_at BIGINT,
  imported_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX request_workbook_by_engagement ON request_workbook (company, engagement);
