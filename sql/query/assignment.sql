-- Assignments on control.

-- name: assignment_put_kind execn (document_id int, point_id int, deadline_id int?, lead int, due_date text?, why text, at int, kind text, territory_id int?, on_date text, base_date text?)
-- One for each organisation of a kind that does not have this one yet.
INSERT INTO assignment (document_id, point_id, deadline_id, org_id, territory_id, lead, due_date, base_date, state, why, created_at, state_at)
SELECT $1, $2, $3, o.id, o.territory_id, $4, $5, $11, 'assigned', $6, $7, $7 FROM org o
WHERE o.kind = $8 AND ($9 IS NULL OR o.territory_id = $9)
  AND (o.valid_from IS NULL OR o.valid_from <= $10) AND (o.valid_to IS NULL OR o.valid_to >= $10)
  AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $2 AND a.org_id = o.id AND a.state <> 'withdrawn'
    AND COALESCE(a.base_date, '') = COALESCE($11, ''))
ORDER BY o.sort_key, o.id;

-- name: assignment_put_tag execn (document_id int, point_id int, deadline_id int?, lead int, due_date text?, why text, at int, tag text, territory_id int?, on_date text, base_date text?)
-- One for each organisation of a conditional set; the source of its membership goes into the reason.
INSERT INTO assignment (document_id, point_id, deadline_id, org_id, territory_id, lead, due_date, base_date, state, why, created_at, state_at)
SELECT $1, $2, $3, o.id, o.territory_id, $4, $5, $11, 'assigned', $6 || ' Основание: ' || MIN(g.source) || '.', $7, $7
FROM org o JOIN org_tag g ON g.org_id = o.id
WHERE g.tag = $8 AND g.valid_from <= $10 AND (g.valid_to IS NULL OR g.valid_to >= $10) AND ($9 IS NULL OR o.territory_id = $9)
  AND (o.valid_from IS NULL OR o.valid_from <= $10) AND (o.valid_to IS NULL OR o.valid_to >= $10)
  AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $2 AND a.org_id = o.id AND a.state <> 'withdrawn'
    AND COALESCE(a.base_date, '') = COALESCE($11, ''))
GROUP BY o.id, o.territory_id, o.sort_key ORDER BY o.sort_key, o.id;

-- name: assignment_put_org execn (document_id int, point_id int, deadline_id int?, lead int, due_date text?, why text, at int, org_id int, base_date text?)
-- One for a named organisation.
INSERT INTO assignment (document_id, point_id, deadline_id, org_id, territory_id, lead, due_date, base_date, state, why, created_at, state_at)
SELECT $1, $2, $3, o.id, o.territory_id, $4, $5, $9, 'assigned', $6, $7, $7 FROM org o
WHERE o.id = $8 AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $2 AND a.org_id = o.id AND a.state <> 'withdrawn'
    AND COALESCE(a.base_date, '') = COALESCE($9, ''));

-- name: assignment_seal each (document_id int, since int)
-- The frozen sets of a document in a fixed order, with the days they were born with: the confirmation seals their digest.
-- cols: due_date text
SELECT a.id, a.point_id, a.org_id, a.lead, CASE WHEN EXISTS (SELECT 1 FROM due_move m WHERE m.assignment_id = a.id)
         THEN (SELECT m.old_due FROM due_move m WHERE m.assignment_id = a.id ORDER BY m.id LIMIT 1) ELSE a.due_date END AS due_date
FROM assignment a WHERE a.document_id = $1 AND a.created_at = $2 ORDER BY a.id;

-- name: assignment_counts one (document_id int)
-- Sizes of the frozen sets; begun: somebody has done something.
-- cols: n int, n_orgs int, n_begun int
SELECT COUNT(*) AS n, COUNT(DISTINCT org_id) AS n_orgs,
       COALESCE(SUM(CASE WHEN state = 'assigned' THEN 0 ELSE 1 END), 0) AS n_begun
FROM assignment WHERE document_id = $1 AND state <> 'withdrawn';

-- name: assignment_open_of many (document_id int)
-- Assignments of a document that are not finished.
SELECT id, state, version FROM assignment WHERE document_id = $1 AND state NOT IN ('accepted', 'withdrawn') ORDER BY id;

-- name: assignment_let_go exec (document_id int)
-- A draft again: withdrawn assignments no longer hold the deadlines that will be edited.
UPDATE assignment SET deadline_id = NULL WHERE document_id = $1 AND state = 'withdrawn';

