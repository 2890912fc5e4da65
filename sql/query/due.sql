-- Due days that change after an assignment was born.

-- name: due_change_add one (kind text, territory_id int?, document_id int?, reason text, n int, digest text, at int, user_id int?)
-- One change of many due days.
INSERT INTO due_change (kind, territory_id, document_id, reason, n, digest, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- name: due_move_add exec (change_id int, assignment_id int, old_due text?, new_due text?, why text, at int)
-- What became of one due day.
INSERT INTO due_move (change_id, assignment_id, old_due, new_due, why, at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: due_events many (territory_id int, document_id int)
-- Named events that concern a document: of its territory or of the region above it.
SELECT v.id, v.anchor_key, v.anchor, v.happened, v.grace, v.source FROM named_event v JOIN territory t ON t.id = v.territory_id
WHERE (v.territory_id = $1 OR t.parent_id IS NULL) AND (v.document_id IS NULL OR v.document_id = $2)
ORDER BY v.happened, v.id;

-- name: due_schedule many (document_id int)
-- Days of the schedules of a document's deadlines.
SELECT s.deadline_id, s.org_id, s.day, s.source FROM schedule_day s JOIN point_deadline l ON l.id = s.deadline_id
JOIN point p ON p.id = l.point_id WHERE p.document_id = $1 ORDER BY s.deadline_id, s.day, s.id;

-- name: due_documents many (territory_id int?)
-- Documents on control that have open assignments.
SELECT d.id FROM document d WHERE d.status = 'confirmed' AND ($1 IS NULL OR d.territory_id = $1)
  AND EXISTS (SELECT 1 FROM assignment a WHERE a.document_id = d.id AND a.state IN ('assigned', 'working', 'returned')) ORDER BY d.id;

-- name: due_open many (document_id int)
-- Open assignments of a document that a rule gave a day, with the kind of their last change.
-- cols: last_kind text
SELECT a.id, a.deadline_id, a.base_date, a.due_date, a.org_id, o.name AS org_name, p.clause, p.activity,
       COALESCE((SELECT c.kind FROM due_move m JOIN due_change c ON c.id = m.change_id WHERE m.assignment_id = a.id ORDER BY m.id DESC LIMIT 1), '') AS last_kind
FROM assignment a JOIN point p ON p.id = a.point_id JOIN org o ON o.id = a.org_id
WHERE a.document_id = $1 AND a.state IN ('assigned', 'working', 'returned') AND a.deadline_id IS NOT NULL AND a.base_date IS NOT NULL
ORDER BY a.deadline_id, a.base_date, o.sort_key, a.id;

-- name: due_undated many (deadline_id int, org_id int?)
-- Open assignments of a deadline that have no day yet.
SELECT a.id, a.org_id, o.name AS org_name, p.clause, p.activity FROM assignment a JOIN point p ON p.id = a.point_id JOIN org o ON o.id = a.org_id
WHERE a.deadline_id = $1 AND a.state IN ('assigned', 'working', 'returned') AND a.due_date IS NULL AND ($2 IS NULL OR a.org_id = $2)
ORDER BY o.sort_key, a.id;

-- name: due_set execn (id int, old_due text?, due_date text?, base_date text?, why text)
-- Another day for an open assignment, when it still has the old one.
UPDATE assignment SET due_date = $3, base_date = $4, why = why || '
' || $5, version = version + 1
WHERE id = $1 AND state IN ('assigned', 'working', 'returned') AND COALESCE(due_date, '') = COALESCE($2, '');

-- name: due_occurrence execn (deadline_id int, due_date text, base_date text, why text, at int, org_id int?)
-- One more occurrence for everybody who has the deadline (or one of them); the second time nothing.
INSERT INTO assignment (document_id, point_id, deadline_id, org_id, territory_id, lead, due_date, base_date, state, why, created_at, state_at)
SELECT a.document_id, a.point_id, a.deadline_id, a.org_id, a.territory_id, MAX(a.lead), $2, $3, 'assigned', $4, $5, $5
FROM assignment a JOIN org o ON o.id = a.org_id
WHERE a.deadline_id = $1 AND a.state <> 'withdrawn' AND ($6 IS NULL OR a.org_id = $6) AND (o.valid_to IS NULL OR o.valid_to >= $2)
  AND NOT EXISTS (SELECT 1 FROM assignment b WHERE b.deadline_id = $1 AND b.org_id = a.org_id AND b.base_date = $3)
GROUP BY a.document_id, a.point_id, a.deadline_id, a.org_id, a.territory_id;

-- name: due_latest one (document_id int)
-- The last moment at which assignments of a document were born.
-- cols: at int
SELECT COALESCE(MAX(created_at), 0) AS at FROM assignment WHERE document_id = $1;

-- name: due_repeating many ()
-- Documents on control with deadlines that go on.
SELECT d.id FROM document d WHERE d.status = 'confirmed' AND EXISTS (SELECT 1 FROM point p JOIN point_deadline l ON l.point_id = p.id
  WHERE p.document_id = d.id AND p.removed = 0 AND l.kind IN ('periodic', 'open_ended')) ORDER BY d.id;

-- name: due_waiting many (scope_territory int?, scope_org int?, kind text)
-- Deadlines whose open assignments have no day: they wait for an event or a schedule.
-- cols: n int
SELECT l.id, l.text, l.anchor, l.distance, p.id AS point_id, p.clause, p.activity, d.id AS document_id, d.kind, d.number, d.doc_date, d.title,
       d.territory_id, COUNT(*) AS n
FROM assignment a JOIN point_deadline l ON l.id = a.deadline_id JOIN point p ON p.id = a.point_id JOIN document d ON d.id = a.document_id
WHERE a.state IN ('assigned', 'working', 'returned') AND a.due_date IS NULL AND l.kind = $3 AND d.status = 'confirmed'
  AND ($1 IS NULL OR a.territory_id = $1) AND ($2 IS NULL OR a.org_id = $2)
GROUP BY l.id, l.text, l.anchor, l.distance, p.id, p.clause, p.activity, p.seq, d.id, d.kind, d.number, d.doc_date, d.title, d.territory_id
ORDER BY d.id, p.seq, l.id;

-- name: due_named many (territory_id int?)
-- Events that were named, the newest first.
SELECT v.id, v.anchor, v.happened, v.grace, v.source, v.at, v.territory_id, u.full_name FROM named_event v LEFT JOIN user_account u ON u.id = v.user_id
WHERE $1 IS NULL OR v.territory_id = $1 ORDER BY v.id DESC LIMIT 100;

-- name: due_event_deadlines many (territory_id int?, document_id int?)
-- Deadlines on control that wait for events by their words.
SELECT l.id, l.anchor, d.id AS document_id FROM point_deadline l JOIN point p ON p.id = l.point_id JOIN document d ON d.id = p.document_id
WHERE l.kind = 'event_relative' AND l.end_date IS NULL AND p.removed = 0 AND d.status = 'confirmed'
  AND ($1 IS NULL OR d.territory_id = $1) AND ($2 IS NULL OR d.id = $2) ORDER BY d.id, l.id;

-- name: due_event_add exec (territory_id int, document_id int?, anchor_key text, anchor text, happened text, grace int, source text, at int, user_id int?)
-- An event has happened.
INSERT INTO named_event (territory_id, document_id, anchor_key, anchor, happened, grace, source, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: due_deadline many (id int)
-- A deadline with the document it belongs to.
SELECT l.id, l.kind, l.text, p.id AS point_id, p.clause, p.activity, d.id AS document_id, d.territory_id FROM point_deadline l
JOIN point p ON p.id = l.point_id JOIN document d ON d.id = p.document_id WHERE l.id = $1 AND d.status = 'confirmed';

-- name: due_orgs many (deadline_id int)
-- Organisations that have a deadline, with the names and identifiers a schedule may use.
-- cols: ident text
SELECT DISTINCT o.id, o.name, o.short_name, o.sort_key, COALESCE((SELECT MIN(i.value) FROM org_ident i WHERE i.org_id = o.id AND i.system = 'fis_oko'), '') AS ident
FROM assignment a JOIN org o ON o.id = a.org_id WHERE a.deadline_id = $1 AND a.state <> 'withdrawn' ORDER BY o.sort_key, o.id;

-- name: due_schedule_add exec (deadline_id int, org_id int?, day text, source text, at int, user_id int?)
-- A day of a schedule; the second time nothing.
INSERT INTO schedule_day (deadline_id, org_id, day, source, at, user_id)
SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT 1 FROM schedule_day s WHERE s.deadline_id = $1 AND COALESCE(s.org_id, 0) = COALESCE($2, 0) AND s.day = $3);

-- name: due_moves_of many (assignment_id int)
-- What became of the day of an assignment.
SELECT m.old_due, m.new_due, m.why, m.at, c.kind, c.reason, u.full_name FROM due_move m JOIN due_change c ON c.id = m.change_id
LEFT JOIN user_account u ON u.id = c.user_id WHERE m.assignment_id = $1 ORDER BY m.id;

-- name: due_changes many ()
-- Changes of due days, the newest first.
SELECT c.id, c.kind, c.reason, c.n, c.at, u.full_name FROM due_change c LEFT JOIN user_account u ON u.id = c.user_id
ORDER BY c.id DESC LIMIT 50;

-- name: due_seals many ()
-- Every change with the event that sealed it.
SELECT c.id, c.digest, v.after FROM due_change c LEFT JOIN event v ON v.noun = 'due_change' AND v.noun_id = c.id ORDER BY c.id;

-- name: due_seal_rows each (change_id int)
-- The moves of a change in their order.
SELECT id, assignment_id, old_due, new_due FROM due_move WHERE change_id = $1 ORDER BY id;

-- name: due_strays one ()
-- Assignments whose day is not the one of their last move.
-- cols: n int
SELECT COUNT(*) AS n FROM assignment a JOIN due_move m ON m.assignment_id = a.id
WHERE m.id = (SELECT MAX(x.id) FROM due_move x WHERE x.assignment_id = a.id) AND COALESCE(m.new_due, '') <> COALESCE(a.due_date, '');
