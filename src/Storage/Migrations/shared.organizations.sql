-- 0120 roles of an organization's own that count as roles of the product
CREATE TABLE IF NOT EXISTS role_aliases (
  organization {id} NOT NULL,
  role_key {name} NOT NULL,
  alias_key {name} NOT NULL,
  role_name {name} NOT NULL,
  alias_name {name} NOT NULL,
  PRIMARY KEY (organization, role_key, alias_key)
) {options}

-- 0121
CREATE INDEX role_aliases_alias ON role_aliases (organization, alias_key)

-- 0122 what administrators of an organization set for all of it
CREATE TABLE IF NOT EXISTS organization_settings (
  organization {id} NOT NULL PRIMARY KEY,
  settings {text} NOT NULL
) {options}

-- 0123 organizations beside the first one
CREATE TABLE IF NOT EXISTS organizations (
  id {id} NOT NULL PRIMARY KEY,
  number {long} NOT NULL UNIQUE,
  display_name {text},
  active {int} NOT NULL,
  created_at {long} NOT NULL,
  row_version {long} NOT NULL
) {options}

-- 0124 parts of an organization
CREATE TABLE IF NOT EXISTS sub_organizations (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  external_id {name} NOT NULL,
  external_key {name} NOT NULL,
  display_name {text},
  description {text},
  row_version {long} NOT NULL,
  UNIQUE (organization, external_key)
) {options}
