-- Templates that people saved from their documents; those of soko are files in the binary.
CREATE TABLE document_template (
	id @id@,
	body TEXT NOT NULL,                                   -- form of core/template/template.h
	territory_id @int@ NOT NULL REFERENCES territory(id),
	created_at @int@ NOT NULL,
	created_by @int@ REFERENCES user_account(id),
	removed_at @int@
);