-- name: assignment_page many (scope_territory int?, scope_org int?, today text, week text, at int?, state text, org_id int?, territory_id int?, document_id int?, point_id int?, from_due text, to_due text, w1 text, w2 text, w3 text, w4 text, status int, n int, skip int)
-- A page of control, today ($5 missing) or as it was at a moment; status 0: all that is on control.
-- sort: due = x.due_date, org = o.sort_key, territory = t.sort_key, state = x.status, document = d.sort_key, clause = p.seq, activity = p.search_key, number = x.id
-- cols: due_date text, state text, state_at int, status int, submitted_at int, activity text
WITH y AS (
  SELECT a.*, CASE WHEN $5 IS NULL THEN a.state ELSE COALESCE((SELECT CASE WHEN v.verb IN ('take', 'recall', 'resume_working') THEN 'working'
           WHEN v.verb IN ('submit', 'unaccept', 'unreturn', 'resume_submitted') THEN 'submitted' WHEN v.verb = 'accept' THEN 'accepted'
           WHEN v.verb IN ('return', 'resume_returned') THEN 'returned' WHEN v.verb = 'withdraw' THEN 'withdrawn' ELSE 'assigned' END FROM event v
         WHERE v.noun = 'assignment' AND v.noun_id = a.id AND v.at <= $5 ORDER BY v.id DESC LIMIT 1), 'assigned') END AS st,
         CASE WHEN $5 IS NULL THEN a.state_at ELSE COALESCE((SELECT MAX(v.at) FROM event v
           WHERE v.noun = 'assignment' AND v.noun_id = a.id AND v.at <= $5), a.created_at) END AS st_at,
         CASE WHEN $5 IS NULL THEN a.submitted_at ELSE (SELECT MAX(v.at) FROM event v
           WHERE v.noun = 'assignment' AND v.noun_id = a.id AND v.verb = 'submit' AND v.at <= $5) END AS sub_at,
         CASE WHEN $5 IS NULL OR NOT EXISTS (SELECT 1 FROM due_move m WHERE m.assignment_id = a.id AND m.at > $5) THEN a.due_date
           ELSE (SELECT m.old_due FROM due_move m WHERE m.assignment_id = a.id AND m.at > $5 ORDER BY m.id LIMIT 1) END AS due_on
  FROM assignment a
  WHERE ($1 IS NULL OR a.territory_id = $1) AND ($5 IS NULL OR a.created_at <= $5)
    AND a.org_id BETWEEN COALESCE($2, 0) AND COALESCE($2, 9223372036854775807) AND ($7 IS NULL OR a.org_id = $7) AND ($8 IS NULL OR a.territory_id = $8) AND ($9 IS NULL OR a.document_id = $9)
    AND ($10 IS NULL OR a.point_id = $10) AND ($11 = '' OR a.due_date >= $11) AND ($12 = '' OR a.due_date <= $12)),
x AS (
  SELECT y.*, CASE WHEN y.st = 'withdrawn' THEN 7 WHEN y.st = 'accepted' THEN 6 WHEN y.st = 'submitted' THEN 5
              WHEN y.lead = 0 THEN 8
              WHEN y.due_on IS NULL THEN 4 WHEN y.due_on < $3 THEN 1 WHEN y.due_on <= $4 THEN 2 ELSE 3 END AS status FROM y)
SELECT x.id, x.document_id, x.point_id, x.org_id, x.territory_id, x.lead, x.due_on AS due_date, x.st AS state, x.st_at AS state_at, x.version,
       x.status, x.sub_at AS submitted_at, x.parent_id, d.kind, d.number, d.doc_date, d.title, p.clause,
       CASE WHEN x.task <> '' THEN x.task ELSE p.activity END AS activity, o.name AS org_name, t.name AS territory_name,
       l.text AS deadline_text, l.kind AS deadline_kind
FROM x JOIN document d ON d.id = x.document_id JOIN point p ON p.id = x.point_id JOIN org o ON o.id = x.org_id
     JOIN territory t ON t.id = x.territory_id LEFT JOIN point_deadline l ON l.id = x.deadline_id
