-- What all versions of a fact share is told once: what the fact is about, and the blobs that versions were read from. Who read a version and
-- who closed it is told by coverage, which has a line for each scope, aspect and moment.
CREATE TABLE fact_course (
  company TEXT NOT NULL,
  number BIGINT NOT NULL,
  scope TEXT NOT NULL,
  aspect TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (company, number)
);
INSERT INTO fact_course (company, number, scope, aspect, subject)
SELECT company, ROW_NUMBER() OVER (PARTITION BY company ORDER BY scope, aspect, subject), scope, aspect, subject
FROM (SELECT DISTINCT company, scope, aspect, subject FROM fact) AS known;
CREATE UNIQUE INDEX fact_course_by_subject ON fact_course (company, scope, aspect, subject);

CREATE TABLE fact_blob (
  company TEXT NOT NULL,
  number BIGINT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (company, number)
);
INSERT INTO fact_blob (company, number, digest)
SELECT company, ROW_NUMBER() OVER (PARTITION BY company ORDER BY digest), digest
FROM (SELECT DISTINCT company, blob AS digest FROM fact) AS known;
CREATE UNIQUE INDEX fact_blob_by_digest ON fact_blob (company, digest);

CREATE TABLE fact_version (
  company TEXT NOT NULL,
  course BIGINT NOT NULL,
  first_seen BIGINT NOT NULL,
  closed_at BIGINT,
  value BYTEA NOT NULL,
  blob BIGINT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (company, course, first_seen)
);
INSERT INTO fact_version (company, course, first_seen, closed_at, value, blob, path)
SELECT f.company, c.number, f.first_seen, f.closed_at, f.value, b.number, f.path FROM fact f
JOIN fact_course c ON c.company = f.company AND c.scope = f.scope AND c.aspect = f.aspect AND c.subject = f.subject
JOIN fact_blob b ON b.company = f.company AND b.digest = f.blob
ORDER BY f.first_seen;
CREATE UNIQUE INDEX fact_version_open ON fact_version (company, course) WHERE closed_at IS NULL;
DROP TABLE fact;
