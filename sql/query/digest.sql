-- Letters: one a person a day, taken and recorded so that none is lost. core/remind is the only user.

-- name: digest_people many (day text, since text)
-- People with an address and news that no letter told yet, who have no letter of the day; a deputy's address stands before their own.
-- cols: email text
SELECT u.id, COALESCE((SELECT p.email FROM substitution s JOIN user_account p ON p.id = s.deputy_id WHERE s.user_id = u.id AND s.ended_at IS NULL
    AND s.since <= $1 AND s.until >= $1 AND p.active = 1 AND p.email <> '' ORDER BY s.id LIMIT 1), u.email) AS email, u.full_name FROM user_account u
WHERE u.active = 1 AND u.email <> '' AND NOT EXISTS (SELECT 1 FROM digest d WHERE d.user_id = u.id AND d.day = $1)
  AND EXISTS (SELECT 1 FROM notice n JOIN assignment a ON a.id = n.assignment_id WHERE n.user_id = u.id AND n.read_at IS NULL AND n.digest_id IS NULL AND n.day >= $2
    AND a.due_date = n.due_date AND a.state IN ('assigned', 'working', 'returned')) ORDER BY u.id;

-- name: digest_add many (user_id int, day text, email text, at int, message_id text)
-- The letter of a day; nothing when another worker made it.
INSERT INTO digest (user_id, day, email, state, n, next_at, message_id, made_at) VALUES ($1, $2, $3, 'waiting', 0, $4, $5, $4)
ON CONFLICT DO NOTHING RETURNING id;

-- name: digest_attach execn (digest_id int, user_id int, since text)
-- News go into a letter: not read, not told by another one, and still so.
UPDATE notice SET digest_id = $1 WHERE user_id = $2 AND read_at IS NULL AND digest_id IS NULL AND day >= $3
  AND EXISTS (SELECT 1 FROM assignment a WHERE a.id = notice.assignment_id AND a.due_date = notice.due_date AND a.state IN ('assigned', 'working', 'returned'));

-- name: digest_count exec (id int, n int)
-- How many are in it.
UPDATE digest SET n = $2 WHERE id = $1;

-- name: digest_take many (at int, lost_before int)
-- The next letter: one that waits, or one whose sender gave no sign of life. Two workers never get the same one.
UPDATE digest SET state = 'sending', taken_at = $1, tries = tries + 1, unsure = unsure + CASE WHEN state = 'sending' THEN 1 ELSE 0 END
WHERE id = (SELECT MIN(d.id) FROM digest d WHERE (d.state = 'waiting' AND d.next_at <= $1) OR (d.state = 'sending' AND d.taken_at < $2))
  AND ((state = 'waiting' AND next_at <= $1) OR (state = 'sending' AND taken_at < $2))
RETURNING id, user_id, day, email, n, tries, unsure, message_id, made_at;

-- name: digest_end execn (id int, tries int, state text, error text, next_at int, sent_at int?)
-- What became of a try; a sender that lost the letter to another one changes nothing.
UPDATE digest SET state = $3, error = $4, next_at = $5, sent_at = $6 WHERE id = $1 AND tries = $2 AND state = 'sending';

-- name: digest_again execn (id int, at int)
-- A failed letter is tried anew.
UPDATE digest SET state = 'waiting', tries = 0, unsure = 0, next_at = $2 WHERE id = $1 AND state = 'failed';

-- name: digest_lines many (digest_id int)
-- What a letter tells: one row for all organisations of a point, step and due day.
-- cols: id int, activity text, assignment_id int, n int, n_unread int, n_open int, org_name text
SELECT MIN(n.id) AS id, n.code, n.rule, n.audience, n.day, n.due_date, a.point_id, p.clause, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END AS activity, d.id AS document_id, d.kind, d.number, d.doc_date,
       MIN(a.id) AS assignment_id, COUNT(*) AS n, SUM(CASE WHEN n.read_at IS NULL THEN 1 ELSE 0 END) AS n_unread,
       SUM(CASE WHEN a.state IN ('assigned', 'working', 'returned') AND a.due_date = n.due_date THEN 1 ELSE 0 END) AS n_open, MIN(o.name) AS org_name
FROM notice n JOIN assignment a ON a.id = n.assignment_id JOIN point p ON p.id = a.point_id JOIN document d ON d.id = a.document_id JOIN org o ON o.id = a.org_id
WHERE n.digest_id = $1
GROUP BY n.code, n.rule, n.audience, n.day, n.due_date, a.point_id, p.clause, CASE WHEN a.task <> '' THEN a.task ELSE p.activity END, d.id, d.kind, d.number, d.doc_date, d.sort_key
ORDER BY n.due_date, d.sort_key, a.point_id, MIN(n.id);

-- name: digest_recent many (n int)
-- The latest letters.
SELECT d.id, d.user_id, u.full_name, d.email, d.day, d.state, d.n, d.tries, d.unsure, d.next_at, d.error, d.made_at, d.sent_at
FROM digest d JOIN user_account u ON u.id = d.user_id ORDER BY CASE WHEN d.state = 'failed' THEN 0 WHEN d.state = 'sent' THEN 2 ELSE 1 END, d.id DESC LIMIT $1;

-- name: digest_states one ()
-- Letters by what became of them.
-- cols: n_waiting int, n_sent int, n_failed int
SELECT COALESCE(SUM(CASE WHEN state IN ('waiting', 'sending') THEN 1 ELSE 0 END), 0) AS n_waiting,
       COALESCE(SUM(CASE WHEN state = 'sent' THEN 1 ELSE 0 END), 0) AS n_sent, COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) AS n_failed FROM digest;
