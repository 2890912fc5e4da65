-- Which point of a document reached whom: by territory or by organisation.

-- name: cover_orgs many (territory_id int?, org_id int?)
-- Organisations that may stand over a column.
SELECT id, name, sort_key FROM org WHERE ($1 IS NULL OR territory_id = $1) AND ($2 IS NULL OR id = $2) ORDER BY id;

-- name: cover_territories many (territory_id int?)
-- Territories that may stand over a column.
SELECT id, name, sort_key FROM territory WHERE ($1 IS NULL OR id = $1) ORDER BY id;

-- name: cover_given many (document_id int, territory_id int?, org_id int?, today text, by_org int)
-- What was given directly, point by column.
-- cols: unit_id int, n int, n_orgs int, n_done int, n_overdue int, due_date text
SELECT x.point_id, x.unit_id, COUNT(*) AS n, COUNT(DISTINCT x.org_id) AS n_orgs,
       SUM(CASE WHEN x.state = 'accepted' THEN 1 ELSE 0 END) AS n_done,
       SUM(CASE WHEN x.lead = 1 AND x.state IN ('assigned', 'working', 'returned') AND x.due_date < $4 THEN 1 ELSE 0 END) AS n_overdue,
       MAX(x.due_date) AS due_date
FROM (SELECT a.point_id, CASE WHEN $5 = 1 THEN a.org_id ELSE a.territory_id END AS unit_id, a.org_id, a.state, a.due_date, a.lead
      FROM assignment a WHERE a.document_id = $1 AND a.state <> 'withdrawn' AND a.parent_id IS NULL AND ($2 IS NULL OR a.territory_id = $2)
        AND ($3 IS NULL OR a.org_id = $3)) x
GROUP BY x.point_id, x.unit_id ORDER BY x.point_id, x.unit_id;

-- name: cover_absent_kind many (point_id int, kind text, territory_id int?, org_id int?, on_date text, since int, by_org int)
-- Organisations of a kind that the point should have reached and did not; who was taken off control after $6 is not one.
-- cols: unit_id int, n int
SELECT x.unit_id, COUNT(*) AS n
FROM (SELECT CASE WHEN $7 = 1 THEN o.id ELSE o.territory_id END AS unit_id FROM org o
      WHERE o.kind = $2 AND ($3 IS NULL OR o.territory_id = $3) AND ($4 IS NULL OR o.id = $4)
        AND (o.valid_from IS NULL OR o.valid_from <= $5) AND (o.valid_to IS NULL OR o.valid_to >= $5)
        AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $1 AND a.org_id = o.id
          AND (a.state <> 'withdrawn' OR a.state_at > $6))) x
GROUP BY x.unit_id ORDER BY x.unit_id;

-- name: cover_absent_tag many (point_id int, tag text, territory_id int?, org_id int?, on_date text, since int, by_org int)
-- The same for a conditional set.
-- cols: unit_id int, n int
SELECT x.unit_id, COUNT(*) AS n
FROM (SELECT CASE WHEN $7 = 1 THEN o.id ELSE o.territory_id END AS unit_id FROM org o
      WHERE ($3 IS NULL OR o.territory_id = $3) AND ($4 IS NULL OR o.id = $4)
        AND (o.valid_from IS NULL OR o.valid_from <= $5) AND (o.valid_to IS NULL OR o.valid_to >= $5)
        AND EXISTS (SELECT 1 FROM org_tag g WHERE g.org_id = o.id AND g.tag = $2 AND g.valid_from <= $5
          AND (g.valid_to IS NULL OR g.valid_to >= $5))
        AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $1 AND a.org_id = o.id
          AND (a.state <> 'withdrawn' OR a.state_at > $6))) x
GROUP BY x.unit_id ORDER BY x.unit_id;

-- name: cover_derived many (document_id int, territory_id int?, today text, by_org int)
-- Points of confirmed derived documents, beside what they carry out.
-- cols: unit_id int, differs int, n int, n_orgs int, n_overdue int, due_date text
SELECT d.id AS document_id, CASE WHEN $4 = 1 THEN d.org_id ELSE d.territory_id END AS unit_id, d.kind, d.number, d.doc_date,
       q.id AS point_id, q.parent_point_id, q.clause, q.removed,
       CASE WHEN q.activity = p.activity AND q.items = p.items THEN 0 ELSE 1 END AS differs,
       (SELECT COUNT(*) FROM assignment a WHERE a.point_id = q.id AND a.state <> 'withdrawn') AS n,
       (SELECT COUNT(DISTINCT a.org_id) FROM assignment a WHERE a.point_id = q.id AND a.state <> 'withdrawn') AS n_orgs,
       (SELECT COUNT(*) FROM assignment a WHERE a.point_id = q.id AND a.lead = 1 AND a.state IN ('assigned', 'working', 'returned')
         AND a.due_date < $3) AS n_overdue,
       (SELECT MAX(a.due_date) FROM assignment a WHERE a.point_id = q.id AND a.state <> 'withdrawn') AS due_date
FROM document d JOIN point q ON q.document_id = d.id JOIN point p ON p.id = q.parent_point_id LEFT JOIN org o ON o.id = d.org_id
WHERE d.parent_id = $1 AND d.status = 'confirmed' AND p.document_id = $1 AND ($2 IS NULL OR d.territory_id = $2)
  AND CASE WHEN o.kind = 'school' THEN 1 ELSE 0 END = $4
ORDER BY d.id, q.id;

-- name: cover_lost many (document_id int, territory_id int?, by_org int)
-- Organisations that a point was given to and its derived point was not.
-- cols: n int
WITH q AS (
  SELECT p.id, p.parent_point_id, d.territory_id, d.org_id FROM document d JOIN point p ON p.document_id = d.id LEFT JOIN org o ON o.id = d.org_id
  WHERE d.parent_id = $1 AND d.status = 'confirmed' AND ($2 IS NULL OR d.territory_id = $2)
    AND CASE WHEN o.kind = 'school' THEN 1 ELSE 0 END = $3)
SELECT q.id AS point_id, COUNT(DISTINCT a.org_id) AS n
FROM assignment a CROSS JOIN q
WHERE a.document_id = $1 AND a.state <> 'withdrawn' AND q.parent_point_id = a.point_id AND q.territory_id = a.territory_id
  AND ($3 = 0 OR a.org_id = q.org_id)
  AND NOT EXISTS (SELECT 1 FROM assignment b WHERE b.point_id = q.id AND b.org_id = a.org_id AND b.state <> 'withdrawn')
GROUP BY q.id ORDER BY q.id;
