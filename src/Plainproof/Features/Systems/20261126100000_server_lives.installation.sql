CREATE TABLE server_life (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  stopped_at BIGINT,
  PRIMARY KEY (id)
);
