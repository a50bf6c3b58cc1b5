-- 0320 endpoints of APIs that have a name of their own, beside the two of the API itself
CREATE TABLE IF NOT EXISTS api_endpoints (
  id {id} NOT NULL PRIMARY KEY,
  api_id {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  stage {id} NOT NULL,
  settings {text} NOT NULL,
  definition {text},
  row_version {long} NOT NULL,
  UNIQUE (api_id, name_key)
) {options}
