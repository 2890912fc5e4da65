-- Example of a query file: every form tools/sqlc knows, on the tiny library of 0001_shelf.sql.

-- name: shelf_insert one (name text)
-- A new shelf; RETURNING makes it a `one`.
INSERT INTO shelf (name) VALUES ($1) RETURNING id;

-- name: book_insert one (shelf_id int, title text, year int?, price real?, note text?, cover blob?)
-- A new book. `?`: DB_NULL_INT, NaN and STR_NONE become NULL.
INSERT INTO book (shelf_id, title, year, price, note, cover) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: book_by_id one (id int)
-- One book; EC_NOTFOUND when there is none.
SELECT id, shelf_id, title, year, price, note, cover FROM book WHERE id = $1;

-- name: book_list many (shelf_id int?, text_part text?, from_year int?, n int, skip int)
-- Books by optional filters, sorted and paged: one statement a column and direction, all known to the build.
-- sort: title, year, shelf = s.name
SELECT b.id, b.title, b.year, s.name AS shelf_name FROM book b JOIN shelf s ON s.id = b.shelf_id
WHERE ($1 IS NULL OR b.shelf_id = $1) AND ($2 IS NULL OR strpos(b.title, $2) > 0) AND ($3 IS NULL OR b.year >= $3)
ORDER BY $ORDER$, b.id LIMIT $4 OFFSET $5;

-- name: book_stat one ()
-- Expressions have no declared type: `-- cols:` gives it.
-- cols: n int, mean real, newest int, seen int
SELECT COUNT(*) AS n, AVG(CAST(year AS DOUBLE PRECISION)) AS mean, MAX(year) AS newest, SUM(year) AS seen FROM book;

-- name: book_move exec (id int, shelf_id int)
-- Puts a book on another shelf.
UPDATE book SET shelf_id = $2 WHERE id = $1;

-- name: book_drop_before execn (year int)
-- Removes old books and says how many.
DELETE FROM book WHERE year < $1;

-- name: book_scan each ()
-- All books, a row at a time, for scans that do not fit into memory.
SELECT id, title, cover FROM book ORDER BY id;

-- name: shelf_size_put exec (shelf_id int, n int)
-- A derived number; the second write wins.
INSERT INTO shelf_size (shelf_id, n) VALUES ($1, $2) ON CONFLICT (shelf_id) DO UPDATE SET n = excluded.n;

-- name: shelf_count one ()
-- How many shelves.
-- cols: n int
SELECT COUNT(*) AS n FROM shelf;

-- name: shelf_size_count one ()
-- How many derived rows.
-- cols: n int
SELECT COUNT(*) AS n FROM shelf_size;
