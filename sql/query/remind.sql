-- Steps of reminding and the notices they make. core/remind is the only user.

-- name: remind_steps many (territory_id int?)
-- Steps of everybody, of the region and of a territory; the last of a code is the nearest one.
-- cols: depth int
SELECT s.id, s.territory_id, s.code, s.days, s.counting, s.audience, s.active, s.source, s.source_date, s.status, t.name AS territory_name,
       CASE WHEN s.territory_id IS NULL THEN 0 WHEN t.parent_id IS NULL THEN 1 ELSE 2 END AS depth
FROM remind_step s LEFT JOIN territory t ON t.id = s.territory_id
WHERE s.territory_id IS NULL OR t.parent_id IS NULL OR s.territory_id = $1 ORDER BY s.code, depth;

-- name: remind_step_own many (territory_id int, code text)
-- The step as this territory itself has it.
SELECT id, days, counting, audience, active, source, source_date, status FROM remind_step WHERE territory_id = $1 AND code = $2;

-- name: remind_step_put exec (territory_id int, code text, days int, counting text, audience text, active int, source text, source_date text?, status text)
-- A territory's own step, new or changed.
INSERT INTO remind_step (territory_id, code, days, counting, audience, active, source, source_date, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (COALESCE(territory_id, 0), code) DO UPDATE SET days = $3, counting = $4, audience = $5, active = $6, source = $7, source_date = $8, status = $9;

-- name: remind_step_drop execn (territory_id int, code text)
-- The step of the level above holds again.
DELETE FROM remind_step WHERE territory_id = $1 AND code = $2;

-- name: remind_special many ()
-- Municipalities that have steps or days of their own.
SELECT t.id FROM territory t WHERE t.parent_id IS NOT NULL
  AND (EXISTS (SELECT 1 FROM remind_step s WHERE s.territory_id = t.id) OR EXISTS (SELECT 1 FROM calendar_day d WHERE d.territory_id = t.id)) ORDER BY t.id;

-- name: remind_executors execn (code text, rule text, day text, at int, after text, upto text, territory_id int?)
-- Tells the people of the executing organisations (co-executors of what lies ahead only); territory missing: all that have nothing of their own.
INSERT INTO notice (user_id, assignment_id, due_date, code, rule, audience, day, at)
WITH live AS (SELECT r.user_id, r.role, r.territory_id, r.org_id FROM user_role r JOIN user_account u ON u.id = r.user_id
    WHERE u.active = 1 AND (r.valid_from IS NULL OR r.valid_from <= $3) AND (r.valid_to IS NULL OR r.valid_to >= $3)
      AND r.role IN ('school', 'municipality', 'region', 'operator') AND NOT EXISTS (SELECT 1 FROM notice_mute m WHERE m.user_id = r.user_id AND m.code = $1)),
who AS (SELECT user_id, org_id FROM live WHERE org_id IS NOT NULL
  UNION SELECT l.user_id, o.id FROM org o JOIN live l ON l.role = 'municipality' AND l.territory_id = o.territory_id WHERE l.org_id IS NULL AND o.kind = 'municipal'
  UNION SELECT l.user_id, o.id FROM org o JOIN live l ON l.role = 'region' WHERE l.org_id IS NULL AND o.kind = 'department'
  UNION SELECT l.user_id, o.id FROM org o JOIN live l ON l.role = 'operator' WHERE l.org_id IS NULL AND o.kind = 'operator')
SELECT w.user_id, a.id, a.due_date, $1, $2, 'executor', $3, $4
FROM assignment a JOIN document d ON d.id = a.document_id JOIN who w ON w.org_id = a.org_id
WHERE a.state IN ('assigned', 'working', 'returned') AND a.due_date > $5 AND a.due_date <= $6 AND d.status = 'confirmed'
  AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.assignment_id = a.id AND n.user_id = w.user_id AND n.due_date = a.due_date AND n.audience <> 'executor')
  AND (a.lead = 1 OR a.due_date >= $3)
  AND (a.territory_id = $7 OR ($7 IS NULL AND a.territory_id NOT IN (SELECT t.id FROM territory t WHERE t.parent_id IS NOT NULL
    AND (EXISTS (SELECT 1 FROM remind_step s WHERE s.territory_id = t.id) OR EXISTS (SELECT 1 FROM calendar_day y WHERE y.territory_id = t.id)))))
