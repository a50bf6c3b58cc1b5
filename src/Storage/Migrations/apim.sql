-- 0001 the one row that orders every change of runtime state
CREATE TABLE IF NOT EXISTS runtime_version (
  id {int} NOT NULL PRIMARY KEY,
  epoch {id} NOT NULL,
  version {long} NOT NULL,
  tombstones_since {long} NOT NULL
) {options}

-- 0002 what is gone, so that followers can forget it
CREATE TABLE IF NOT EXISTS runtime_tombstones (
  kind {id} NOT NULL,
  id {name} NOT NULL,
  runtime_version {long} NOT NULL,
  removed_at {long} NOT NULL,
  PRIMARY KEY (kind, id)
) {options}

-- 0003
CREATE INDEX runtime_tombstones_version ON runtime_tombstones (runtime_version)

-- 0004 values sealed with the master key, to recognise a node with another key
CREATE TABLE IF NOT EXISTS master_key_checks (
  name {id} NOT NULL PRIMARY KEY,
  sealed_value {blob} NOT NULL
) {options}

-- 0005 APIs: what lists and look-ups need
CREATE TABLE IF NOT EXISTS apis (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  version {id} NOT NULL,
  context {name} NOT NULL,
  served_context {name} NOT NULL,
  provider {name} NOT NULL,
  state {id} NOT NULL,
  is_default_version {int} NOT NULL,
  design {text} NOT NULL,
  next_revision {int} NOT NULL,
  created_at {long} NOT NULL,
  updated_at {long} NOT NULL,
  updated_by {name} NOT NULL,
  row_version {long} NOT NULL,
  runtime_version {long} NOT NULL,
  UNIQUE (organization, name_key, version),
  UNIQUE (organization, served_context)
) {options}

-- 0006
CREATE INDEX apis_runtime_version ON apis (runtime_version)

-- 0007 APIs: the parts that are large
CREATE TABLE IF NOT EXISTS api_contents (
  api_id {id} NOT NULL PRIMARY KEY,
  operations {text} NOT NULL,
  definition {blob} NOT NULL
) {options}

-- 0008 scopes that belong to one API
CREATE TABLE IF NOT EXISTS api_scopes (
  api_id {id} NOT NULL,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  bindings {text} NOT NULL,
  PRIMARY KEY (api_id, name)
) {options}

-- 0009
CREATE INDEX api_scopes_name ON api_scopes (organization, name)

-- 0010 which policies the working copy (revision_id empty) and each revision name
CREATE TABLE IF NOT EXISTS api_policies (
  api_id {id} NOT NULL,
  revision_id {id} NOT NULL,
  kind {id} NOT NULL,
  name_key {name} NOT NULL,
  PRIMARY KEY (api_id, revision_id, kind, name_key)
) {options}

-- 0011
CREATE INDEX api_policies_name ON api_policies (kind, name_key)

-- 0012 revisions
CREATE TABLE IF NOT EXISTS revisions (
  id {id} NOT NULL PRIMARY KEY,
  api_id {id} NOT NULL,
  number {int} NOT NULL,
  description {text},
  created_at {long} NOT NULL,
  design {text} NOT NULL,
  operations {text} NOT NULL,
  definition {blob} NOT NULL,
  UNIQUE (api_id, number)
) {options}

-- 0013 deployments: one revision per environment
CREATE TABLE IF NOT EXISTS deployments (
  api_id {id} NOT NULL,
  environment {name} NOT NULL,
  revision_id {id} NOT NULL,
  virtual_host {name} NOT NULL,
  display_on_devportal {int} NOT NULL,
  deployed_at {long} NOT NULL,
  runtime_version {long} NOT NULL,
  PRIMARY KEY (api_id, environment)
) {options}

-- 0014
CREATE INDEX deployments_runtime_version ON deployments (runtime_version)

-- 0015
CREATE TABLE IF NOT EXISTS lifecycle_changes (
  id {id} NOT NULL PRIMARY KEY,
  api_id {id} NOT NULL,
  previous_state {id},
  new_state {id} NOT NULL,
  changed_by {name} NOT NULL,
  changed_at {long} NOT NULL
) {options}

-- 0016
CREATE INDEX lifecycle_changes_api ON lifecycle_changes (api_id, changed_at)

