-- Due days that change after an assignment was born.

-- name: due_change_add one (kind text, territory_id int?, document_id int?, reason text, n int, digest text, at int, user_id int?)
-- One change of many due days.
INSERT INTO due_change (kind, territory_id, document_id, reason, n, digest, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- name: due_move_add exec (change_id int, assignment_id int, old_due text?, new_due text?, why text, at int)
-- What became of one due day.
INSERT INTO due_move (change_id, assignment_id, old_due, new_due, why, at) VALUES ($1, $2, $3, $4, $5, $6);
