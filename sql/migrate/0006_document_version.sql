-- Versions of a document («новая редакция»): each keeps its file, text and reading. Rows begin with the second version: the first
-- one is written beside it then.
CREATE TABLE document_version (
	id @id@,
	document_id @int@ NOT NULL REFERENCES document(id),
	seq @int@ NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('applied', 'proposed', 'dropped')),
	file_id @int@ REFERENCES file(id),
	file_name TEXT NOT NULL,
	text TEXT NOT NULL,
	parsed TEXT NOT NULL,                                 -- what the reader saw: JSON assignments/1.0
	created_at @int@ NOT NULL,
	created_by @int@ REFERENCES user_account(id),
	decided_at @int@,
	decided_by @int@ REFERENCES user_account(id),
	UNIQUE (document_id, seq)
);
