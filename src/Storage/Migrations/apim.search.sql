-- 0100 tags of working copies
CREATE TABLE IF NOT EXISTS api_tags (
  api_id {id} NOT NULL,
  tag_key {name} NOT NULL,
  tag {name} NOT NULL,
  PRIMARY KEY (api_id, tag_key)
) {options}

-- 0101
CREATE INDEX api_tags_key ON api_tags (tag_key, api_id)

-- 0102 what else of a working copy can be searched by a prefix
CREATE TABLE IF NOT EXISTS api_facts (
  api_id {id} NOT NULL,
  item {int} NOT NULL,
  fact {name} NOT NULL,
  value_key {text} NOT NULL,
  PRIMARY KEY (api_id, item)
) {options}

-- 0103
CREATE INDEX api_facts_fact ON api_facts (fact, api_id)

-- 0104 roles to which an API is restricted, for developers (visibility) or publishers (access); an API without rows is open to all of them
CREATE TABLE IF NOT EXISTS api_roles (
  api_id {id} NOT NULL,
  purpose {id} NOT NULL,
  role_key {name} NOT NULL,
  PRIMARY KEY (api_id, purpose, role_key)
) {options}

-- 0105 words of APIs, definitions and documents, in the form each product searches
{search_texts}

-- 0106
CREATE INDEX search_texts_api ON search_texts (api_id, kind)

-- 0107 lists and counts read this index and not the wide rows
CREATE INDEX apis_list ON apis (organization, name_key, version, id, state)

-- 0108
CREATE INDEX apis_created ON apis (organization, created_at, id, state)

-- 0109
CREATE INDEX apis_updated ON apis (organization, updated_at, id, state)

-- 0110
CREATE INDEX apis_provider ON apis (organization, provider, id, state)

-- 0341 as apis_list, and when: of each name only the newest version is listed
CREATE INDEX apis_newest ON apis (organization, name_key, version, id, state, created_at)
