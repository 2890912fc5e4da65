-- Tests: item specifications and mark scales with their provenance.

-- name: test_find one (procedure text, year int, grade int, subject_key text)
-- The test of a year, grade and subject.
SELECT id FROM test WHERE procedure = $1 AND year = $2 AND grade = $3 AND subject_key = $4 AND form = '';

-- name: test_one one (id int)
-- One test.
SELECT id, procedure, year, grade, subject, max_total, source, status FROM test WHERE id = $1;

-- name: test_items many (test_id int)
-- Items of a test in the order of the work.
SELECT label, max_score, level, content_codes, requirement_codes, skill FROM test_item WHERE test_id = $1 ORDER BY seq;

-- name: test_scale_in_force many (test_id int)
-- The mark scale that counts: the newest one in force.
SELECT min3, min4, min5, source, status FROM test_scale WHERE test_id = $1 AND in_force = 1 ORDER BY id DESC LIMIT 1;

-- name: test_with_protocols many ()
-- Tests that have results.
SELECT t.id, t.year, t.grade, t.subject FROM test t
WHERE EXISTS (SELECT 1 FROM protocol p WHERE p.test_id = t.id AND p.active = 1)
ORDER BY t.year DESC, t.grade, t.subject_key, t.id;

-- name: test_subjects many ()
-- Names of subjects, for reading file names.
SELECT DISTINCT subject, subject_key FROM test ORDER BY subject_key;

-- name: test_insert one (procedure text, year int, grade int, subject text, subject_key text, max_total int, source text, status text)
-- A new test.
INSERT INTO test (procedure, year, grade, subject, subject_key, max_total, source, status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- name: test_item_insert exec (test_id int, seq int, label text, max_score int, level text, content_codes text, requirement_codes text, skill text)
-- One item of a new test.
INSERT INTO test_item (test_id, seq, label, max_score, level, content_codes, requirement_codes, skill)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: test_scale_insert exec (test_id int, min3 int, min4 int, min5 int, source text, status text)
-- A mark scale with its source.
INSERT INTO test_scale (test_id, min3, min4, min5, source, status) VALUES ($1, $2, $3, $4, $5, $6);

-- name: setting_value one (name text)
-- One setting.
SELECT value FROM setting WHERE name = $1;

-- name: setting_put exec (name text, value text, source text, at int)
-- Writes a setting.
INSERT INTO setting (name, value, source, changed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET value = $2, source = $3, changed_at = $4;
