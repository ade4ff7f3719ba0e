CREATE TABLE room_mark (
  company TEXT NOT NULL PRIMARY KEY CHECK (company = 'room'),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  list_digest TEXT NOT NULL
);

CREATE FUNCTION room_mark_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a room stays one, and its mark stays as it is';
END $$;
CREATE TRIGGER room_mark_stays BEFORE UPDATE OR DELETE ON room_mark FOR EACH ROW EXECUTE FUNCTION room_mark_stays();

CREATE FUNCTION room_takes_no_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM room_mark WHERE company = NEW.company) THEN
    RAISE EXCEPTION 'no facts are taken into a room';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER room_takes_no_facts AFTER INSERT ON collection DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION room_takes_no_facts();
