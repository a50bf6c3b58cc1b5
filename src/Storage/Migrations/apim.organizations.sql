-- 0210 organizations whose APIs gateways do not serve
CREATE TABLE IF NOT EXISTS organization_states (
  id {id} NOT NULL PRIMARY KEY,
  active {int} NOT NULL,
  runtime_version {long} NOT NULL
) {options}
