-- What people were told, and what they want to be told. core/remind is the only user.

-- name: notice_groups many (user_id int, unread int, audience text, scope_territory int?, scope_org int?, n int, skip int)
-- What a person was told, one row for all organisations of a point, step and due day; the latest first.
-- sort: day = n.day, due = n.due_date, document = d.sort_key, org = MIN(o.sort_key)
-- cols: id int, activity text, assignment_id int, n int, n_unread int, n_open int, org_name text, n_all int
SELECT MIN(n.id) AS id, n.code, n.rule, n.audience, n.day, n.due_date, a.point_id, p.clause, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END AS activity, d.id AS document_id, d.kind, d.number, d.doc_date,
       MIN(a.id) AS assignment_id, COUNT(*) AS n, SUM(CASE WHEN n.read_at IS NULL THEN 1 ELSE 0 END) AS n_unread,
       SUM(CASE WHEN a.state IN ('assigned', 'working', 'returned') AND a.due_date = n.due_date THEN 1 ELSE 0 END) AS n_open, MIN(o.name) AS org_name,
       COUNT(*) OVER () AS n_all
FROM notice n JOIN assignment a ON a.id = n.assignment_id JOIN point p ON p.id = a.point_id JOIN document d ON d.id = a.document_id JOIN org o ON o.id = a.org_id
WHERE n.user_id = $1 AND ($2 = 0 OR n.read_at IS NULL) AND ($3 = '' OR n.audience = $3)
  AND ($4 IS NULL OR a.territory_id = $4) AND ($5 IS NULL OR a.org_id = $5)
GROUP BY n.code, n.rule, n.audience, n.day, n.due_date, a.point_id, p.clause, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END, d.id, d.kind, d.number, d.doc_date, d.sort_key
ORDER BY $ORDER$, MIN(n.id) DESC LIMIT $6 OFFSET $7;

-- name: notice_unread one (user_id int)
-- How many a person has not read.
-- cols: n int
SELECT COUNT(*) AS n FROM notice WHERE user_id = $1 AND read_at IS NULL;

-- name: notice_one one (id int, user_id int)
-- One notice of a person.
SELECT n.id, n.assignment_id, n.due_date, n.code, n.rule, n.audience, n.day, n.at, n.read_at, a.point_id, a.document_id, a.territory_id, a.org_id,
       a.due_date AS due_now, a.state
FROM notice n JOIN assignment a ON a.id = n.assignment_id WHERE n.id = $1 AND n.user_id = $2;

-- name: notice_orgs many (user_id int, code text, day text, due_date text, point_id int, n int)
-- The organisations of one group.
SELECT o.name, a.id, a.state FROM notice n JOIN assignment a ON a.id = n.assignment_id JOIN org o ON o.id = a.org_id
WHERE n.user_id = $1 AND n.code = $2 AND n.day = $3 AND n.due_date = $4 AND a.point_id = $5 ORDER BY o.sort_key, a.id LIMIT $6;

-- name: notice_read execn (user_id int, at int, code text, day text, due_date text, point_id int?)
-- One group is read; point missing: everything.
UPDATE notice SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL
  AND ($6 IS NULL OR (code = $3 AND day = $4 AND due_date = $5 AND assignment_id IN (SELECT a.id FROM assignment a WHERE a.point_id = $6)));

-- name: notice_unread_again execn (user_id int, code text, day text, due_date text, point_id int)
-- One group is not read again.
UPDATE notice SET read_at = NULL WHERE user_id = $1 AND code = $2 AND day = $3 AND due_date = $4
  AND assignment_id IN (SELECT a.id FROM assignment a WHERE a.point_id = $5);

-- name: notice_setting_of many (user_id int)
-- What a person wants, when they have said it.
SELECT page, mail, digest_hour, quiet_from, quiet_to, days_off FROM notice_setting WHERE user_id = $1;

-- name: notice_setting_put exec (user_id int, page int, mail int, digest_hour int, quiet_from int, quiet_to int, days_off int)
-- What a person wants.
INSERT INTO notice_setting (user_id, page, mail, digest_hour, quiet_from, quiet_to, days_off) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (user_id) DO UPDATE SET page = $2, mail = $3, digest_hour = $4, quiet_from = $5, quiet_to = $6, days_off = $7;

-- name: notice_mutes many (user_id int)
-- Steps a person does not want.
SELECT code FROM notice_mute WHERE user_id = $1 ORDER BY code;

-- name: notice_mute_add exec (user_id int, code text)
-- A step a person does not want.
INSERT INTO notice_mute (user_id, code) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: notice_mute_clear exec (user_id int)
-- All steps again.
DELETE FROM notice_mute WHERE user_id = $1;

-- name: notice_group one (user_id int, code text, day text, due_date text, point_id int)
-- One group of notices.
-- cols: activity text, n int, n_unread int, n_open int, org_name text
SELECT p.clause, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END AS activity, d.kind, d.number, d.doc_date, COUNT(*) AS n, SUM(CASE WHEN n.read_at IS NULL THEN 1 ELSE 0 END) AS n_unread,
       SUM(CASE WHEN a.state IN ('assigned', 'working', 'returned') AND a.due_date = n.due_date THEN 1 ELSE 0 END) AS n_open, MIN(o.name) AS org_name
FROM notice n JOIN assignment a ON a.id = n.assignment_id JOIN point p ON p.id = a.point_id JOIN document d ON d.id = a.document_id JOIN org o ON o.id = a.org_id
WHERE n.user_id = $1 AND n.code = $2 AND n.day = $3 AND n.due_date = $4 AND a.point_id = $5
GROUP BY p.clause, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END, d.kind, d.number, d.doc_date ORDER BY COUNT(*) DESC LIMIT 1;
