-- History: the chain of events. core/history.c is its only user.

-- name: event_head_move execn (from_n int, n int, hash text)
-- Moves the end of the chain; no row when somebody else moved it meanwhile.
UPDATE event_head SET n = $2, hash = $3 WHERE id = 1 AND n = $1;

-- name: event_head one ()
-- Number of events and the last hash, as the last writer left them.
SELECT n, hash FROM event_head WHERE id = 1;

-- name: event_insert exec (id int, at int, user_id int?, noun text, noun_id int, verb text, before text?, after text?, reason text, prev_hash text, hash text, for_user_id int?)
-- One event; id and hashes come from the chain.
INSERT INTO event (id, at, user_id, noun, noun_id, verb, before, after, reason, prev_hash, hash, for_user_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: event_scan each ()
-- The whole chain in order, for the check.
SELECT id, at, user_id, noun, noun_id, verb, before, after, reason, prev_hash, hash, for_user_id FROM event ORDER BY id;

-- name: event_of many (noun text, noun_id int, n int)
-- The latest events of one fact, newest first.
-- cols: user_name text
SELECT v.id, v.at, v.user_id, u.full_name || CASE WHEN g.full_name IS NULL THEN '' ELSE ' (за: ' || g.full_name || ')' END AS user_name, v.noun, v.noun_id, v.verb, v.before, v.after, v.reason
FROM event v LEFT JOIN user_account u ON u.id = v.user_id LEFT JOIN user_account g ON g.id = v.for_user_id
WHERE v.noun = $1 AND v.noun_id = $2 ORDER BY v.id DESC LIMIT $3;

-- name: event_recent many (user_id int?, noun text?, since int?, until int?, w1 text, w2 text, n int, skip int)
-- The journal of the installation, newest first, for the audit page.
-- cols: user_name text
SELECT v.id, v.at, v.user_id, u.full_name || CASE WHEN g.full_name IS NULL THEN '' ELSE ' (за: ' || g.full_name || ')' END AS user_name, v.noun, v.noun_id, v.verb, v.before, v.after, v.reason
FROM event v LEFT JOIN user_account u ON u.id = v.user_id LEFT JOIN user_account g ON g.id = v.for_user_id
WHERE ($1 IS NULL OR v.user_id = $1) AND ($2 IS NULL OR v.noun = $2) AND ($3 IS NULL OR v.at >= $3) AND ($4 IS NULL OR v.at < $4)
  AND ($5 = '' OR REPLACE(u.search_key, $5, '') <> u.search_key) AND ($6 = '' OR REPLACE(u.search_key, $6, '') <> u.search_key)
ORDER BY v.id DESC LIMIT $7 OFFSET $8;

-- name: event_recent_count one (user_id int?, noun text?, since int?, until int?, w1 text, w2 text)
-- Number of rows of event_recent without paging.
-- cols: n int
SELECT COUNT(*) AS n FROM event v LEFT JOIN user_account u ON u.id = v.user_id
WHERE ($1 IS NULL OR v.user_id = $1) AND ($2 IS NULL OR v.noun = $2) AND ($3 IS NULL OR v.at >= $3) AND ($4 IS NULL OR v.at < $4)
  AND ($5 = '' OR REPLACE(u.search_key, $5, '') <> u.search_key) AND ($6 = '' OR REPLACE(u.search_key, $6, '') <> u.search_key);

-- name: event_one one (id int)
-- One event with the name of the person.
-- cols: user_name text
SELECT v.id, v.at, v.user_id, u.full_name || CASE WHEN g.full_name IS NULL THEN '' ELSE ' (за: ' || g.full_name || ')' END AS user_name, v.noun, v.noun_id, v.verb, v.before, v.after, v.reason
FROM event v LEFT JOIN user_account u ON u.id = v.user_id LEFT JOIN user_account g ON g.id = v.for_user_id WHERE v.id = $1;

-- name: event_last one ()
-- The end of the chain as it stands, for the quick check.
SELECT id, at, user_id, noun, noun_id, verb, before, after, reason, prev_hash, hash, for_user_id FROM event ORDER BY id DESC LIMIT 1;

-- name: event_as_of many (noun text, noun_id int?, at int)
-- The facts of a noun that existed at a moment: the last event of each not later than it.
SELECT noun_id, id, at, after FROM event
WHERE after IS NOT NULL AND id IN (
	SELECT MAX(id) FROM event WHERE noun = $1 AND ($2 IS NULL OR noun_id = $2) AND at <= $3 GROUP BY noun_id)
ORDER BY noun_id;
