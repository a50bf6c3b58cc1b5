-- 0380 gateways as the control nodes that they follow see them
CREATE TABLE IF NOT EXISTS gateways (
  node {name} NOT NULL PRIMARY KEY,
  profile {id} NOT NULL,
  environments {text} NOT NULL,
  version {long} NOT NULL,
  first_seen_at {long} NOT NULL,
  seen_at {long} NOT NULL
) {options}
