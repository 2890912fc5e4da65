-- Versions of documents.

-- name: versions many (document_id int)
-- All of a document, newest first.
SELECT v.seq, v.status, v.file_name, v.created_at, u.full_name AS user_name
FROM document_version v LEFT JOIN user_account u ON u.id = v.created_by WHERE v.document_id = $1 ORDER BY v.seq DESC;

-- name: version_one one (document_id int, seq int)
-- One with what the reader saw.
SELECT v.seq, v.status, v.file_id, v.file_name, v.text, v.parsed FROM document_version v WHERE v.document_id = $1 AND v.seq = $2;

-- name: version_last one (document_id int)
-- The number of the last one, and the one that waits.
-- cols: seq int, proposed int
SELECT COALESCE(MAX(seq), 0) AS seq, COALESCE(MAX(CASE WHEN status = 'proposed' THEN seq ELSE 0 END), 0) AS proposed
FROM document_version WHERE document_id = $1;

-- name: version_of_file one (document_id int, file_id int)
-- Did these bytes come as a version of this document already?
SELECT seq FROM document_version WHERE document_id = $1 AND file_id = $2 AND status <> 'dropped' ORDER BY seq LIMIT 1;

-- name: version_first exec (document_id int)
-- The document as it first came becomes version 1.
INSERT INTO document_version (document_id, seq, status, file_id, file_name, text, parsed, created_at, created_by)
SELECT d.id, 1, 'applied', d.file_id, COALESCE(f.name, ''), d.text, d.parsed, d.created_at, d.created_by
FROM document d LEFT JOIN file f ON f.id = d.file_id WHERE d.id = $1;

-- name: version_insert exec (document_id int, seq int, file_id int, file_name text, body text, parsed text, at int, user_id int?)
-- A proposal.
INSERT INTO document_version (document_id, seq, status, file_id, file_name, text, parsed, created_at, created_by)
VALUES ($1, $2, 'proposed', $3, $4, $5, $6, $7, $8);

-- name: version_decide exec (document_id int, seq int, status text, at int, user_id int?)
-- Applied or dropped.
UPDATE document_version SET status = $3, decided_at = $4, decided_by = $5 WHERE document_id = $1 AND seq = $2;

-- name: version_file one (document_id int, seq int)
-- Its file.
SELECT f.name, f.media_type, f.bytes FROM document_version v JOIN file f ON f.id = v.file_id
WHERE v.document_id = $1 AND v.seq = $2;

-- name: version_take exec (id int, body text, parsed text, file_id int?)
-- The document takes the text of a version.
UPDATE document SET text = $2, parsed = $3, file_id = $4, version = version + 1 WHERE id = $1;

-- name: version_place exec (point_id int, span_start int, span_end int, seq int)
-- Where a point stands in the new text.
UPDATE point SET span_start = $2, span_end = $3, seq = $4, version = version + 1 WHERE id = $1;

-- name: version_no_places exec (point_id int)
-- Its executors stand nowhere in the new text.
UPDATE point_responsible SET span_start = 0, span_end = 0 WHERE point_id = $1;

-- name: version_no_due_places exec (point_id int)
-- Its deadlines stand nowhere in the new text.
UPDATE point_deadline SET span_start = 0, span_end = 0 WHERE point_id = $1;

-- name: version_given many (point_id int)
-- What was given of a point and is not withdrawn.
SELECT id, org_id, due_date, base_date, state, version FROM assignment WHERE point_id = $1 AND state <> 'withdrawn' ORDER BY org_id, due_date, id;

-- name: version_let_go exec (point_id int)
-- Assignments keep their day when the deadline of the point is written anew.
UPDATE assignment SET deadline_id = NULL WHERE point_id = $1;

-- name: version_drop_problems exec (document_id int, point_id int?)
-- Problems of the old reading of a point.
DELETE FROM diagnostic WHERE document_id = $1 AND point_id = $2;
