-- 0310 labels of an organization
CREATE TABLE IF NOT EXISTS labels (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  description {text},
  row_version {long} NOT NULL,
  UNIQUE (organization, name_key)
) {options}

-- 0311 which APIs bear them
CREATE TABLE IF NOT EXISTS api_labels (
  api_id {id} NOT NULL,
  label_id {id} NOT NULL,
  PRIMARY KEY (api_id, label_id)
) {options}

-- 0312 who bears a label
CREATE INDEX api_labels_label ON api_labels (label_id)
