-- 0330 properties of an API that differ by gateway environment
CREATE TABLE IF NOT EXISTS api_environment_properties (
  api_id {id} NOT NULL,
  environment {name} NOT NULL,
  properties {text} NOT NULL,
  row_version {long} NOT NULL,
  PRIMARY KEY (api_id, environment)
) {options}
