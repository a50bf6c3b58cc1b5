-- 0180 keys of applications (api_id is null) and of single APIs (application_id is null while lent to none); scope_key is what names are unique in
CREATE TABLE IF NOT EXISTS api_keys (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  scope_key {id} NOT NULL,
  name_key {name} NOT NULL,
  application_id {id},
  api_id {id},
  key_type {id} NOT NULL,
  key_hash {id} NOT NULL UNIQUE,
  token_id {id},
  owner {name} NOT NULL,
  permitted_ip {text},
  permitted_referer {text},
  validity {long} NOT NULL,
  created_at {long} NOT NULL,
  last_used_at {long} NOT NULL,
  runtime_version {long} NOT NULL,
  UNIQUE (scope_key, key_type, name_key)
) {options}

-- 0181
CREATE INDEX api_keys_runtime_version ON api_keys (runtime_version)

-- 0182
CREATE INDEX api_keys_application ON api_keys (application_id)

-- 0183
CREATE INDEX api_keys_api ON api_keys (api_id)

-- 0184 the list of an organization
CREATE INDEX api_keys_organization ON api_keys (organization, created_at)

-- 0185 uses are reported by the id of a self-contained key
CREATE INDEX api_keys_token ON api_keys (token_id)
