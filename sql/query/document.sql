-- Files, documents, their parts and the list of documents.

-- name: file_by_hash one (hash text)
-- Did these bytes arrive before?
-- cols: document_id int
SELECT f.id, (SELECT MIN(d.id) FROM document d WHERE d.file_id = f.id AND d.status <> 'cancelled') AS document_id
FROM file f WHERE f.hash = $1;

-- name: file_insert one (hash text, name text, media_type text, size int, bytes blob, at int, user_id int?)
-- Bytes as they arrived.
INSERT INTO file (hash, name, media_type, size, bytes, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id;

-- name: file_of_document one (document_id int)
-- The file of a document.
SELECT f.name, f.media_type, f.bytes FROM document d JOIN file f ON f.id = d.file_id WHERE d.id = $1;

-- name: document_insert one (kind text, number text, doc_date text?, title text, issuer text, place text, signatory_name text, signatory_post text, controller text, plan_start text?, plan_end text?, territory_id int, org_id int?, file_id int?, body text, parsed text, search_key text, sort_key text, created_at int, created_by int?)
-- A new draft.
INSERT INTO document (kind, number, doc_date, title, issuer, place, signatory_name, signatory_post, controller, plan_start,
  plan_end, status, territory_id, org_id, file_id, text, parsed, search_key, sort_key, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, $13, $14, $15, $16, $17, $18, $19, $20) RETURNING id;

-- name: document_one one (id int)
-- All of a document but its bytes and what the reader saw.
SELECT d.id, d.kind, d.number, d.doc_date, d.title, d.issuer, d.place, d.signatory_name, d.signatory_post, d.controller,
       d.plan_start, d.plan_end, d.status, d.territory_id, d.org_id, d.parent_id, d.file_id, d.text, d.created_at,
       d.confirmed_at, d.confirmed_by, d.version, t.name AS territory_name, t.kind AS territory_kind, f.name AS file_name,
       uc.full_name AS created_name, uf.full_name AS confirmed_name, p.title AS parent_title, p.number AS parent_number
FROM document d JOIN territory t ON t.id = d.territory_id LEFT JOIN file f ON f.id = d.file_id
     LEFT JOIN user_account uc ON uc.id = d.created_by LEFT JOIN user_account uf ON uf.id = d.confirmed_by
     LEFT JOIN document p ON p.id = d.parent_id
WHERE d.id = $1;

-- name: document_parsed_of one (id int)
-- What the reader saw, JSON.
SELECT parsed FROM document WHERE id = $1;

-- name: document_seen one (id int, scope_territory int?, scope_org int?)
-- Has a confirmed document an assignment in this scope?
-- cols: n int
SELECT COUNT(*) AS n FROM (SELECT 1 FROM assignment WHERE document_id = $1 AND state <> 'withdrawn'
  AND ($2 IS NULL OR territory_id = $2) AND ($3 IS NULL OR org_id = $3) LIMIT 1) x;

-- name: document_bump execn (id int, version int)
-- Takes the document for a change: nothing changes when somebody was faster or it is no draft.
UPDATE document SET version = version + 1 WHERE id = $1 AND version = $2 AND status = 'draft';

-- name: document_touch exec (id int)
-- A part of it changed.
UPDATE document SET version = version + 1 WHERE id = $1;

-- name: document_update exec (id int, kind text, number text, doc_date text?, title text, issuer text, place text, signatory_name text, signatory_post text, controller text, plan_start text?, plan_end text?, parent_id int?, search_key text, sort_key text)
-- Requisites as the clerk typed them.
UPDATE document SET kind = $2, number = $3, doc_date = $4, title = $5, issuer = $6, place = $7, signatory_name = $8,
       signatory_post = $9, controller = $10, plan_start = $11, plan_end = $12, parent_id = $13, search_key = $14, sort_key = $15
WHERE id = $1;

-- name: document_status_set exec (id int, status text, confirmed_at int?, confirmed_by int?)
-- Draft, confirmed, cancelled.
UPDATE document SET status = $2, confirmed_at = $3, confirmed_by = $4, version = version + 1 WHERE id = $1;

-- name: document_part_insert exec (document_id int, seq int, code text, kind text, title text, number text, part_date text?)
-- Main document or annex.
INSERT INTO document_part (document_id, seq, code, kind, title, number, part_date) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: document_parts many (document_id int)
-- Main document and annexes in order.
SELECT code, kind, title, number, part_date FROM document_part WHERE document_id = $1 ORDER BY seq;

-- name: document_basis_insert exec (document_id int, seq int, words text, kind text, number text, act_date text?)
-- An act it stands on.
INSERT INTO document_basis (document_id, seq, text, kind, number, act_date) VALUES ($1, $2, $3, $4, $5, $6);

-- name: document_bases many (document_id int)
-- Acts it stands on.
SELECT text, kind, number, act_date FROM document_basis WHERE document_id = $1 ORDER BY seq;

-- name: document_page many (drafts_all int, drafts_territory int?, scope_territory int?, scope_org int?, today text, status text, kind text, from_date text, to_date text, territory_id int?, w1 text, w2 text, w3 text, w4 text, n int, skip int)
-- A page of the list: drafts of those who write them, confirmed ones also by whom they concern.
-- sort: doc_date = d.doc_date, number = d.sort_key, title = d.search_key, created = d.created_at, status = d.status
-- cols: n_points int, n_errors int, n_warnings int, n_assignments int, n_done int, n_overdue int
SELECT d.id, d.kind, d.number, d.doc_date, d.title, d.issuer, d.status, d.territory_id, t.name AS territory_name,
       f.name AS file_name, d.created_at,
       (SELECT COUNT(*) FROM point p WHERE p.document_id = d.id AND p.type = 'task' AND p.removed = 0) AS n_points,
       (SELECT COUNT(*) FROM diagnostic g LEFT JOIN point p ON p.id = g.point_id WHERE g.document_id = d.id
         AND g.severity = 'error' AND g.settled_at IS NULL AND COALESCE(p.removed, 0) = 0) AS n_errors,
       (SELECT COUNT(*) FROM diagnostic g LEFT JOIN point p ON p.id = g.point_id WHERE g.document_id = d.id
         AND g.severity = 'warning' AND g.settled_at IS NULL AND COALESCE(p.removed, 0) = 0) AS n_warnings,
       (SELECT COUNT(*) FROM assignment a WHERE a.document_id = d.id AND a.state <> 'withdrawn'
         AND ($3 IS NULL OR a.territory_id = $3) AND ($4 IS NULL OR a.org_id = $4)) AS n_assignments,
       (SELECT COUNT(*) FROM assignment a WHERE a.document_id = d.id AND a.state = 'accepted'
         AND ($3 IS NULL OR a.territory_id = $3) AND ($4 IS NULL OR a.org_id = $4)) AS n_done,
       (SELECT COUNT(*) FROM assignment a WHERE a.document_id = d.id AND a.state IN ('assigned', 'working', 'returned')
         AND a.due_date < $5 AND ($3 IS NULL OR a.territory_id = $3) AND ($4 IS NULL OR a.org_id = $4)) AS n_overdue
FROM document d JOIN territory t ON t.id = d.territory_id LEFT JOIN file f ON f.id = d.file_id
WHERE (($1 = 1 AND ($2 IS NULL OR d.territory_id = $2)) OR ($3 IS NULL AND $4 IS NULL AND d.status <> 'draft')
       OR (d.status <> 'draft' AND EXISTS (SELECT 1 FROM assignment a WHERE a.document_id = d.id
           AND ($3 IS NULL OR a.territory_id = $3) AND ($4 IS NULL OR a.org_id = $4))))
  AND ($6 = '' OR d.status = $6) AND ($7 = '' OR d.kind = $7) AND ($8 = '' OR d.doc_date >= $8) AND ($9 = '' OR d.doc_date <= $9)
  AND ($10 IS NULL OR d.territory_id = $10)
  AND ($11 = '' OR REPLACE(d.search_key, $11, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $11, '') <> p.search_key))
  AND ($12 = '' OR REPLACE(d.search_key, $12, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $12, '') <> p.search_key))
  AND ($13 = '' OR REPLACE(d.search_key, $13, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $13, '') <> p.search_key))
  AND ($14 = '' OR REPLACE(d.search_key, $14, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $14, '') <> p.search_key))
