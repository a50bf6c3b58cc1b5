-- 0145 who changed what of an API, and when
CREATE TABLE IF NOT EXISTS api_changes (
  id {id} NOT NULL PRIMARY KEY,
  api_id {id} NOT NULL,
  action {id} NOT NULL,
  subject {name} NOT NULL,
  changes {text} NOT NULL,
  changed_by {name} NOT NULL,
  changed_at {long} NOT NULL
) {options}

-- 0146
CREATE INDEX api_changes_api ON api_changes (api_id, changed_at)

-- 0343 what is old enough to be deleted
CREATE INDEX api_changes_time ON api_changes (changed_at)
