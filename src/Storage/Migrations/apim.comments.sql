-- 0140 comments on APIs; the parent of a comment that is no reply is empty
CREATE TABLE IF NOT EXISTS comments (
  id {id} NOT NULL PRIMARY KEY,
  api_id {id} NOT NULL,
  parent_id {id} NOT NULL,
  content {text} NOT NULL,
  category {name} NOT NULL,
  entry_point {id} NOT NULL,
  created_by {name} NOT NULL,
  created_at {long} NOT NULL,
  updated_at {long} NOT NULL,
  row_version {long} NOT NULL
) {options}

-- 0141
CREATE INDEX comments_parent ON comments (api_id, parent_id, created_at)

-- 0142 ratings: one per person
CREATE TABLE IF NOT EXISTS ratings (
  api_id {id} NOT NULL,
  rated_by {name} NOT NULL,
  id {id} NOT NULL,
  stars {int} NOT NULL,
  rated_at {long} NOT NULL,
  PRIMARY KEY (api_id, rated_by)
) {options}
