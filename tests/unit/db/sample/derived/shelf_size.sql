CREATE TABLE shelf_size (
	shelf_id @int@ PRIMARY KEY,
	n @int@ NOT NULL
);
