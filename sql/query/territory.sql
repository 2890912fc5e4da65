-- Territories: the region and its municipalities.

-- name: territory_all many ()
-- All territories with their number of schools; the caller puts the region first.
-- cols: n_schools int
SELECT t.id, t.parent_id, t.kind, t.code, t.name,
       (SELECT COUNT(*) FROM org o WHERE o.territory_id = t.id AND o.kind = 'school') AS n_schools
FROM territory t ORDER BY CASE WHEN t.kind = 'region' THEN 0 ELSE 1 END, t.sort_key, t.id;

-- name: territory_one one (id int)
-- One territory by its key.
-- cols: n_schools int
SELECT t.id, t.parent_id, t.kind, t.code, t.name,
       (SELECT COUNT(*) FROM org o WHERE o.territory_id = t.id AND o.kind = 'school') AS n_schools
FROM territory t WHERE t.id = $1;

-- name: territory_region one ()
-- The region itself.
-- cols: n_schools int
SELECT t.id, t.parent_id, t.kind, t.code, t.name,
       (SELECT COUNT(*) FROM org o WHERE o.kind = 'school') AS n_schools
FROM territory t WHERE t.kind = 'region' ORDER BY t.id LIMIT 1;

-- name: territory_by_key one (search_key text)
-- Is there one of this name?
SELECT id FROM territory WHERE search_key = $1;

-- name: territory_insert one (parent_id int?, kind text, code text, name text, sort_key text, search_key text)
-- A new territory.
INSERT INTO territory (parent_id, kind, code, name, sort_key, search_key) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: territory_update exec (id int, code text, name text, sort_key text, search_key text)
-- New name and code.
UPDATE territory SET code = $2, name = $3, sort_key = $4, search_key = $5 WHERE id = $1;