WHERE ($6 = '' OR x.st = $6) AND (($17 = 0 AND (x.status <> 7 OR $6 <> '')) OR x.status = $17)
  AND ($13 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $13, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
  AND ($14 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $14, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
  AND ($15 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $15, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
  AND ($16 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $16, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
ORDER BY $ORDER$, x.id LIMIT $18 OFFSET $19;

-- name: assignment_statuses many (scope_territory int?, scope_org int?, today text, week text, at int?, state text, org_id int?, territory_id int?, document_id int?, point_id int?, from_due text, to_due text, w1 text, w2 text, w3 text, w4 text)
-- Rows of assignment_page by computed status, without paging and without the filter of status.
-- cols: status int, n int
WITH y AS (
  SELECT a.*, CASE WHEN $5 IS NULL THEN a.state ELSE COALESCE((SELECT CASE WHEN v.verb IN ('take', 'recall', 'resume_working') THEN 'working'
           WHEN v.verb IN ('submit', 'unaccept', 'unreturn', 'resume_submitted') THEN 'submitted' WHEN v.verb = 'accept' THEN 'accepted'
           WHEN v.verb IN ('return', 'resume_returned') THEN 'returned' WHEN v.verb = 'withdraw' THEN 'withdrawn' ELSE 'assigned' END FROM event v
         WHERE v.noun = 'assignment' AND v.noun_id = a.id AND v.at <= $5 ORDER BY v.id DESC LIMIT 1), 'assigned') END AS st,
         CASE WHEN $5 IS NULL OR NOT EXISTS (SELECT 1 FROM due_move m WHERE m.assignment_id = a.id AND m.at > $5) THEN a.due_date
           ELSE (SELECT m.old_due FROM due_move m WHERE m.assignment_id = a.id AND m.at > $5 ORDER BY m.id LIMIT 1) END AS due_on
  FROM assignment a
  WHERE ($1 IS NULL OR a.territory_id = $1) AND ($5 IS NULL OR a.created_at <= $5)
    AND a.org_id BETWEEN COALESCE($2, 0) AND COALESCE($2, 9223372036854775807) AND ($7 IS NULL OR a.org_id = $7) AND ($8 IS NULL OR a.territory_id = $8) AND ($9 IS NULL OR a.document_id = $9)
    AND ($10 IS NULL OR a.point_id = $10) AND ($11 = '' OR a.due_date >= $11) AND ($12 = '' OR a.due_date <= $12)),
x AS (
  SELECT y.*, CASE WHEN y.st = 'withdrawn' THEN 7 WHEN y.st = 'accepted' THEN 6 WHEN y.st = 'submitted' THEN 5
              WHEN y.lead = 0 THEN 8
              WHEN y.due_on IS NULL THEN 4 WHEN y.due_on < $3 THEN 1 WHEN y.due_on <= $4 THEN 2 ELSE 3 END AS status FROM y)
SELECT x.status, COUNT(*) AS n
FROM x JOIN document d ON d.id = x.document_id JOIN point p ON p.id = x.point_id JOIN org o ON o.id = x.org_id
WHERE ($6 = '' OR x.st = $6)
  AND ($13 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $13, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
  AND ($14 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $14, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
  AND ($15 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $15, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
  AND ($16 = '' OR REPLACE(p.search_key || ' ' || d.search_key || ' ' || o.search_key, $16, '') <> p.search_key || ' ' || d.search_key || ' ' || o.search_key)
GROUP BY x.status ORDER BY x.status;

-- name: assignment_one one (id int)
-- All of one assignment.
-- cols: org_kind_school int, activity text
SELECT a.id, a.document_id, a.point_id, a.org_id, a.territory_id, a.lead, a.due_date, a.state, a.why, a.created_at, a.state_at,
       a.state_note, a.version, a.parent_id, a.task, a.submitted_at, u.full_name AS state_name, d.kind, d.number, d.doc_date, d.title, d.status AS document_status,
       d.territory_id AS document_territory_id, p.clause, p.section, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END AS activity, p.items, p.document_types, p.expected_result,
       p.span_start, p.span_end, o.name AS org_name, t.name AS territory_name, l.text AS deadline_text, l.kind AS deadline_kind,
       CASE WHEN o.kind = 'school' THEN 1 ELSE 0 END AS org_kind_school
FROM assignment a JOIN document d ON d.id = a.document_id JOIN point p ON p.id = a.point_id JOIN org o ON o.id = a.org_id
     JOIN territory t ON t.id = a.territory_id LEFT JOIN point_deadline l ON l.id = a.deadline_id
     LEFT JOIN user_account u ON u.id = a.state_by
WHERE a.id = $1;

-- name: assignment_step execn (id int, version int, state text, at int, by_user int?, note text, submitted_at int?)
-- The next state, when nobody was faster.
UPDATE assignment SET state = $3, state_at = $4, state_by = $5, state_note = $6, submitted_at = COALESCE($7, submitted_at), version = version + 1 WHERE id = $1 AND version = $2;

-- name: overview_territories many (scope_territory int?, scope_org int?, today text, week text)
-- Shares of done and overdue by territory.
-- cols: n int, n_done int, n_overdue int, n_due_week int, n_review int
SELECT t.id, t.name, COUNT(*) AS n, SUM(CASE WHEN a.state = 'accepted' THEN 1 ELSE 0 END) AS n_done,
       SUM(CASE WHEN a.lead = 1 AND a.state IN ('assigned', 'working', 'returned') AND a.due_date < $3 THEN 1 ELSE 0 END) AS n_overdue,
       SUM(CASE WHEN a.lead = 1 AND a.state IN ('assigned', 'working', 'returned') AND a.due_date >= $3 AND a.due_date <= $4 THEN 1 ELSE 0 END) AS n_due_week,
       SUM(CASE WHEN a.state = 'submitted' THEN 1 ELSE 0 END) AS n_review
FROM assignment a JOIN territory t ON t.id = a.territory_id
WHERE a.state <> 'withdrawn' AND ($1 IS NULL OR a.territory_id = $1) AND ($2 IS NULL OR a.org_id = $2)
GROUP BY t.id, t.name, t.sort_key ORDER BY t.sort_key, t.id;

-- name: overview_worst many (scope_territory int?, scope_org int?, today text)
-- Organisations with most overdue.
-- cols: n int, n_overdue int
SELECT o.id, o.name, t.name AS territory_name, COUNT(*) AS n,
       SUM(CASE WHEN a.lead = 1 AND a.state IN ('assigned', 'working', 'returned') AND a.due_date < $3 THEN 1 ELSE 0 END) AS n_overdue
FROM assignment a JOIN org o ON o.id = a.org_id JOIN territory t ON t.id = a.territory_id
WHERE a.state <> 'withdrawn' AND ($1 IS NULL OR a.territory_id = $1) AND ($2 IS NULL OR a.org_id = $2)
GROUP BY o.id, o.name, o.sort_key, t.name
HAVING SUM(CASE WHEN a.lead = 1 AND a.state IN ('assigned', 'working', 'returned') AND a.due_date < $3 THEN 1 ELSE 0 END) > 0
ORDER BY n_overdue DESC, o.sort_key, o.id LIMIT 10;

-- name: overview_recent one (scope_territory int?, scope_org int?, since int)
-- Reports that came in since a moment.
-- cols: n int
SELECT COUNT(*) AS n FROM assignment a
WHERE a.state IN ('submitted', 'accepted', 'returned') AND ($1 IS NULL OR a.territory_id = $1) AND ($2 IS NULL OR a.org_id = $2)
  AND EXISTS (SELECT 1 FROM event v WHERE v.noun = 'assignment' AND v.noun_id = a.id AND v.verb = 'submit' AND v.at >= $3);

-- name: overview_documents one (drafts_all int, drafts_territory int?, scope_territory int?, scope_org int?, since int)
-- Documents that came in since a moment, drafts that wait, and their unsettled errors.
-- cols: n_new int, n_drafts int, n_errors int
SELECT COALESCE(SUM(CASE WHEN d.created_at >= $5 THEN 1 ELSE 0 END), 0) AS n_new,
       COALESCE(SUM(CASE WHEN d.status = 'draft' THEN 1 ELSE 0 END), 0) AS n_drafts,
       COALESCE(SUM(CASE WHEN d.status = 'draft' THEN (SELECT COUNT(*) FROM diagnostic g LEFT JOIN point p ON p.id = g.point_id
         WHERE g.document_id = d.id AND g.severity = 'error' AND g.settled_at IS NULL AND COALESCE(p.removed, 0) = 0) ELSE 0 END), 0) AS n_errors
FROM document d
WHERE ($1 = 1 AND ($2 IS NULL OR d.territory_id = $2)) OR ($3 IS NULL AND $4 IS NULL AND d.status <> 'draft')
   OR (d.status <> 'draft' AND EXISTS (SELECT 1 FROM assignment a WHERE a.document_id = d.id
       AND ($3 IS NULL OR a.territory_id = $3) AND ($4 IS NULL OR a.org_id = $4)));

-- name: assignment_events many (id int, n int)
-- The history of one assignment with that of its evidence and its extensions, newest first.
-- cols: user_name text
SELECT v.id, v.at, v.noun, v.verb, v.before, v.after, v.reason,
       u.full_name || CASE WHEN g.full_name IS NULL THEN '' ELSE ' (за: ' || g.full_name || ')' END AS user_name
FROM event v LEFT JOIN user_account u ON u.id = v.user_id LEFT JOIN user_account g ON g.id = v.for_user_id
WHERE v.id IN (SELECT w.id FROM event w WHERE w.noun = 'assignment' AND w.noun_id = $1
  UNION ALL SELECT w.id FROM evidence x JOIN event w ON w.noun = 'evidence' AND w.noun_id = x.id WHERE x.assignment_id = $1
  UNION ALL SELECT w.id FROM extension x JOIN event w ON w.noun = 'extension' AND w.noun_id = x.id WHERE x.assignment_id = $1)
ORDER BY v.id DESC LIMIT $2;