-- 0017
CREATE TABLE IF NOT EXISTS applications (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  owner {name} NOT NULL,
  policy {name} NOT NULL,
  description {text},
  token_type {id} NOT NULL,
  status {id} NOT NULL,
  attributes {text} NOT NULL,
  created_at {long} NOT NULL,
  updated_at {long} NOT NULL,
  row_version {long} NOT NULL,
  runtime_version {long} NOT NULL,
  UNIQUE (organization, owner, name_key)
) {options}

-- 0018
CREATE INDEX applications_runtime_version ON applications (runtime_version)

-- 0019 consumer keys: OAuth clients
CREATE TABLE IF NOT EXISTS credentials (
  consumer_key {id} NOT NULL PRIMARY KEY,
  key_mapping_id {id} NOT NULL UNIQUE,
  application_id {id} NOT NULL,
  organization {id} NOT NULL,
  key_type {id} NOT NULL,
  key_manager {id} NOT NULL,
  secret_hash {id} NOT NULL,
  grant_types {text} NOT NULL,
  callback_url {text},
  access_token_validity {long} NOT NULL,
  not_before {long} NOT NULL,
  created_at {long} NOT NULL,
  runtime_version {long} NOT NULL,
  UNIQUE (application_id, key_type, key_manager)
) {options}

-- 0020
CREATE INDEX credentials_runtime_version ON credentials (runtime_version)

-- 0021
CREATE TABLE IF NOT EXISTS subscriptions (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  api_id {id} NOT NULL,
  application_id {id} NOT NULL,
  plan {name} NOT NULL,
  state {id} NOT NULL,
  created_at {long} NOT NULL,
  row_version {long} NOT NULL,
  runtime_version {long} NOT NULL,
  UNIQUE (application_id, api_id)
) {options}

-- 0022
CREATE INDEX subscriptions_api ON subscriptions (api_id)

-- 0023
CREATE INDEX subscriptions_runtime_version ON subscriptions (runtime_version)

-- 0024
CREATE TABLE IF NOT EXISTS throttling_policies (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  kind {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  display_name {text},
  description {text},
  terms {text} NOT NULL,
  row_version {long} NOT NULL,
  runtime_version {long} NOT NULL,
  UNIQUE (organization, kind, name_key)
) {options}

-- 0025
CREATE INDEX throttling_policies_runtime_version ON throttling_policies (runtime_version)

-- 0026 keys that tokens are signed with; the private half is sealed with the master key
CREATE TABLE IF NOT EXISTS signing_keys (
  key_id {id} NOT NULL PRIMARY KEY,
  issuer {name} NOT NULL,
  public_jwk {text} NOT NULL,
  private_key {blob} NOT NULL,
  created_at {long} NOT NULL,
  runtime_version {long} NOT NULL
) {options}

-- 0027
CREATE INDEX signing_keys_runtime_version ON signing_keys (runtime_version)

-- 0028 what a resource owner granted to a client; refresh tokens and the access tokens from them belong to it
CREATE TABLE IF NOT EXISTS authorizations (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  consumer_key {id} NOT NULL,
  subject {name} NOT NULL,
  scopes {text} NOT NULL,
  created_at {long} NOT NULL,
  expires_at {long} NOT NULL
) {options}

-- 0029
CREATE INDEX authorizations_consumer_key ON authorizations (consumer_key)

-- 0030 a used token stays until it expires, so that its second use is seen as theft
CREATE TABLE IF NOT EXISTS refresh_tokens (
  token_hash {id} NOT NULL PRIMARY KEY,
  authorization_id {id} NOT NULL,
  used {int} NOT NULL,
  expires_at {long} NOT NULL
) {options}

-- 0031
CREATE INDEX refresh_tokens_authorization ON refresh_tokens (authorization_id)

-- 0032
CREATE TABLE IF NOT EXISTS revocations (
  id {name} NOT NULL PRIMARY KEY,
  kind {id} NOT NULL,
  subject {name} NOT NULL,
  not_before {long} NOT NULL,
  expires_at {long} NOT NULL,
  runtime_version {long} NOT NULL
) {options}

-- 0033
CREATE INDEX revocations_runtime_version ON revocations (runtime_version)

-- 0034
CREATE INDEX revocations_expires_at ON revocations (expires_at)

-- 0035
CREATE INDEX refresh_tokens_expires_at ON refresh_tokens (expires_at)

-- 0036
CREATE INDEX authorizations_expires_at ON authorizations (expires_at)
