-- The inverted index (sql/derived/search.sql): core/search_index.c writes and scans it, core/search/ asks.

-- name: search_entry_of one (noun text, noun_id int)
-- Is the thing indexed?
SELECT id FROM search_entry WHERE noun = $1 AND noun_id = $2;

-- name: search_entry_insert one (noun text, noun_id int, document_id int, territory_id int?, org_id int?)
-- A thing to be found.
INSERT INTO search_entry (noun, noun_id, document_id, territory_id, org_id) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: search_entry_scope exec (id int, document_id int, territory_id int?, org_id int?)
-- The same thing, indexed anew.
UPDATE search_entry SET document_id = $2, territory_id = $3, org_id = $4 WHERE id = $1;

-- name: search_entry_drop exec (id int)
-- It is gone.
DELETE FROM search_entry WHERE id = $1;

-- name: search_part_insert exec (entry_id int, seq int, rank int, noun text, noun_id int, words text)
-- A piece of it.
INSERT INTO search_part (entry_id, seq, rank, noun, noun_id, text) VALUES ($1, $2, $3, $4, $5, $6);

-- name: search_parts_drop exec (entry_id int)
-- Before they are written anew.
DELETE FROM search_part WHERE entry_id = $1;

-- name: search_hit_insert exec (word_key int, word text, entry_id int, hits blob)
-- A stem of it.
INSERT INTO search_hit (word_key, word, entry_id, hits) VALUES ($1, $2, $3, $4);

-- name: search_hits_drop exec (entry_id int)
-- Before they are written anew.
DELETE FROM search_hit WHERE entry_id = $1;

-- name: search_hits each (word_key int, word text)
-- Where a stem stands.
SELECT entry_id, hits FROM search_hit WHERE word_key = $1 AND word = $2;

-- name: search_hits_from each (from_key int, to_key int)
-- Where stems with a beginning stand.
SELECT word, entry_id, hits FROM search_hit WHERE word_key >= $1 AND word_key <= $2;

-- name: search_hits_count one (word_key int, word text)
-- How many entries have a stem.
-- cols: n int
SELECT COUNT(*) AS n FROM search_hit WHERE word_key = $1 AND word = $2;

-- name: search_part_of one (entry_id int, seq int)
-- One piece.
SELECT rank, noun, noun_id, text FROM search_part WHERE entry_id = $1 AND seq = $2;

-- name: search_parts_size each (entry_id int)
-- Pieces of a thing in order, for the check.
SELECT seq, rank, noun, noun_id, text FROM search_part WHERE entry_id = $1 ORDER BY seq;

-- name: search_count one ()
-- How large the index is, and whether there is anything to be indexed.
-- cols: n_entries int, n_documents int
SELECT (SELECT COUNT(*) FROM search_entry) AS n_entries, (SELECT COUNT(*) FROM document) AS n_documents;

-- name: search_document_ids many (after int, n int)
-- Documents in order, for the rebuild.
SELECT id FROM document WHERE id > $1 ORDER BY id LIMIT $2;

-- name: search_entry_strays many (noun text, n int)
-- Entries of documents that are no more.
SELECT e.id FROM search_entry e WHERE e.noun = $1 AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = e.document_id) LIMIT $2;

-- name: search_visible each (drafts_all int, drafts_territory int?, scope_territory int?, scope_org int?, status text, kind text, from_date text, to_date text, territory_id int?)
-- Entries a person may find under the filters: as document_page, and evidence only by its own organisation and those above it.
SELECT e.id, e.noun, e.document_id, d.doc_date FROM search_entry e JOIN document d ON d.id = e.document_id
WHERE (($1 = 1 AND ($2 IS NULL OR d.territory_id = $2)) OR ($3 IS NULL AND $4 IS NULL AND d.status <> 'draft')
       OR (d.status <> 'draft' AND d.id IN (SELECT a.document_id FROM assignment a
           WHERE ($3 IS NULL OR a.territory_id = $3) AND ($4 IS NULL OR a.org_id = $4))))
  AND (e.territory_id IS NULL OR $3 IS NULL OR e.territory_id = $3) AND (e.org_id IS NULL OR $4 IS NULL OR e.org_id = $4)
  AND ($5 = '' OR d.status = $5) AND ($6 = '' OR d.kind = $6) AND ($7 = '' OR d.doc_date >= $7) AND ($8 = '' OR d.doc_date <= $8)
  AND ($9 IS NULL OR d.territory_id = $9)
ORDER BY e.id;

-- name: search_document one (id int)
-- What a result says of its document.
SELECT d.id, d.kind, d.number, d.doc_date, d.title, d.issuer, d.status, d.territory_id, t.name AS territory_name, f.name AS file_name
FROM document d JOIN territory t ON t.id = d.territory_id LEFT JOIN file f ON f.id = d.file_id WHERE d.id = $1;
