-- Segments: derived, packed works of a test (core/result/segment.h).

-- name: segment_state many (test_id int)
-- One row while the segments of a test are whole and fresh.
SELECT n_protocols FROM segment_test WHERE test_id = $1;

-- name: segment_state_put exec (test_id int, n_protocols int)
-- The segments of a test are whole.
INSERT INTO segment_test (test_id, n_protocols) VALUES ($1, $2)
ON CONFLICT (test_id) DO UPDATE SET n_protocols = $2;

-- name: segment_state_drop exec (test_id int)
-- They are not.
DELETE FROM segment_test WHERE test_id = $1;

-- name: segment_drop exec (test_id int)
-- Removes the segments of a test.
DELETE FROM segment WHERE test_id = $1;

-- name: segment_insert exec (test_id int, n_works int, rows blob)
-- One segment.
INSERT INTO segment (test_id, n_works, rows) VALUES ($1, $2, $3);

-- name: segment_scan each (test_id int)
-- The segments of a test as they were written.
SELECT rows FROM segment WHERE test_id = $1 ORDER BY id;
