-- Calendars by secret link. core/remind is the only user.

-- name: feed_add one (user_id int, org_id int?, token_hash text, at int)
-- A new link.
INSERT INTO feed (user_id, org_id, token_hash, created_at) VALUES ($1, $2, $3, $4) RETURNING id;

-- name: feed_of many (user_id int)
-- Links of a person that work.
SELECT f.id, f.org_id, o.name AS org_name, f.created_at FROM feed f LEFT JOIN org o ON o.id = f.org_id
WHERE f.user_id = $1 AND f.revoked_at IS NULL ORDER BY f.id;

-- name: feed_revoke execn (id int, user_id int, at int)
-- A link works no more.
UPDATE feed SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL;

-- name: feed_find many (token_hash text)
-- Whose link it is.
SELECT f.id, f.user_id, f.org_id, u.login, u.full_name, o.name AS org_name, o.territory_id FROM feed f JOIN user_account u ON u.id = f.user_id
LEFT JOIN org o ON o.id = f.org_id WHERE f.token_hash = $1 AND f.revoked_at IS NULL AND u.active = 1;

-- name: feed_tasks many (org_id int?, kind text, territory_id int?, since text, n int)
-- Assignments of one organisation, or of those of a kind, as tasks.
-- cols: activity text, changed_at int
SELECT a.id, a.due_date, a.state, a.version, a.why, a.created_at, a.state_at, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END AS activity, p.clause,
       d.kind, d.number, d.doc_date, o.name AS org_name, l.due_time, COALESCE((SELECT MAX(m.at) FROM due_move m WHERE m.assignment_id = a.id), 0) AS changed_at
FROM assignment a JOIN document d ON d.id = a.document_id JOIN point p ON p.id = a.point_id JOIN org o ON o.id = a.org_id
     LEFT JOIN point_deadline l ON l.id = a.deadline_id
WHERE (a.org_id = $1 OR ($1 IS NULL AND o.kind = $2 AND ($3 IS NULL OR o.territory_id = $3)))
  AND d.status = 'confirmed' AND a.due_date >= $4 ORDER BY a.due_date, a.id LIMIT $5;

-- name: feed_days many (scope_territory int?, kind text, since text, n int)
-- Due days of all others in one's territory: a day of a point each.
-- cols: n int, n_open int, changed_at int
SELECT a.point_id, a.due_date, p.clause, p.activity, d.kind, d.number, d.doc_date, COUNT(*) AS n,
       SUM(CASE WHEN a.state IN ('assigned', 'working', 'returned') THEN 1 ELSE 0 END) AS n_open, MAX(a.state_at) AS changed_at
FROM assignment a JOIN document d ON d.id = a.document_id JOIN point p ON p.id = a.point_id JOIN org o ON o.id = a.org_id
WHERE ($1 IS NULL OR a.territory_id = $1) AND o.kind <> $2 AND a.state <> 'withdrawn' AND d.status = 'confirmed' AND a.due_date >= $3
GROUP BY a.point_id, a.due_date, p.clause, p.activity, d.kind, d.number, d.doc_date ORDER BY a.due_date, a.point_id LIMIT $4;

-- name: feed_series many (org_id int?, kind text, territory_id int?)
-- Deadlines that repeat, with the last occurrence put on control.
-- cols: last_base text
SELECT l.id, l.recurrence, l.end_date, p.clause, p.activity, d.kind, d.number, d.doc_date, d.plan_end, d.confirmed_at, MAX(a.base_date) AS last_base
FROM assignment a JOIN point_deadline l ON l.id = a.deadline_id JOIN point p ON p.id = a.point_id JOIN document d ON d.id = a.document_id JOIN org o ON o.id = a.org_id
WHERE (a.org_id = $1 OR ($1 IS NULL AND o.kind = $2 AND ($3 IS NULL OR o.territory_id = $3)))
  AND l.kind = 'periodic' AND l.recurrence <> '' AND a.base_date IS NOT NULL AND a.state <> 'withdrawn' AND d.status = 'confirmed'
GROUP BY l.id, l.recurrence, l.end_date, p.clause, p.activity, d.kind, d.number, d.doc_date, d.plan_end, d.confirmed_at ORDER BY l.id;
