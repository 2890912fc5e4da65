CREATE TABLE loan (
	id @id@,
	book_id @int@ NOT NULL REFERENCES book(id), -- it's the book's
	reader TEXT NOT NULL
);
INSERT INTO shelf (name) VALUES ('новинки');
