-- What `soko check` asks beside the consistency of the database itself.

-- name: check_confirms many ()
-- The last confirmation of each document on control, with the digest it sealed.
SELECT d.id, d.number, v.after FROM document d
JOIN event v ON v.id = (SELECT MAX(w.id) FROM event w WHERE w.noun = 'document' AND w.noun_id = d.id AND w.verb = 'confirm')
WHERE d.status = 'confirmed' ORDER BY d.id;

-- name: check_unsealed one ()
-- Documents on control that no event has confirmed.
-- cols: n int
SELECT COUNT(*) AS n FROM document d WHERE d.status = 'confirmed'
  AND NOT EXISTS (SELECT 1 FROM event w WHERE w.noun = 'document' AND w.noun_id = d.id AND w.verb = 'confirm');

-- name: check_states one ()
-- Assignments whose state is not the one of their last event.
-- cols: n int, first_id int
SELECT COUNT(*) AS n, COALESCE(MIN(x.id), 0) AS first_id FROM (
  SELECT a.id, a.state, COALESCE((SELECT CASE WHEN v.verb IN ('take', 'recall', 'resume_working') THEN 'working'
           WHEN v.verb IN ('submit', 'unaccept', 'unreturn', 'resume_submitted') THEN 'submitted' WHEN v.verb = 'accept' THEN 'accepted'
           WHEN v.verb IN ('return', 'resume_returned') THEN 'returned' WHEN v.verb = 'withdraw' THEN 'withdrawn' ELSE 'assigned' END
         FROM event v WHERE v.noun = 'assignment' AND v.noun_id = a.id ORDER BY v.id DESC LIMIT 1), 'assigned') AS told
  FROM assignment a) x WHERE x.state <> x.told;

-- name: check_strays one ()
-- Open assignments of documents that are not on control.
-- cols: n int
SELECT COUNT(*) AS n FROM assignment a JOIN document d ON d.id = a.document_id
WHERE d.status <> 'confirmed' AND a.state NOT IN ('withdrawn', 'accepted');

-- name: check_protocols each ()
-- Every protocol with the hash of the day it was stored.
SELECT id, hash, rows FROM protocol ORDER BY id;
