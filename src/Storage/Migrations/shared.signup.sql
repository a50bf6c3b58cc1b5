-- 0100 what is known of a user beside his name: e-mail address, groups (a JSON object)
ALTER TABLE users ADD COLUMN attributes {text}

-- 0101 authorizations made before this Unix millisecond end with the password they were given under
ALTER TABLE users ADD COLUMN password_changed_at {long} NOT NULL DEFAULT 0
