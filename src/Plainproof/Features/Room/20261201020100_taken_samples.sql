CREATE TABLE taken_sample (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  package TEXT NOT NULL,
  room_key TEXT NOT NULL,
  key_from TEXT NOT NULL,
  content TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  taken_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
