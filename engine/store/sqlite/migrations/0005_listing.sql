-- When what an instance waits for next is due; none: it waits for nothing.
ALTER TABLE instances ADD COLUMN due INTEGER;
CREATE INDEX instances_by_due ON instances (workflow, state, due, id) WHERE due IS NOT NULL;

-- The text that instances are found by, by their slots, cut as sqlite_words.h says.
CREATE VIRTUAL TABLE words USING fts5 (text, raw UNINDEXED);
