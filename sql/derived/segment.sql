-- Works of many protocols of one test packed together, for scanning a whole test: core/result/segment.h.
-- Made from protocols; a test has segments exactly while segment_test has its row.
CREATE TABLE segment (
	id @id@,
	test_id @int@ NOT NULL,
	n_works @int@ NOT NULL,
	rows @blob@ NOT NULL
);
CREATE INDEX segment_by_test ON segment (test_id);

CREATE TABLE segment_test (
	test_id @int@ NOT NULL PRIMARY KEY,
	n_protocols @int@ NOT NULL
);
