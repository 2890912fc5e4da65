-- Evidence of execution: core/control/evidence.h.

-- name: evidence_insert one (assignment_id int, kind text, demanded text, title text, file_id int?, file_name text, media_type text, size int, link text, number real?, unit text, text_state text, words text, at int, user_id int?)
-- A new proof.
INSERT INTO evidence (assignment_id, kind, demanded, title, file_id, file_name, media_type, size, link, number, unit, text_state, text, at, user_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id;

-- name: evidence_of many (assignment_id int)
-- What an assignment is proven with, in the order it came.
-- cols: text text
SELECT v.id, v.kind, v.demanded, v.title, v.file_id, v.file_name, v.media_type, v.size, v.link, v.number, v.unit, v.text_state,
       CASE WHEN v.kind = 'form' THEN v.text ELSE '' END AS text, v.text_note, v.at, u.full_name AS user_name
FROM evidence v LEFT JOIN user_account u ON u.id = v.user_id WHERE v.assignment_id = $1 AND v.removed_at IS NULL ORDER BY v.id;

-- name: evidence_one one (id int)
-- One proof with the place it belongs to.
SELECT v.id, v.assignment_id, v.kind, v.demanded, v.title, v.file_id, v.file_name, v.media_type, v.link, v.number, v.unit, v.text_state, v.text,
       v.removed_at, a.document_id, a.org_id, a.territory_id
FROM evidence v JOIN assignment a ON a.id = v.assignment_id WHERE v.id = $1;

-- name: evidence_same many (assignment_id int, file_id int)
-- The same bytes on the same assignment.
SELECT id FROM evidence WHERE assignment_id = $1 AND file_id = $2 AND removed_at IS NULL ORDER BY id LIMIT 1;

-- name: evidence_bytes one (id int)
-- Bytes of a proof.
SELECT f.bytes FROM evidence v JOIN file f ON f.id = v.file_id WHERE v.id = $1;

-- name: evidence_remove execn (id int, at int, user_id int?)
-- Taken away, kept for the history.
UPDATE evidence SET removed_at = $2, removed_by = $3 WHERE id = $1 AND removed_at IS NULL;

-- name: evidence_text exec (id int, text_state text, words text, note text)
-- What the reader found in a file.
UPDATE evidence SET text_state = $2, text = $3, text_note = $4 WHERE id = $1;

-- name: evidence_text_of_file many (file_id int)
-- The same file was read for another assignment already.
SELECT text FROM evidence WHERE file_id = $1 AND text_state = 'read' ORDER BY id LIMIT 1;

-- name: evidence_ids many (after int, n int)
-- All proofs in order, for the rebuild of the index.
SELECT id FROM evidence WHERE removed_at IS NULL AND id > $1 ORDER BY id LIMIT $2;
