-- 0360 gateways follow custom policies from now on: those that are stored already come with the next version
UPDATE runtime_version SET version = version + 1 WHERE id = 1

-- 0361
UPDATE throttling_policies SET runtime_version = (SELECT version FROM runtime_version WHERE id = 1) WHERE kind = 'custom'
