-- 0120 scopes that several APIs may ask for; role bindings stand here and not with the APIs
CREATE TABLE IF NOT EXISTS shared_scopes (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  display_name {text},
  description {text},
  bindings {text} NOT NULL,
  row_version {long} NOT NULL,
  UNIQUE (organization, name)
) {options}

-- 0121 working copies that declare a shared scope
CREATE TABLE IF NOT EXISTS shared_scope_uses (
  api_id {id} NOT NULL,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  PRIMARY KEY (api_id, name)
) {options}

-- 0122
CREATE INDEX shared_scope_uses_name ON shared_scope_uses (organization, name, api_id)
