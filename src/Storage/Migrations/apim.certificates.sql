-- 0300 certificates of back ends (no api_id) and of callers of an API, under the alias that publishers gave them
CREATE TABLE IF NOT EXISTS certificates (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  api_id {id} NOT NULL,
  purpose {id} NOT NULL,
  alias {name} NOT NULL,
  alias_key {name} NOT NULL,
  target {text} NOT NULL,
  target_key {name} NOT NULL,
  content {text} NOT NULL,
  row_version {long} NOT NULL,
  UNIQUE (organization, api_id, purpose, alias_key)
) {options}

-- 0301 they go with their API
CREATE INDEX certificates_api ON certificates (api_id)
