-- 0001
CREATE TABLE IF NOT EXISTS users (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  password_hash {text} NOT NULL,
  locked {int} NOT NULL,
  failed_sign_ins {int} NOT NULL,
  paused_until {long} NOT NULL,
  created_at {long} NOT NULL,
  row_version {long} NOT NULL,
  UNIQUE (organization, name_key)
) {options}

-- 0002
CREATE TABLE IF NOT EXISTS roles (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  row_version {long} NOT NULL,
  UNIQUE (organization, name_key)
) {options}

-- 0003 what a role permits: REST scopes
CREATE TABLE IF NOT EXISTS role_scopes (
  role_id {id} NOT NULL,
  scope {name} NOT NULL,
  PRIMARY KEY (role_id, scope)
) {options}

-- 0004
CREATE TABLE IF NOT EXISTS user_roles (
  user_id {id} NOT NULL,
  role_id {id} NOT NULL,
  PRIMARY KEY (user_id, role_id)
) {options}

-- 0005 changes of this database that apim_db must learn of; removed once it has
CREATE TABLE IF NOT EXISTS outbox (
  id {id} NOT NULL PRIMARY KEY,
  kind {id} NOT NULL,
  payload {text} NOT NULL,
  created_at {long} NOT NULL
) {options}

-- 0006
CREATE TABLE IF NOT EXISTS master_key_checks (
  name {id} NOT NULL PRIMARY KEY,
  sealed_value {blob} NOT NULL
) {options}
