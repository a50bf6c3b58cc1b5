-- 0130 documents of APIs: what lists show
CREATE TABLE IF NOT EXISTS documents (
  id {id} NOT NULL PRIMARY KEY,
  api_id {id} NOT NULL,
  name {name} NOT NULL,
  name_key {name} NOT NULL,
  kind {id} NOT NULL,
  other_kind {name},
  summary {text},
  source {id} NOT NULL,
  source_url {text},
  visibility {id} NOT NULL,
  file_name {text},
  created_by {name} NOT NULL,
  created_at {long} NOT NULL,
  updated_by {name} NOT NULL,
  updated_at {long} NOT NULL,
  row_version {long} NOT NULL,
  UNIQUE (api_id, name_key)
) {options}

-- 0131 documents: what they contain, under the document's id and never under a file's name
CREATE TABLE IF NOT EXISTS document_contents (
  document_id {id} NOT NULL PRIMARY KEY,
  api_id {id} NOT NULL,
  media_type {name} NOT NULL,
  content {blob} NOT NULL
) {options}

-- 0132
CREATE INDEX document_contents_api ON document_contents (api_id)

-- 0133 icons of APIs
CREATE TABLE IF NOT EXISTS thumbnails (
  api_id {id} NOT NULL PRIMARY KEY,
  media_type {name} NOT NULL,
  content {blob} NOT NULL,
  row_version {long} NOT NULL
) {options}

-- 0134 lists say whether there is an icon without looking for it
ALTER TABLE apis ADD COLUMN has_thumbnail {int} NOT NULL DEFAULT 0