ORDER BY $ORDER$, d.id DESC LIMIT $15 OFFSET $16;

-- name: document_page_count one (drafts_all int, drafts_territory int?, scope_territory int?, scope_org int?, status text, kind text, from_date text, to_date text, territory_id int?, w1 text, w2 text, w3 text, w4 text)
-- Rows of document_page without paging, and by status without the filter of status.
-- cols: n int, n_draft int, n_confirmed int, n_cancelled int
SELECT COALESCE(SUM(CASE WHEN $5 = '' OR d.status = $5 THEN 1 ELSE 0 END), 0) AS n,
       COALESCE(SUM(CASE WHEN d.status = 'draft' THEN 1 ELSE 0 END), 0) AS n_draft,
       COALESCE(SUM(CASE WHEN d.status = 'confirmed' THEN 1 ELSE 0 END), 0) AS n_confirmed,
       COALESCE(SUM(CASE WHEN d.status = 'cancelled' THEN 1 ELSE 0 END), 0) AS n_cancelled
FROM document d
WHERE (($1 = 1 AND ($2 IS NULL OR d.territory_id = $2)) OR ($3 IS NULL AND $4 IS NULL AND d.status <> 'draft')
       OR (d.status <> 'draft' AND EXISTS (SELECT 1 FROM assignment a WHERE a.document_id = d.id
           AND ($3 IS NULL OR a.territory_id = $3) AND ($4 IS NULL OR a.org_id = $4))))
  AND ($6 = '' OR d.kind = $6) AND ($7 = '' OR d.doc_date >= $7) AND ($8 = '' OR d.doc_date <= $8)
  AND ($9 IS NULL OR d.territory_id = $9)
  AND ($10 = '' OR REPLACE(d.search_key, $10, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $10, '') <> p.search_key))
  AND ($11 = '' OR REPLACE(d.search_key, $11, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $11, '') <> p.search_key))
  AND ($12 = '' OR REPLACE(d.search_key, $12, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $12, '') <> p.search_key))
  AND ($13 = '' OR REPLACE(d.search_key, $13, '') <> d.search_key
       OR EXISTS (SELECT 1 FROM point p WHERE p.document_id = d.id AND REPLACE(p.search_key, $13, '') <> p.search_key));

-- name: document_events many (document_id int, n int)
-- The story of a document: of itself and of its points.
SELECT v.id, v.at, v.user_id, u.full_name AS user_name, v.noun, v.noun_id, v.verb, v.before, v.after, v.reason
FROM event v LEFT JOIN user_account u ON u.id = v.user_id
WHERE (v.noun = 'document' AND v.noun_id = $1)
   OR (v.noun = 'point' AND v.noun_id IN (SELECT id FROM point WHERE document_id = $1))
   OR (v.noun = 'diagnostic' AND v.noun_id IN (SELECT id FROM diagnostic WHERE document_id = $1))
ORDER BY v.id DESC LIMIT $2;
