CREATE TABLE room_mark (
  company TEXT NOT NULL PRIMARY KEY CHECK (company = 'room'),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  list_digest TEXT NOT NULL
);

CREATE TRIGGER room_mark_at_birth BEFORE INSERT ON room_mark
WHEN EXISTS (SELECT 1 FROM collection WHERE company = NEW.company) OR EXISTS (SELECT 1 FROM log_entry WHERE company = NEW.company) OR EXISTS (SELECT 1 FROM pending_entry WHERE company = NEW.company)
BEGIN SELECT RAISE(ABORT, 'a company that holds something is no room'); END;

CREATE TRIGGER room_mark_stays BEFORE UPDATE ON room_mark
BEGIN SELECT RAISE(ABORT, 'the mark of a room stays as it is'); END;

CREATE TRIGGER room_mark_is_kept BEFORE DELETE ON room_mark
BEGIN SELECT RAISE(ABORT, 'a room stays one'); END;

CREATE TRIGGER room_takes_no_facts BEFORE INSERT ON collection
WHEN EXISTS (SELECT 1 FROM room_mark WHERE company = NEW.company)
BEGIN SELECT RAISE(ABORT, 'no facts are taken into a room'); END;
