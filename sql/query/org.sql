-- Organisations with their identifiers, other names and set memberships.

-- name: org_one one (id int)
-- One organisation.
-- cols: ident text
SELECT o.id, o.territory_id, o.parent_id, o.kind, o.name, o.short_name, o.head, o.valid_from, o.valid_to, o.provisional,
       t.name AS territory_name,
       COALESCE((SELECT MIN(i.value) FROM org_ident i WHERE i.org_id = o.id AND i.system = 'fis_oko'), '') AS ident
FROM org o JOIN territory t ON t.id = o.territory_id WHERE o.id = $1;

-- name: org_page many (scope_territory int?, scope_org int?, territory_id int?, kind text, tag text, today text, provisional int, w1 text, w2 text, w3 text, w4 text, n int, skip int)
-- A page of the registry; words are looked for in names, other names and identifiers.
-- sort: name = o.sort_key, territory = t.sort_key, kind = o.kind
-- cols: ident text
SELECT o.id, o.territory_id, o.parent_id, o.kind, o.name, o.short_name, o.head, o.valid_from, o.valid_to, o.provisional,
       t.name AS territory_name,
       COALESCE((SELECT MIN(i.value) FROM org_ident i WHERE i.org_id = o.id AND i.system = 'fis_oko'), '') AS ident
FROM org o JOIN territory t ON t.id = o.territory_id
WHERE ($1 IS NULL OR o.territory_id = $1) AND ($2 IS NULL OR o.id = $2) AND ($3 IS NULL OR o.territory_id = $3)
  AND ($4 = '' OR o.kind = $4)
  AND ($5 = '' OR EXISTS (SELECT 1 FROM org_tag g WHERE g.org_id = o.id AND g.tag = $5 AND g.valid_from <= $6
       AND (g.valid_to IS NULL OR g.valid_to >= $6)))
  AND ($7 = 0 OR o.provisional = 1)
  AND ($8 = '' OR REPLACE(o.search_key, $8, '') <> o.search_key
       OR EXISTS (SELECT 1 FROM org_alias x WHERE x.org_id = o.id AND REPLACE(x.search_key, $8, '') <> x.search_key)
       OR EXISTS (SELECT 1 FROM org_ident i WHERE i.org_id = o.id AND REPLACE(i.value, $8, '') <> i.value))
  AND ($9 = '' OR REPLACE(o.search_key, $9, '') <> o.search_key
       OR EXISTS (SELECT 1 FROM org_alias x WHERE x.org_id = o.id AND REPLACE(x.search_key, $9, '') <> x.search_key))
  AND ($10 = '' OR REPLACE(o.search_key, $10, '') <> o.search_key)
  AND ($11 = '' OR REPLACE(o.search_key, $11, '') <> o.search_key)
ORDER BY $ORDER$, o.sort_key, o.id LIMIT $12 OFFSET $13;

-- name: org_page_count one (scope_territory int?, scope_org int?, territory_id int?, kind text, tag text, today text, provisional int, w1 text, w2 text, w3 text, w4 text)
-- Number of rows of org_page without paging.
-- cols: n int
SELECT COUNT(*) AS n
FROM org o
WHERE ($1 IS NULL OR o.territory_id = $1) AND ($2 IS NULL OR o.id = $2) AND ($3 IS NULL OR o.territory_id = $3)
  AND ($4 = '' OR o.kind = $4)
  AND ($5 = '' OR EXISTS (SELECT 1 FROM org_tag g WHERE g.org_id = o.id AND g.tag = $5 AND g.valid_from <= $6
       AND (g.valid_to IS NULL OR g.valid_to >= $6)))
  AND ($7 = 0 OR o.provisional = 1)
  AND ($8 = '' OR REPLACE(o.search_key, $8, '') <> o.search_key
       OR EXISTS (SELECT 1 FROM org_alias x WHERE x.org_id = o.id AND REPLACE(x.search_key, $8, '') <> x.search_key)
       OR EXISTS (SELECT 1 FROM org_ident i WHERE i.org_id = o.id AND REPLACE(i.value, $8, '') <> i.value))
  AND ($9 = '' OR REPLACE(o.search_key, $9, '') <> o.search_key
       OR EXISTS (SELECT 1 FROM org_alias x WHERE x.org_id = o.id AND REPLACE(x.search_key, $9, '') <> x.search_key))
  AND ($10 = '' OR REPLACE(o.search_key, $10, '') <> o.search_key)
  AND ($11 = '' OR REPLACE(o.search_key, $11, '') <> o.search_key);

-- name: org_insert one (territory_id int, parent_id int?, kind text, name text, short_name text, sort_key text, search_key text, head text, valid_from text?, valid_to text?, provisional int)
-- A new organisation.
INSERT INTO org (territory_id, parent_id, kind, name, short_name, sort_key, search_key, head, valid_from, valid_to, provisional)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id;

