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
