-- Points of documents with their responsibles, deadlines, indicators and diagnostics.

-- name: point_insert one (document_id int, part text, seq int, type text, clause text, section text, activity text, items text, responsible_source text, document_types text, expected_result text, search_key text, span_start int, span_end int, confidence real, edited int)
-- A point.
INSERT INTO point (document_id, part, seq, type, clause, section, activity, items, responsible_source, document_types,
  expected_result, search_key, span_start, span_end, confidence, edited)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id;

-- name: point_responsible_insert one (point_id int, seq int, name text, person text, lead int, rule text, org_id int?, span_start int, span_end int, confidence real)
-- An executor of a point.
INSERT INTO point_responsible (point_id, seq, name, person, lead, rule, org_id, span_start, span_end, confidence)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id;

-- name: point_deadline_insert one (point_id int, seq int, words text, label text, kind text, start_date text?, end_date text?, due_time text, recurrence text, anchor text, distance text, then_continuous int, year_rule text, approximate int, problem text, fragment text, proposal_kind text, proposal_start text?, proposal_end text?, proposal_recurrence text, inherited_from text, span_start int, span_end int, confidence real)
-- One reading of a deadline.
INSERT INTO point_deadline (point_id, seq, text, label, kind, start_date, end_date, due_time, recurrence, anchor, distance,
  then_continuous, year_rule, approximate, problem, fragment, proposal_kind, proposal_start, proposal_end, proposal_recurrence,
  inherited_from, span_start, span_end, confidence)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) RETURNING id;