-- name: org_update exec (id int, territory_id int, kind text, name text, short_name text, sort_key text, search_key text, head text, valid_from text?, valid_to text?)
-- A person's edit; it also takes the provisional mark off.
UPDATE org SET territory_id = $2, kind = $3, name = $4, short_name = $5, sort_key = $6, search_key = $7, head = $8,
       valid_from = $9, valid_to = $10, provisional = 0 WHERE id = $1;

-- name: org_idents many (org_id int)
-- Identifiers of one organisation.
SELECT id, system, value, written, valid_from, valid_to FROM org_ident WHERE org_id = $1 ORDER BY system, value;

-- name: org_ident_owner one (system text, value text)
-- Whose identifier is it?
SELECT i.id, i.org_id, o.name FROM org_ident i JOIN org o ON o.id = i.org_id WHERE i.system = $1 AND i.value = $2;

-- name: org_ident_put one (org_id int, system text, value text, written text)
-- A new identifier.
INSERT INTO org_ident (org_id, system, value, written) VALUES ($1, $2, $3, $4) RETURNING id;

-- name: org_ident_remove execn (id int, org_id int)
-- Takes an identifier away.
DELETE FROM org_ident WHERE id = $1 AND org_id = $2;

-- name: org_aliases many (org_id int)
-- Other names of one organisation.
SELECT id, name FROM org_alias WHERE org_id = $1 ORDER BY id;

-- name: org_alias_owner one (search_key text)
-- Whose other name is it?
SELECT x.id, x.org_id, o.name FROM org_alias x JOIN org o ON o.id = x.org_id WHERE x.search_key = $1;

-- name: org_alias_put one (org_id int, name text, search_key text)
-- A new other name.
INSERT INTO org_alias (org_id, name, search_key) VALUES ($1, $2, $3) RETURNING id;

-- name: org_alias_remove execn (id int, org_id int)
-- Takes another name away.
DELETE FROM org_alias WHERE id = $1 AND org_id = $2;

-- name: org_tags_of many (org_id int)
-- Set memberships of one organisation, newest first.
SELECT id, tag, valid_from, valid_to, source FROM org_tag WHERE org_id = $1 ORDER BY valid_from DESC, id DESC;

-- name: org_tag_put one (org_id int, tag text, valid_from text, valid_to text?, source text)
-- Joins a conditional set.
INSERT INTO org_tag (org_id, tag, valid_from, valid_to, source) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: org_tag_same one (org_id int, tag text, valid_from text)
-- Is this membership recorded already?
SELECT id FROM org_tag WHERE org_id = $1 AND tag = $2 AND valid_from = $3;

-- name: org_tag_close execn (id int, org_id int, valid_to text)
-- Leaves a conditional set on a date.
UPDATE org_tag SET valid_to = $3 WHERE id = $1 AND org_id = $2;

-- name: org_load one (org_id int, today text)
-- How much is on control at one organisation.
-- cols: n int, n_overdue int
SELECT COUNT(*) AS n,
       COALESCE(SUM(CASE WHEN state IN ('assigned', 'working', 'returned') AND due_date < $2 THEN 1 ELSE 0 END), 0) AS n_overdue
FROM assignment WHERE org_id = $1 AND state NOT IN ('withdrawn', 'accepted');

-- name: org_names many (territory_id int?)
-- Names and other names of all organisations but schools elsewhere, for reading responsibles.
SELECT o.id, o.kind, o.territory_id, o.name, o.short_name, o.search_key
FROM org o WHERE ($1 IS NULL OR o.territory_id = $1 OR o.kind IN ('department', 'operator')) ORDER BY o.id;

-- name: org_alias_names many (territory_id int?)
-- The other names of the same organisations.
SELECT o.id, x.name, x.search_key
FROM org_alias x JOIN org o ON o.id = x.org_id
WHERE ($1 IS NULL OR o.territory_id = $1 OR o.kind IN ('department', 'operator')) ORDER BY o.id;

-- name: org_of_kind many (territory_id int?, kind text, on_date text)
-- A set by kind: all schools of a territory that exist on a day.
SELECT id, territory_id, name FROM org
WHERE ($1 IS NULL OR territory_id = $1) AND kind = $2
  AND (valid_from IS NULL OR valid_from <= $3) AND (valid_to IS NULL OR valid_to >= $3)
ORDER BY sort_key, id;

-- name: org_of_tag many (territory_id int?, tag text, on_date text)
-- A conditional set on a day.
SELECT DISTINCT o.id, o.territory_id, o.name, o.sort_key FROM org o JOIN org_tag g ON g.org_id = o.id
WHERE ($1 IS NULL OR o.territory_id = $1) AND g.tag = $2 AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)
  AND (o.valid_from IS NULL OR o.valid_from <= $3) AND (o.valid_to IS NULL OR o.valid_to >= $3)
ORDER BY o.sort_key, o.id;

-- name: org_author one (territory_id int, kind text)
-- The body that issues documents of a territory: department of the region, municipal body.
SELECT id, name FROM org WHERE territory_id = $1 AND kind = $2 ORDER BY id LIMIT 1;
