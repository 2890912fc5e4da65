-- Documents derived from a document of a higher level: municipal from regional, a school's from the municipal one.

-- name: cascade_points many (document_id int, territory_id int?, org_id int?)
-- Tasks of a confirmed document that a territory or an organisation was given.
SELECT p.id, p.clause, p.section, p.activity, p.items, p.document_types, p.expected_result, p.search_key
FROM point p WHERE p.document_id = $1 AND p.type = 'task' AND p.removed = 0
  AND EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = p.id AND a.state <> 'withdrawn'
    AND ($2 IS NULL OR a.territory_id = $2) AND ($3 IS NULL OR a.org_id = $3))
ORDER BY p.seq, p.id;

-- name: cascade_same one (parent_id int, territory_id int, org_id int?)
-- The document that already carries out another one there.
SELECT id, number, status FROM document
WHERE parent_id = $1 AND territory_id = $2 AND COALESCE(org_id, 0) = COALESCE($3, 0) AND status <> 'cancelled' ORDER BY id LIMIT 1;

-- name: cascade_document_link exec (id int, parent_id int)
-- «Во исполнение».
UPDATE document SET parent_id = $2 WHERE id = $1;

-- name: cascade_point_link exec (id int, parent_point_id int)
-- The point it carries out.
UPDATE point SET parent_point_id = $2 WHERE id = $1;

-- name: cascade_deadline_copy exec (id int, point_id int)
-- A deadline that is no single date is taken over as it stands; its place is not in the new text.
INSERT INTO point_deadline (point_id, seq, text, label, kind, start_date, end_date, due_time, recurrence, anchor, distance,
  then_continuous, year_rule, approximate, problem, fragment, proposal_kind, proposal_start, proposal_end, proposal_recurrence,
  inherited_from, span_start, span_end, confidence)
SELECT $2, seq, text, label, kind, start_date, end_date, due_time, recurrence, anchor, distance, then_continuous, year_rule,
  approximate, problem, fragment, proposal_kind, proposal_start, proposal_end, proposal_recurrence, inherited_from, 0, 0, confidence
FROM point_deadline WHERE id = $1;

-- name: cascade_indicators_copy exec (from_point_id int, point_id int)
-- Measures are the same on every level.
INSERT INTO point_indicator (point_id, seq, text, name, comparison, target, unit)
SELECT $2, seq, text, name, comparison, target, unit FROM point_indicator WHERE point_id = $1;

-- name: cascade_limit one (point_id int, territory_id int?, org_id int?)
-- The last day a point allows there, and where the point stands. n_open: some of it has no date.
-- cols: due_date text, n_open int
SELECT MAX(a.due_date) AS due_date, COALESCE(SUM(CASE WHEN a.id IS NOT NULL AND a.due_date IS NULL THEN 1 ELSE 0 END), 0) AS n_open,
       p.clause, d.kind, d.number, d.doc_date
FROM point p JOIN document d ON d.id = p.document_id
     LEFT JOIN assignment a ON a.point_id = p.id AND a.state <> 'withdrawn' AND ($2 IS NULL OR a.territory_id = $2)
       AND ($3 IS NULL OR a.org_id = $3)
WHERE p.id = $1 GROUP BY p.id, p.clause, d.kind, d.number, d.doc_date;

-- name: cascade_children many (parent_id int, territory_id int?)
-- Documents that carry out this one.
-- cols: n_points int, school int
SELECT d.id, d.kind, d.number, d.doc_date, d.title, d.status, d.territory_id, t.name AS territory_name, d.org_id, o.name AS org_name,
       CASE WHEN o.kind = 'school' THEN 1 ELSE 0 END AS school,
       (SELECT COUNT(*) FROM point p WHERE p.document_id = d.id AND p.type = 'task' AND p.removed = 0) AS n_points
FROM document d JOIN territory t ON t.id = d.territory_id LEFT JOIN org o ON o.id = d.org_id
WHERE d.parent_id = $1 AND d.status <> 'cancelled' AND ($2 IS NULL OR d.territory_id = $2) ORDER BY t.sort_key, o.sort_key, d.id;
