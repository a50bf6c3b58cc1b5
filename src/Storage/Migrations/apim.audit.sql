-- 0220 what people changed; rows are only ever added, and each carries an HMAC over itself and its predecessor on the same node
CREATE TABLE IF NOT EXISTS audit_entries (
  node {name} NOT NULL,
  number {long} NOT NULL,
  organization {id} NOT NULL,
  user_name {name} NOT NULL,
  happened_at {long} NOT NULL,
  method {id} NOT NULL,
  route {name} NOT NULL,
  target {text} NOT NULL,
  status {int} NOT NULL,
  correlation {id} NOT NULL,
  details {blob} NOT NULL,
  entry_hash {id} NOT NULL,
  PRIMARY KEY (node, number)
) {options}

-- 0221
CREATE INDEX audit_entries_time ON audit_entries (organization, happened_at)

-- 0222 the end of each node's chain, so that missing entries at the end are seen
CREATE TABLE IF NOT EXISTS audit_chains (
  node {name} NOT NULL PRIMARY KEY,
  number {long} NOT NULL,
  entry_hash {id} NOT NULL
) {options}

-- 0342 where a chain begins whose first entries were taken off when their time was over
CREATE TABLE IF NOT EXISTS audit_prunings (
  node {name} NOT NULL PRIMARY KEY,
  number {long} NOT NULL,
  entry_hash {id} NOT NULL,
  seal {id} NOT NULL
) {options}

-- 0344 lists of all entries read this index and not the wide rows
CREATE INDEX audit_entries_newest ON audit_entries (happened_at, node, number)

-- 0345 and lists of an organization's this one
CREATE INDEX audit_entries_organization ON audit_entries (organization, happened_at, node, number)
