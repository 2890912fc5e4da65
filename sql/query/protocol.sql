-- Protocols: one blob for a school and a test.

-- name: protocol_active_of_test many (test_id int)
-- Protocols in force of a test without their rows, for comparing with a new file.
SELECT id, org_id, hash FROM protocol WHERE test_id = $1 AND active = 1 ORDER BY org_id;

-- name: protocol_rows one (id int)
-- The rows of one protocol.
SELECT id, rows FROM protocol WHERE id = $1;

-- name: protocol_scan each (test_id int, territory_id int?, org_id int?)
-- Protocols in force of a test, school by school in the order of a report.
SELECT p.org_id, o.territory_id, p.rows
FROM protocol p JOIN org o ON o.id = p.org_id
WHERE p.test_id = $1 AND p.active = 1 AND ($2 IS NULL OR o.territory_id = $2) AND ($3 IS NULL OR p.org_id = $3)
ORDER BY o.territory_id, o.sort_key, o.id;

-- name: protocol_pack each (test_id int)
-- Protocols in force of a test in an order that no change of the registry touches.
SELECT org_id, rows FROM protocol WHERE test_id = $1 AND active = 1 ORDER BY org_id;

-- name: protocol_schools many (test_id int)
-- Schools that have a protocol of a test, in the order of protocol_scan.
-- cols: code text
SELECT o.id, o.territory_id, o.name,
       COALESCE((SELECT MAX(i.written) FROM org_ident i WHERE i.org_id = o.id AND i.system = 'fis_oko'), '') AS code
FROM protocol p JOIN org o ON o.id = p.org_id
WHERE p.test_id = $1 AND p.active = 1
ORDER BY o.territory_id, o.sort_key, o.id;

-- name: protocol_insert one (test_id int, org_id int, load_id int, replaces_id int?, n_rows int, hash text, rows blob)
-- A protocol in force.
INSERT INTO protocol (test_id, org_id, load_id, replaces_id, active, n_rows, hash, rows)
VALUES ($1, $2, $3, $4, 1, $5, $6, $7) RETURNING id;

-- name: protocol_retire exec (id int)
-- Replaced by a newer one, or undone.
UPDATE protocol SET active = 0 WHERE id = $1;

-- name: protocol_restore exec (id int)
-- In force again.
UPDATE protocol SET active = 1 WHERE id = $1;

-- name: protocol_of_load many (load_id int)
-- What a load brought.
SELECT id, org_id, replaces_id, active FROM protocol WHERE load_id = $1 ORDER BY id;

-- name: protocol_school_tests many (org_id int)
-- Tests a school has results of, latest first.
SELECT t.id, t.year, t.grade, t.subject FROM protocol p JOIN test t ON t.id = p.test_id
WHERE p.org_id = $1 AND p.active = 1 ORDER BY t.year DESC, t.grade, t.subject_key;
