-- 0230 requests that wait for approval; waiting_key is unique while a request waits, and its id afterwards
CREATE TABLE IF NOT EXISTS workflow_tasks (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  task_type {id} NOT NULL,
  status {id} NOT NULL,
  waiting_key {name} NOT NULL,
  subject {name} NOT NULL,
  application_id {id},
  api_id {id},
  requested_by {name} NOT NULL,
  description {text} NOT NULL,
  properties {text} NOT NULL,
  payload {text} NOT NULL,
  decided_by {name},
  decision {text},
  created_at {long} NOT NULL,
  updated_at {long} NOT NULL,
  UNIQUE (organization, waiting_key)
) {options}

-- 0231
CREATE INDEX workflow_tasks_status ON workflow_tasks (organization, status, created_at)

-- 0232
CREATE INDEX workflow_tasks_application ON workflow_tasks (application_id)

-- 0233
CREATE INDEX workflow_tasks_api ON workflow_tasks (api_id)

-- 0234
CREATE INDEX workflow_tasks_subject ON workflow_tasks (subject)
