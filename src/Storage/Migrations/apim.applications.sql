-- 0160 the groups that an application is shared with, as its owner wrote them (a JSON list)
ALTER TABLE applications ADD COLUMN shared_with {text}

-- 0161 the same for look-ups
CREATE TABLE IF NOT EXISTS application_groups (
  application_id {id} NOT NULL,
  organization {id} NOT NULL,
  name_key {name} NOT NULL,
  PRIMARY KEY (application_id, name_key)
) {options}

-- 0162
CREATE INDEX application_groups_name ON application_groups (organization, name_key)

-- 0163 when the count of a user under the application's policy was started anew (a JSON object: subject to Unix milliseconds)
ALTER TABLE applications ADD COLUMN throttle_resets {text}

-- 0164 CREATED by the portal, or MAPPED: the client existed before
ALTER TABLE credentials ADD COLUMN origin {id} NOT NULL DEFAULT 'CREATED'

-- 0165 what the owner chose for tokens beside the life of access tokens (a JSON object)
ALTER TABLE credentials ADD COLUMN terms {text}

-- 0166 secrets beside the one in credentials
CREATE TABLE IF NOT EXISTS credential_secrets (
  id {id} NOT NULL PRIMARY KEY,
  consumer_key {id} NOT NULL,
  secret_hash {id} NOT NULL,
  description {text},
  created_at {long} NOT NULL,
  expires_at {long} NOT NULL
) {options}

-- 0167
CREATE INDEX credential_secrets_consumer_key ON credential_secrets (consumer_key)
