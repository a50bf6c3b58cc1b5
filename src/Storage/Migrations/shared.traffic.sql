-- 0350 what traffic managers counted, a blob per partition; it belongs to the one that began last
CREATE TABLE IF NOT EXISTS traffic_checkpoints (
  partition_id {int} NOT NULL PRIMARY KEY,
  epoch {long} NOT NULL,
  saved_at {long} NOT NULL,
  counters {blob} NOT NULL
) {options}

-- 0351 permits that were handed out under exact limits, a row per key and length of window
CREATE TABLE IF NOT EXISTS traffic_permits (
  id {id} NOT NULL PRIMARY KEY,
  window_start {long} NOT NULL,
  window_end {long} NOT NULL,
  taken {long} NOT NULL
) {options}
