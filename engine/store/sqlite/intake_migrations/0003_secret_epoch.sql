-- The roster's epoch when the report's secret was made: a key that left the rosters later may have kept it.
ALTER TABLE reports ADD COLUMN secret_epoch INTEGER NOT NULL DEFAULT 0 CHECK (secret_epoch >= 0);
