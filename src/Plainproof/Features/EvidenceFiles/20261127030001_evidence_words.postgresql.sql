-- No index on the words: behind the walls the server would not use one. A company's rows are found by the key.
CREATE TABLE evidence_words (
  company TEXT NOT NULL,
  file_id TEXT NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (company, file_id)
);
