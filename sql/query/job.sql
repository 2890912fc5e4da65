-- The queue of long work. core/job.c is its only user.

-- name: job_file one (hash text)
-- Bytes that arrived before.
SELECT id FROM file WHERE hash = $1;

-- name: job_file_put one (hash text, name text, media_type text, size int, bytes blob, at int, user_id int?)
-- Bytes of a job, as they arrived.
INSERT INTO file (hash, name, media_type, size, bytes, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id;

-- name: job_insert one (kind text, params text, at int, user_id int?, file_id int?)
-- A new job waits.
INSERT INTO job (kind, params, state, created_at, user_id, file_id) VALUES ($1, $2, 'waiting', $3, $4, $5) RETURNING id;

-- name: job_take one (at int, lost_before int)
-- The next job: one that waits, or one whose worker gave no sign of life. Two workers never get the same one.
UPDATE job SET state = 'running', started_at = $1, seen_at = $1, tries = tries + 1
WHERE id = (SELECT MIN(j.id) FROM job j WHERE j.state = 'waiting' OR (j.state = 'running' AND j.seen_at < $2))
  AND (state = 'waiting' OR (state = 'running' AND seen_at < $2))
RETURNING id, kind, params, tries, user_id, file_id;

-- name: job_bytes one (id int)
-- What a job works on.
SELECT name, bytes FROM file WHERE id = $1;

-- name: job_user one (id int)
-- Whose job it is.
SELECT id, login, full_name, active FROM user_account WHERE id = $1;

-- name: job_sign execn (id int, at int, progress int, message text)
-- A sign of life; nothing changes when the job was given to another worker.
UPDATE job SET seen_at = $2, progress = $3, message = $4 WHERE id = $1 AND state = 'running';

-- name: job_end exec (id int, state text, message text, at int, tries int)
-- Done or failed; a worker that lost the job to another one changes nothing.
UPDATE job SET state = $2, message = $3, finished_at = $4, progress = CASE WHEN $2 = 'done' THEN 100 ELSE progress END
WHERE id = $1 AND tries = $5;

-- name: job_one one (id int)
-- One job.
SELECT j.id, j.kind, j.state, j.progress, j.message, j.created_at, j.started_at, j.finished_at, j.user_id, f.name AS file_name
FROM job j LEFT JOIN file f ON f.id = j.file_id WHERE j.id = $1;

-- name: job_recent many (user_id int?, n int)
-- The latest jobs, of one person or of all.
SELECT j.id, j.kind, j.state, j.progress, j.message, j.created_at, j.started_at, j.finished_at, j.user_id, f.name AS file_name
FROM job j LEFT JOIN file f ON f.id = j.file_id WHERE ($1 IS NULL OR j.user_id = $1) ORDER BY j.id DESC LIMIT $2;
