-- People, roles, sessions, tries to log in. core/registry/user*.c and session.c are the only users.

-- name: user_one one (id int)
-- One person.
SELECT id, login, full_name, email, password_hash, active, must_change, created_at FROM user_account WHERE id = $1;

-- name: user_by_login one (login text)
-- One person by login (lower case).
SELECT id, login, full_name, email, password_hash, active, must_change, created_at FROM user_account WHERE login = $1;

-- name: user_page many (with_inactive int, w1 text, w2 text, w3 text, w4 text, n int, skip int)
-- A page of people.
SELECT id, login, full_name, email, active, must_change, created_at FROM user_account
WHERE ($1 = 1 OR active = 1)
  AND ($2 = '' OR REPLACE(search_key, $2, '') <> search_key) AND ($3 = '' OR REPLACE(search_key, $3, '') <> search_key)
  AND ($4 = '' OR REPLACE(search_key, $4, '') <> search_key) AND ($5 = '' OR REPLACE(search_key, $5, '') <> search_key)
ORDER BY sort_key, id LIMIT $6 OFFSET $7;

-- name: user_page_count one (with_inactive int, w1 text, w2 text, w3 text, w4 text)
-- Number of rows of user_page without paging.
-- cols: n int
SELECT COUNT(*) AS n FROM user_account
WHERE ($1 = 1 OR active = 1)
  AND ($2 = '' OR REPLACE(search_key, $2, '') <> search_key) AND ($3 = '' OR REPLACE(search_key, $3, '') <> search_key)
  AND ($4 = '' OR REPLACE(search_key, $4, '') <> search_key) AND ($5 = '' OR REPLACE(search_key, $5, '') <> search_key);

-- name: user_insert one (login text, full_name text, email text, password_hash text, must_change int, created_at int, sort_key text, search_key text)
-- A new person.
INSERT INTO user_account (login, full_name, email, password_hash, active, must_change, created_at, sort_key, search_key)
VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8) RETURNING id;

-- name: user_update exec (id int, full_name text, email text, sort_key text, search_key text)
-- Name and address.
UPDATE user_account SET full_name = $2, email = $3, sort_key = $4, search_key = $5 WHERE id = $1;

-- name: user_activate exec (id int, active int)
-- May log in or not.
UPDATE user_account SET active = $2 WHERE id = $1;

-- name: user_password exec (id int, password_hash text, must_change int)
-- A new password.
UPDATE user_account SET password_hash = $2, must_change = $3 WHERE id = $1;

-- name: user_roles many (user_id int)
-- Roles of one person with the names of where they hold.
SELECT r.id, r.user_id, r.role, r.territory_id, r.org_id, r.valid_from, r.valid_to, t.name AS territory_name, o.name AS org_name
FROM user_role r LEFT JOIN territory t ON t.id = r.territory_id LEFT JOIN org o ON o.id = r.org_id
WHERE r.user_id = $1 ORDER BY r.id;

-- name: user_roles_on many (user_id int, today text)
-- Roles in force on a day.
SELECT role, territory_id, org_id FROM user_role
WHERE user_id = $1 AND (valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to >= $2) ORDER BY id;

-- name: user_role_put one (user_id int, role text, territory_id int?, org_id int?, valid_from text?, valid_to text?)
-- Gives a role.
INSERT INTO user_role (user_id, role, territory_id, org_id, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: user_role_remove execn (id int, user_id int)
-- Takes a role away.
DELETE FROM user_role WHERE id = $1 AND user_id = $2;

-- name: session_insert exec (token_hash text, user_id int, csrf text, address text, at int, expires_at int)
-- A person has logged in.
INSERT INTO session (token_hash, user_id, csrf, address, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5, $6);

-- name: session_one one (token_hash text, now_at int)
-- A live session and its person.
SELECT s.csrf, s.expires_at, s.seen_at, u.id, u.login, u.full_name, u.must_change
FROM session s JOIN user_account u ON u.id = s.user_id
WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.active = 1;

-- name: session_move exec (token_hash text, seen_at int, expires_at int)
-- Moves the end of a session on.
UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1;

-- name: session_remove exec (token_hash text)
-- Logout.
DELETE FROM session WHERE token_hash = $1;

-- name: session_remove_user exec (user_id int)
-- Ends all sessions of a person.
DELETE FROM session WHERE user_id = $1;

-- name: session_remove_old exec (now_at int)
-- Sweeps what has ended.
DELETE FROM session WHERE expires_at <= $1;

-- name: login_failures one (login_key text, address text, since int)
-- Failed tries of a login, and of an address, since a moment.
-- cols: by_login int, by_address int
SELECT (SELECT COUNT(*) FROM login_attempt WHERE login_key = $1 AND at > $3 AND ok = 0) AS by_login,
       (SELECT COUNT(*) FROM login_attempt WHERE address = $2 AND at > $3 AND ok = 0) AS by_address;

-- name: login_note exec (login_key text, address text, at int, ok int)
-- One try.
INSERT INTO login_attempt (login_key, address, at, ok) VALUES ($1, $2, $3, $4);

-- name: login_forget exec (before int)
-- Sweeps old tries.
DELETE FROM login_attempt WHERE at <= $1;
