-- A tiny library: the schema of the tests of db/ itself.
CREATE TABLE shelf (
	id @id@,
	name TEXT NOT NULL UNIQUE
);
CREATE TABLE book (
	id @id@,
	shelf_id @int@ NOT NULL REFERENCES shelf(id),
	title TEXT NOT NULL CHECK (title <> ''),
	year @int@,
	price @real@,
	note TEXT,
	cover @blob@
);
