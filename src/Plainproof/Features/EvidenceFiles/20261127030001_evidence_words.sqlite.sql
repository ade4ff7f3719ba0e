CREATE VIRTUAL TABLE evidence_words USING fts5(company UNINDEXED, file_id UNINDEXED, words, tokenize = 'unicode61');