ON CONFLICT DO NOTHING;

-- name: remind_controllers execn (code text, rule text, day text, at int, after text, upto text, territory_id int?, audience text)
-- Tells those who control: of a school the people of its municipality, else and above them those whose document it is; named ones stand before them.
INSERT INTO notice (user_id, assignment_id, due_date, code, rule, audience, day, at)
WITH named AS (SELECT p.territory_id, p.user_id FROM remind_appointed p JOIN user_account u ON u.id = p.user_id WHERE p.audience = $8 AND u.active = 1),
who AS (SELECT COALESCE(r.territory_id, g.id) AS territory_id, r.user_id FROM user_role r JOIN user_account u ON u.id = r.user_id JOIN territory g ON g.parent_id IS NULL
    WHERE u.active = 1 AND r.org_id IS NULL AND r.role IN ('region', 'municipality')
      AND (r.valid_from IS NULL OR r.valid_from <= $3) AND (r.valid_to IS NULL OR r.valid_to >= $3)
      AND COALESCE(r.territory_id, g.id) NOT IN (SELECT territory_id FROM named)
  UNION SELECT territory_id, user_id FROM named)
SELECT w.user_id, a.id, a.due_date, $1, $2, $8, $3, $4
FROM assignment a JOIN document d ON d.id = a.document_id JOIN org o ON o.id = a.org_id
     JOIN who w ON w.territory_id = CASE WHEN $8 = 'controller' AND o.kind = 'school' THEN a.territory_id ELSE d.territory_id END
WHERE a.state IN ('assigned', 'working', 'returned') AND a.lead = 1 AND a.due_date > $5 AND a.due_date <= $6 AND d.status = 'confirmed'
  AND NOT EXISTS (SELECT 1 FROM notice_mute m WHERE m.user_id = w.user_id AND m.code = $1)
  AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.assignment_id = a.id AND n.user_id = w.user_id AND n.due_date = a.due_date AND n.audience = 'head' AND $8 <> 'head')
  AND (a.territory_id = $7 OR ($7 IS NULL AND a.territory_id NOT IN (SELECT t.id FROM territory t WHERE t.parent_id IS NOT NULL
    AND (EXISTS (SELECT 1 FROM remind_step s WHERE s.territory_id = t.id) OR EXISTS (SELECT 1 FROM calendar_day y WHERE y.territory_id = t.id)))))
ON CONFLICT DO NOTHING;

-- name: remind_setting many (name text)
-- A setting of the installation, when it is there.
SELECT value FROM setting WHERE name = $1;

-- name: remind_settings many (prefix text)
-- Settings whose names begin so.
SELECT name, value FROM setting WHERE SUBSTR(name, 1, LENGTH($1)) = $1 ORDER BY name;

-- name: remind_setting_put exec (name text, value text, source text, at int)
-- Writes a setting.
INSERT INTO setting (name, value, source, changed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET value = $2, source = $3, changed_at = $4;

-- name: simulate_clean_notices exec ()
-- A trial year begins without notices (in a copy of the database).
DELETE FROM notice;

-- name: simulate_clean_letters exec ()
-- A trial year begins without letters (in a copy of the database).
DELETE FROM digest;

-- name: simulate_open exec ()
-- A trial year begins with everything open (in a copy of the database).
UPDATE assignment SET state = 'assigned' WHERE state <> 'withdrawn';

-- name: simulate_addresses exec ()
-- Everybody has an address in a trial year (in a copy of the database).
UPDATE user_account SET email = login || '@example.invalid' WHERE email = '';

-- name: simulate_done execn (due_date text, from_share int, to_share int)
-- Those who report some days before or after their due day: a share in twentieths (in a copy of the database).
UPDATE assignment SET state = 'submitted' WHERE state = 'assigned' AND due_date = $1 AND id * 7 % 20 >= $2 AND id * 7 % 20 < $3;

-- name: simulate_letters many (day text)
-- Letters of a day.
SELECT id, user_id FROM digest WHERE day = $1 ORDER BY id;
