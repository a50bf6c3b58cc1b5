-- 0190 opaque access tokens; JWTs leave no row
CREATE TABLE IF NOT EXISTS access_tokens (
  token_hash {id} NOT NULL PRIMARY KEY,
  consumer_key {id} NOT NULL,
  subject {name} NOT NULL,
  is_user {int} NOT NULL,
  authorization_id {id},
  scopes {text} NOT NULL,
  issued_at {long} NOT NULL,
  expires_at {long} NOT NULL
) {options}

-- 0191
CREATE INDEX access_tokens_consumer_key ON access_tokens (consumer_key)

-- 0192
CREATE INDEX access_tokens_authorization ON access_tokens (authorization_id)

-- 0193
CREATE INDEX access_tokens_expires_at ON access_tokens (expires_at)

-- 0194 clients that people registered for the REST APIs; those of applications are credentials
CREATE TABLE IF NOT EXISTS clients (
  client_id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  owner {name} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  secret_hash {id} NOT NULL,
  grant_types {text} NOT NULL,
  callback_url {text},
  saas_app {int} NOT NULL,
  token_type {id} NOT NULL,
  created_at {long} NOT NULL,
  UNIQUE (organization, owner, name_key)
) {options}
