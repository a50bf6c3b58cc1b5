-- 0340 decisions about accounts that shared_db has still to follow
CREATE TABLE IF NOT EXISTS account_decisions (
  id {id} NOT NULL PRIMARY KEY,
  organization {id} NOT NULL,
  user_id {id} NOT NULL,
  approved {int} NOT NULL,
  roles {text} NOT NULL
) {options}
