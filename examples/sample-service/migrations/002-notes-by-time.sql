CREATE INDEX notes_by_time ON notes (written_at DESC);
