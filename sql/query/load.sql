-- Loads and the causes of what they refused.

-- name: load_insert one (kind text, file_id int?, file_name text, profile text, encoding text, test_id int?, at int, user_id int?)
-- A load begins with an empty balance.
INSERT INTO load (kind, file_id, file_name, profile, encoding, test_id, status, n_read, n_stored, n_changed, n_unchanged, n_rejected, at, user_id)
VALUES ($1, $2, $3, $4, $5, $6, 'done', 0, 0, 0, 0, 0, $7, $8) RETURNING id;

-- name: load_settle exec (id int, n_read int, n_stored int, n_changed int, n_unchanged int, n_rejected int, duration_ms int)
-- The balance when everything is in.
UPDATE load SET n_read = $2, n_stored = $3, n_changed = $4, n_unchanged = $5, n_rejected = $6, duration_ms = $7 WHERE id = $1;

-- name: load_issue_insert exec (load_id int, code text, severity text, message text, n int, sheet text, row_list text, sample text)
-- One cause.
INSERT INTO load_issue (load_id, code, severity, message, n, sheet, row_list, sample) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: load_page many (n int, skip int)
-- Loads, newest first.
SELECT l.id, l.kind, l.file_name, l.profile, l.encoding, l.test_id, l.status, l.n_read, l.n_stored, l.n_changed, l.n_unchanged,
       l.n_rejected, l.duration_ms, l.at, l.user_id, l.undone_at, u.full_name AS user_name, t.procedure, t.year, t.grade, t.subject
FROM load l LEFT JOIN user_account u ON u.id = l.user_id LEFT JOIN test t ON t.id = l.test_id
ORDER BY l.id DESC LIMIT $1 OFFSET $2;

-- name: load_count one ()
-- Number of loads.
-- cols: n int
SELECT COUNT(*) AS n FROM load;

-- name: load_one one (id int)
-- One load.
SELECT l.id, l.kind, l.file_name, l.profile, l.encoding, l.test_id, l.status, l.n_read, l.n_stored, l.n_changed, l.n_unchanged,
       l.n_rejected, l.duration_ms, l.at, l.user_id, l.undone_at, u.full_name AS user_name, t.procedure, t.year, t.grade, t.subject
FROM load l LEFT JOIN user_account u ON u.id = l.user_id LEFT JOIN test t ON t.id = l.test_id
WHERE l.id = $1;

-- name: load_issues many (load_id int)
-- Causes of one load in the order they were written.
SELECT code, severity, message, n, sheet, row_list, sample FROM load_issue WHERE load_id = $1 ORDER BY id;

-- name: load_undone exec (id int, at int, user_id int?)
-- Taken back.
UPDATE load SET status = 'undone', undone_at = $2, undone_by = $3 WHERE id = $1;
