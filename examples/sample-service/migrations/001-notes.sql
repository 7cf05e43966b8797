CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  content text NOT NULL CHECK (length(content) BETWEEN 1 AND 1000),
  written_at timestamptz NOT NULL DEFAULT now()
);
