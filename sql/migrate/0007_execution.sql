-- Execution: evidence of what was done, moves of a deadline asked for, assignments handed down, deputies, many steps at once.

-- A derived assignment hangs below the one it serves and says its task in words of its own. submitted_at: the report that stands now.
ALTER TABLE assignment ADD COLUMN parent_id @int@ REFERENCES assignment(id);
ALTER TABLE assignment ADD COLUMN task TEXT NOT NULL DEFAULT '';
ALTER TABLE assignment ADD COLUMN submitted_at @int@;
CREATE INDEX assignment_by_parent ON assignment (parent_id);
UPDATE assignment SET submitted_at = (SELECT MAX(v.at) FROM event v
  WHERE v.noun = 'assignment' AND v.noun_id = assignment.id AND v.verb = 'submit') WHERE state IN ('submitted', 'accepted');

-- One proof. A file stands once in table file, whoever brought it; removed ones stay for the history.
CREATE TABLE evidence (
	id @id@,
	assignment_id @int@ NOT NULL REFERENCES assignment(id),
	kind TEXT NOT NULL CHECK (kind IN ('file', 'link', 'number', 'form')),
	demanded TEXT NOT NULL DEFAULT '',                    -- which of the point's document_types it is
	title TEXT NOT NULL DEFAULT '',                       -- words of who brought it
	file_id @int@ REFERENCES file(id),
	file_name TEXT NOT NULL DEFAULT '',                   -- as this person's file is called
	media_type TEXT NOT NULL DEFAULT '',                  -- by content
	size @int@ NOT NULL DEFAULT 0,
	link TEXT NOT NULL DEFAULT '',
	number @real@,
	unit TEXT NOT NULL DEFAULT '',
	text_state TEXT NOT NULL CHECK (text_state IN ('own', 'waiting', 'read', 'failed')), -- own: not from a file
	text TEXT NOT NULL DEFAULT '',                        -- what is searched; of a form: title, tab, answer a line
	text_note TEXT NOT NULL DEFAULT '',                   -- why a file was not read
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id),
	removed_at @int@,
	removed_by @int@ REFERENCES user_account(id)
);
CREATE INDEX evidence_by_assignment ON evidence (assignment_id, id);
CREATE INDEX evidence_by_file ON evidence (file_id);

-- A request for another deadline and what became of it.
CREATE TABLE extension (
	id @id@,
	assignment_id @int@ NOT NULL REFERENCES assignment(id),
	status TEXT NOT NULL CHECK (status IN ('asked', 'granted', 'refused', 'recalled')),
	old_due TEXT,
	asked_due TEXT NOT NULL,
	reason TEXT NOT NULL,
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id),
	given_due TEXT,                                       -- granted: maybe another day
	answer TEXT NOT NULL DEFAULT '',
	decided_at @int@,
	decided_by @int@ REFERENCES user_account(id),
	change_id @int@ REFERENCES due_change(id)
);
CREATE INDEX extension_by_assignment ON extension (assignment_id, id);
CREATE INDEX extension_by_status ON extension (status, id);

-- A deputy works for a person between two days, in the person's rights.
CREATE TABLE substitution (
	id @id@,
	user_id @int@ NOT NULL REFERENCES user_account(id),
	deputy_id @int@ NOT NULL REFERENCES user_account(id),
	since TEXT NOT NULL,
	until TEXT NOT NULL,
	reason TEXT NOT NULL,
	at @int@ NOT NULL,
	made_by @int@ REFERENCES user_account(id),
	ended_at @int@,
	ended_by @int@ REFERENCES user_account(id)
);
CREATE INDEX substitution_by_deputy ON substitution (deputy_id, since);
CREATE INDEX substitution_by_user ON substitution (user_id, since);
-- Whom the person works for now; the event keeps it, under its hash.
ALTER TABLE session ADD COLUMN for_user_id @int@ REFERENCES user_account(id);
ALTER TABLE event ADD COLUMN for_user_id @int@;

-- One act over many assignments, so that it can be taken back as one.
CREATE TABLE bulk_act (
	id @id@,
	act TEXT NOT NULL,
	n @int@ NOT NULL,
	note TEXT NOT NULL DEFAULT '',
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id),
	undone_at @int@,
	undone_by @int@ REFERENCES user_account(id)
);
CREATE TABLE bulk_row (
	id @id@,
	act_id @int@ NOT NULL REFERENCES bulk_act(id),
	assignment_id @int@ NOT NULL REFERENCES assignment(id),
	version @int@ NOT NULL                                -- of the assignment after the act: nobody went on since
);
CREATE INDEX bulk_row_by_act ON bulk_row (act_id);
