-- 0200 calls that are refused; subject_hash makes equal conditions unique
CREATE TABLE IF NOT EXISTS deny_policies (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  kind {id} NOT NULL,
  subject {text} NOT NULL,
  subject_key {text} NOT NULL,
  subject_hash {id} NOT NULL,
  inverted {int} NOT NULL,
  enabled {int} NOT NULL,
  runtime_version {long} NOT NULL,
  UNIQUE (organization, kind, subject_hash)
) {options}

-- 0201
CREATE INDEX deny_policies_runtime_version ON deny_policies (runtime_version)

-- 0202 gateway environments that administrators made; those of the configuration are not here
CREATE TABLE IF NOT EXISTS gateway_environments (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  environment_type {id} NOT NULL,
  default_host {text} NOT NULL,
  terms {text} NOT NULL,
  row_version {long} NOT NULL,
  UNIQUE (organization, name_key)
) {options}

-- 0203 deployments are counted and touched by environment
CREATE INDEX deployments_environment ON deployments (environment)

-- 0204 API categories
CREATE TABLE IF NOT EXISTS api_categories (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  description {text},
  row_version {long} NOT NULL,
  UNIQUE (organization, name_key)
) {options}

-- 0205 which categories the working copy of an API names
CREATE TABLE IF NOT EXISTS api_category_uses (
  api_id {id} NOT NULL,
  organization {id} NOT NULL,
  name_key {name} NOT NULL,
  PRIMARY KEY (api_id, name_key)
) {options}

-- 0206
CREATE INDEX api_category_uses_name ON api_category_uses (organization, name_key)

-- 0207 key managers beside the resident one; secrets are sealed with the master key
CREATE TABLE IF NOT EXISTS key_managers (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  connector {id} NOT NULL,
  terms {text} NOT NULL,
  secrets {blob} NOT NULL,
  row_version {long} NOT NULL,
  UNIQUE (organization, name_key)
) {options}

-- 0250 the list of all applications reads this index and not the wide rows
CREATE INDEX applications_list ON applications (organization, name_key, id)