-- name: point_indicator_insert exec (point_id int, seq int, words text, name text, comparison text, target real?, unit text)
-- A measure named by a point.
INSERT INTO point_indicator (point_id, seq, text, name, comparison, target, unit) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: diagnostic_insert one (document_id int, point_id int?, code text, severity text, field text, fragment text, message text, span_start int, span_end int, settled_at int?, settled_by int?)
-- A problem found in a document.
INSERT INTO diagnostic (document_id, point_id, code, severity, field, fragment, message, span_start, span_end, settled_at, settled_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id;

-- name: points_of many (document_id int, point_id int?)
-- All points of a document in order, or one of them.
SELECT p.id, p.document_id, p.part, p.seq, p.type, p.clause, p.section, p.activity, p.items, p.responsible_source, p.document_types,
       p.expected_result, p.span_start, p.span_end, p.confidence, p.edited, p.removed, p.checked, p.version, p.parent_point_id,
       u.clause AS parent_clause, u.document_id AS parent_document_id
FROM point p LEFT JOIN point u ON u.id = p.parent_point_id
WHERE p.document_id = $1 AND ($2 IS NULL OR p.id = $2) ORDER BY p.seq, p.id;

-- name: point_one one (id int)
-- One point and what its document allows.
SELECT p.id, p.document_id, p.part, p.seq, p.type, p.clause, p.section, p.activity, p.items, p.responsible_source, p.document_types,
       p.expected_result, p.span_start, p.span_end, p.confidence, p.edited, p.removed, p.checked, p.version,
       d.status, d.territory_id, d.doc_date, d.plan_start, d.plan_end
FROM point p JOIN document d ON d.id = p.document_id WHERE p.id = $1;

-- name: responsibles_of many (document_id int, point_id int?)
-- Executors of all points of a document, or of one.
SELECT r.id, r.point_id, r.seq, r.name, r.person, r.lead, r.rule, r.org_id, r.span_start, r.span_end, r.confidence, o.name AS org_name
FROM point_responsible r JOIN point p ON p.id = r.point_id LEFT JOIN org o ON o.id = r.org_id
WHERE p.document_id = $1 AND ($2 IS NULL OR p.id = $2) ORDER BY p.seq, p.id, r.seq, r.id;

-- name: responsible_one one (id int)
-- One executor and its point.
SELECT r.id, r.point_id, r.seq, r.name, r.person, r.lead, r.rule, r.org_id, p.document_id, p.version, d.territory_id, d.status
FROM point_responsible r JOIN point p ON p.id = r.point_id JOIN document d ON d.id = p.document_id WHERE r.id = $1;

-- name: responsible_rule exec (id int, rule text, org_id int?)
-- The clerk says whom the words mean.
UPDATE point_responsible SET rule = $2, org_id = $3, confidence = 1 WHERE id = $1;

-- name: deadlines_of many (document_id int, point_id int?)
-- Deadlines of all points of a document, or of one.
SELECT x.id, x.point_id, x.seq, x.text, x.label, x.kind, x.start_date, x.end_date, x.due_time, x.recurrence, x.anchor, x.distance,
       x.then_continuous, x.year_rule, x.approximate, x.problem, x.fragment, x.proposal_kind, x.proposal_start, x.proposal_end,
       x.proposal_recurrence, x.inherited_from, x.span_start, x.span_end, x.confidence
FROM point_deadline x JOIN point p ON p.id = x.point_id
WHERE p.document_id = $1 AND ($2 IS NULL OR p.id = $2) ORDER BY p.seq, p.id, x.seq, x.id;

-- name: deadline_value exec (id int, kind text, start_date text?, end_date text?, recurrence text)
-- A proposal is taken, or given back.
UPDATE point_deadline SET kind = $2, start_date = $3, end_date = $4, recurrence = $5 WHERE id = $1;

-- name: indicators_of many (document_id int, point_id int?)
-- Measures of all points of a document, or of one.
SELECT x.id, x.point_id, x.seq, x.text, x.name, x.comparison, x.target, x.unit
FROM point_indicator x JOIN point p ON p.id = x.point_id
WHERE p.document_id = $1 AND ($2 IS NULL OR p.id = $2) ORDER BY p.seq, p.id, x.seq, x.id;

-- name: diagnostics_of many (document_id int, point_id int?)
-- Problems of a document, or of one point.
SELECT g.id, g.point_id, g.code, g.severity, g.field, g.fragment, g.message, g.span_start, g.span_end, g.settled_at, g.settled_by,
       u.full_name AS settled_name, p.clause, p.removed
FROM diagnostic g LEFT JOIN user_account u ON u.id = g.settled_by LEFT JOIN point p ON p.id = g.point_id
WHERE g.document_id = $1 AND ($2 IS NULL OR g.point_id = $2)
ORDER BY CASE g.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, g.span_start, g.id;

-- name: diagnostic_one one (id int)
-- One problem and the document it stands in.
SELECT g.id, g.document_id, g.point_id, g.code, g.severity, g.field, g.fragment, g.message, g.settled_at,
       d.status, d.territory_id
FROM diagnostic g JOIN document d ON d.id = g.document_id WHERE g.id = $1;

-- name: diagnostic_settle exec (id int, settled_at int?, settled_by int?)
-- A person has decided, or takes the decision back.
UPDATE diagnostic SET settled_at = $2, settled_by = $3 WHERE id = $1;

-- name: diagnostics_drop exec (point_id int, family text)
-- Problems of a family are found anew after an edit.
DELETE FROM diagnostic WHERE point_id = $1 AND (REPLACE(field, $2, '') <> field OR REPLACE(code, $2, '') <> code);

-- name: point_bump execn (id int, version int)
-- Takes the point for a change: nothing changes when somebody was faster.
UPDATE point SET version = version + 1 WHERE id = $1 AND version = $2;

-- name: point_update exec (id int, type text, clause text, section text, activity text, items text, responsible_source text, document_types text, expected_result text, search_key text)
-- What the clerk typed.
UPDATE point SET type = $2, clause = $3, section = $4, activity = $5, items = $6, responsible_source = $7, document_types = $8,
       expected_result = $9, search_key = $10, edited = 1, checked = 0, confidence = 1 WHERE id = $1;

-- name: point_check exec (id int)
-- A person says that it was read right.
UPDATE point SET checked = 1 WHERE id = $1;

-- name: responsible_sure execn (id int, point_id int)
-- A person says that the executor was read right.
UPDATE point_responsible SET confidence = 1 WHERE id = $1 AND point_id = $2;

-- name: deadline_sure execn (id int, point_id int)
-- A person says that the deadline was read right.
UPDATE point_deadline SET confidence = 1 WHERE id = $1 AND point_id = $2;

-- name: point_put_back exec (id int, type text, clause text, section text, activity text, items text, responsible_source text, document_types text, expected_result text, search_key text, confidence real, edited int, checked int, removed int)
-- As it was before a change.
UPDATE point SET type = $2, clause = $3, section = $4, activity = $5, items = $6, responsible_source = $7, document_types = $8,
       expected_result = $9, search_key = $10, confidence = $11, edited = $12, checked = $13, removed = $14, version = version + 1
WHERE id = $1;

-- name: diagnostic_drop exec (id int)
-- It came with a change that is undone.
DELETE FROM diagnostic WHERE id = $1;

-- name: point_strike exec (id int, removed int)
-- Struck out, or back.
UPDATE point SET removed = $2, edited = 1 WHERE id = $1;

-- name: point_shift exec (document_id int, seq int)
-- Makes room behind a place.
UPDATE point SET seq = seq + 1 WHERE document_id = $1 AND seq > $2;

-- name: point_last one (document_id int)
-- The last place.
-- cols: seq int
SELECT COALESCE(MAX(seq), 0) AS seq FROM point WHERE document_id = $1;

-- name: responsibles_drop exec (point_id int)
-- Before they are written anew.
DELETE FROM point_responsible WHERE point_id = $1;

-- name: deadlines_drop exec (point_id int)
-- Before they are written anew.
DELETE FROM point_deadline WHERE point_id = $1;

-- name: indicators_drop exec (point_id int)
-- Before they are written anew.
DELETE FROM point_indicator WHERE point_id = $1;

-- name: points_counts many (document_id int, scope_territory int?, scope_org int?, today text)
-- What became of the points of a confirmed document, in a scope.
-- cols: n int, n_done int, n_overdue int
SELECT point_id, COUNT(*) AS n, SUM(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END) AS n_done,
       SUM(CASE WHEN state IN ('assigned', 'working', 'returned') AND due_date < $4 THEN 1 ELSE 0 END) AS n_overdue
FROM assignment WHERE document_id = $1 AND state <> 'withdrawn' AND ($2 IS NULL OR territory_id = $2) AND ($3 IS NULL OR org_id = $3)
GROUP BY point_id ORDER BY point_id;

-- name: responsible_counts many (document_id int)
-- Organisations a point was given to at the confirmation.
-- cols: n int
SELECT point_id, COUNT(DISTINCT org_id) AS n FROM assignment WHERE document_id = $1 AND state <> 'withdrawn'
GROUP BY point_id ORDER BY point_id;
