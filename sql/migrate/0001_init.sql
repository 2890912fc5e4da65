-- Facts of soko, first edition. Tokens of the DDL: @id@ key made by the engine, @int@ 64-bit integer, @real@ double, @blob@ bytes.
-- Times are UTC seconds, dates are ISO text, flags are 0/1. *_key columns hold text/fold.h keys: sorting and search never depend on an engine's locale.

-- Registry --------------------------------------------------------------------------------------------------------

CREATE TABLE territory (
	id @id@,
	parent_id @int@ REFERENCES territory(id),            -- NULL for the region itself
	kind TEXT NOT NULL CHECK (kind IN ('region', 'municipality')),
	code TEXT NOT NULL DEFAULT '',                        -- regRR_mNNN, OKTMO or own code
	name TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	search_key TEXT NOT NULL UNIQUE
);

CREATE TABLE org (
	id @id@,
	territory_id @int@ NOT NULL REFERENCES territory(id),
	parent_id @int@ REFERENCES org(id),                   -- a unit of a department
	kind TEXT NOT NULL CHECK (kind IN ('department', 'operator', 'municipal', 'unit', 'school', 'other')),
	name TEXT NOT NULL,
	short_name TEXT NOT NULL DEFAULT '',
	sort_key TEXT NOT NULL,
	search_key TEXT NOT NULL,
	head TEXT NOT NULL DEFAULT '',                        -- name of the head as in orders
	valid_from TEXT,
	valid_to TEXT,
	provisional @int@ NOT NULL DEFAULT 0                  -- made by an import, waits for the clerk
);
CREATE INDEX org_by_territory ON org (territory_id, kind, sort_key);

CREATE TABLE org_ident (
	id @id@,
	org_id @int@ NOT NULL REFERENCES org(id),
	system TEXT NOT NULL,                                 -- fis_oko, inn, ogrn, oktmo, own …
	value TEXT NOT NULL,                                  -- normalised: six digits for fis_oko
	written TEXT NOT NULL DEFAULT '',                     -- as it stood in the source: sch…, edu…
	valid_from TEXT,
	valid_to TEXT,
	UNIQUE (system, value)
);
CREATE INDEX org_ident_by_org ON org_ident (org_id);

-- Other names under which documents speak of an organisation («МКУ «ЦРО»»).
CREATE TABLE org_alias (
	id @id@,
	org_id @int@ NOT NULL REFERENCES org(id),
	name TEXT NOT NULL,
	search_key TEXT NOT NULL UNIQUE
);

-- Membership of conditional sets («ОО, имеющие признаки необъективности») with its reason and dates.
CREATE TABLE org_tag (
	id @id@,
	org_id @int@ NOT NULL REFERENCES org(id),
	tag TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT,
	source TEXT NOT NULL,
	UNIQUE (org_id, tag, valid_from)
);

-- People ----------------------------------------------------------------------------------------------------------

CREATE TABLE user_account (
	id @id@,
	login TEXT NOT NULL UNIQUE,
	full_name TEXT NOT NULL,
	email TEXT NOT NULL DEFAULT '',
	password_hash TEXT NOT NULL,
	active @int@ NOT NULL DEFAULT 1,
	must_change @int@ NOT NULL DEFAULT 0,
	created_at @int@ NOT NULL,
	sort_key TEXT NOT NULL,
	search_key TEXT NOT NULL
);

CREATE TABLE user_role (
	id @id@,
	user_id @int@ NOT NULL REFERENCES user_account(id),
	role TEXT NOT NULL,
	territory_id @int@ REFERENCES territory(id),
	org_id @int@ REFERENCES org(id),
	valid_from TEXT,
	valid_to TEXT
);
CREATE INDEX user_role_by_user ON user_role (user_id);

CREATE TABLE session (
	token_hash TEXT PRIMARY KEY,
	user_id @int@ NOT NULL REFERENCES user_account(id),
	csrf TEXT NOT NULL,
	address TEXT NOT NULL DEFAULT '',
	created_at @int@ NOT NULL,
	seen_at @int@ NOT NULL,
	expires_at @int@ NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE login_attempt (
	id @id@,
	login_key TEXT NOT NULL,
	address TEXT NOT NULL,
	at @int@ NOT NULL,
	ok @int@ NOT NULL
);
CREATE INDEX login_attempt_by_login ON login_attempt (login_key, at);
CREATE INDEX login_attempt_by_address ON login_attempt (address, at);

-- History: every change of a fact, chained by hashes ---------------------------------------------------------------

CREATE TABLE event (
	id @int@ PRIMARY KEY,                                 -- 1, 2, 3 … without gaps
	at @int@ NOT NULL,
	user_id @int@,                                        -- NULL: the program itself
	noun TEXT NOT NULL,                                   -- table name of the fact
	noun_id @int@ NOT NULL,
	verb TEXT NOT NULL,                                   -- create, change, confirm, undo, login …
	before TEXT,                                          -- JSON of the fact, NULL when it did not exist
	after TEXT,                                           -- JSON of the fact, NULL when it is gone
	reason TEXT NOT NULL DEFAULT '',
	prev_hash TEXT NOT NULL,
	hash TEXT NOT NULL
);
CREATE INDEX event_by_noun ON event (noun, noun_id, id);
CREATE INDEX event_by_time ON event (at);

-- One row: the end of the chain, so that cut-off last events are noticed and writers queue here.
CREATE TABLE event_head (
	id @int@ PRIMARY KEY CHECK (id = 1),
	n @int@ NOT NULL,
	hash TEXT NOT NULL
);
INSERT INTO event_head (id, n, hash) VALUES (1, 0, '');

-- Files as they arrived --------------------------------------------------------------------------------------------

CREATE TABLE file (
	id @id@,
	hash TEXT NOT NULL UNIQUE,                            -- BLAKE2b-256 of the bytes
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size @int@ NOT NULL,
	bytes @blob@ NOT NULL,
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id)
);

-- Documents --------------------------------------------------------------------------------------------------------

CREATE TABLE document (
	id @id@,
	kind TEXT NOT NULL,                                   -- order, directive, resolution, letter, protocol, roadmap, plan, other
	number TEXT NOT NULL DEFAULT '',
	doc_date TEXT,
	title TEXT NOT NULL DEFAULT '',
	issuer TEXT NOT NULL DEFAULT '',
	place TEXT NOT NULL DEFAULT '',
	signatory_name TEXT NOT NULL DEFAULT '',
	signatory_post TEXT NOT NULL DEFAULT '',
	controller TEXT NOT NULL DEFAULT '',
	plan_start TEXT,
	plan_end TEXT,
	status TEXT NOT NULL CHECK (status IN ('draft', 'confirmed', 'cancelled')),
	territory_id @int@ NOT NULL REFERENCES territory(id), -- whose document it is
	org_id @int@ REFERENCES org(id),                      -- author, when known
	parent_id @int@ REFERENCES document(id),              -- «во исполнение»
	file_id @int@ REFERENCES file(id),
	text TEXT NOT NULL,                                   -- UTF-8; all spans are byte offsets into it
	parsed TEXT NOT NULL,                                 -- what the reader saw: JSON assignments/1.0
	search_key TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	created_at @int@ NOT NULL,
	created_by @int@ REFERENCES user_account(id),
	confirmed_at @int@,
	confirmed_by @int@ REFERENCES user_account(id),
	version @int@ NOT NULL DEFAULT 1                      -- grows with every change: concurrent edits are noticed
);
CREATE INDEX document_by_status ON document (status, doc_date);
CREATE INDEX document_by_territory ON document (territory_id, doc_date);

CREATE TABLE document_part (
	id @id@,
	document_id @int@ NOT NULL REFERENCES document(id),
	seq @int@ NOT NULL,
	code TEXT NOT NULL,                                   -- main, annex-1 …
	kind TEXT NOT NULL,
	title TEXT NOT NULL DEFAULT '',
	number TEXT NOT NULL DEFAULT '',
	part_date TEXT,
	UNIQUE (document_id, code)
);

CREATE TABLE document_basis (
	id @id@,
	document_id @int@ NOT NULL REFERENCES document(id),
	seq @int@ NOT NULL,
	text TEXT NOT NULL,
	kind TEXT NOT NULL DEFAULT '',
	number TEXT NOT NULL DEFAULT '',
	act_date TEXT
);
CREATE INDEX document_basis_by_document ON document_basis (document_id, seq);

CREATE TABLE point (
	id @id@,
	document_id @int@ NOT NULL REFERENCES document(id),
	part TEXT NOT NULL,
	seq @int@ NOT NULL,
	type TEXT NOT NULL,                                   -- task, approval, control, cancellation, entry_into_force, information, commitment
	clause TEXT NOT NULL DEFAULT '',
	section TEXT NOT NULL DEFAULT '',
	activity TEXT NOT NULL,
	items TEXT NOT NULL DEFAULT '',                       -- sub-bullets, one a line
	responsible_source TEXT NOT NULL DEFAULT 'own',
	document_types TEXT NOT NULL DEFAULT '',              -- kinds of evidence, one a line
	expected_result TEXT NOT NULL DEFAULT '',
	search_key TEXT NOT NULL,
	span_start @int@ NOT NULL,
	span_end @int@ NOT NULL,
	confidence @real@ NOT NULL,
	edited @int@ NOT NULL DEFAULT 0,                      -- a person changed it
	removed @int@ NOT NULL DEFAULT 0,                     -- a person struck it out; kept for the history
	version @int@ NOT NULL DEFAULT 1
);
CREATE INDEX point_by_document ON point (document_id, seq);

CREATE TABLE point_responsible (
	id @id@,
	point_id @int@ NOT NULL REFERENCES point(id),
	seq @int@ NOT NULL,
	name TEXT NOT NULL DEFAULT '',
	person TEXT NOT NULL DEFAULT '',
	lead @int@ NOT NULL DEFAULT 0,
	rule TEXT NOT NULL DEFAULT '',                        -- how the set of organisations is found: all_schools, all_municipal, tag:bias, org, none
	org_id @int@ REFERENCES org(id),                      -- when rule = org
	span_start @int@ NOT NULL DEFAULT 0,
	span_end @int@ NOT NULL DEFAULT 0,
	confidence @real@ NOT NULL
);
CREATE INDEX point_responsible_by_point ON point_responsible (point_id, seq);

CREATE TABLE point_deadline (
	id @id@,
	point_id @int@ NOT NULL REFERENCES point(id),
	seq @int@ NOT NULL,
	text TEXT NOT NULL,
	label TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL,
	start_date TEXT,
	end_date TEXT,
	due_time TEXT NOT NULL DEFAULT '',
	recurrence TEXT NOT NULL DEFAULT '',
	anchor TEXT NOT NULL DEFAULT '',
	distance TEXT NOT NULL DEFAULT '',                    -- the schema's "offset"
	then_continuous @int@ NOT NULL DEFAULT 0,
	year_rule TEXT NOT NULL DEFAULT 'none',
	approximate @int@ NOT NULL DEFAULT 0,
	problem TEXT NOT NULL DEFAULT '',
	fragment TEXT NOT NULL DEFAULT '',
	proposal_kind TEXT NOT NULL DEFAULT '',
	proposal_start TEXT,
	proposal_end TEXT,
	proposal_recurrence TEXT NOT NULL DEFAULT '',
	inherited_from TEXT NOT NULL DEFAULT '',
	span_start @int@ NOT NULL DEFAULT 0,
	span_end @int@ NOT NULL DEFAULT 0,
	confidence @real@ NOT NULL
);
CREATE INDEX point_deadline_by_point ON point_deadline (point_id, seq);

CREATE TABLE point_indicator (
	id @id@,
	point_id @int@ NOT NULL REFERENCES point(id),
	seq @int@ NOT NULL,
	text TEXT NOT NULL,
	name TEXT NOT NULL DEFAULT '',
	comparison TEXT NOT NULL DEFAULT '',
	target @real@,
	unit TEXT NOT NULL DEFAULT ''
);
CREATE INDEX point_indicator_by_point ON point_indicator (point_id, seq);

CREATE TABLE diagnostic (
	id @id@,
	document_id @int@ NOT NULL REFERENCES document(id),
	point_id @int@ REFERENCES point(id),
	code TEXT NOT NULL,
	severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
	field TEXT NOT NULL DEFAULT '',
	fragment TEXT NOT NULL DEFAULT '',
	message TEXT NOT NULL,
	span_start @int@ NOT NULL DEFAULT 0,
	span_end @int@ NOT NULL DEFAULT 0,
	settled_at @int@,                                     -- a person accepted a proposal or said it is right as it stands
	settled_by @int@ REFERENCES user_account(id)
);
CREATE INDEX diagnostic_by_document ON diagnostic (document_id, id);

-- Control: one row a point, organisation and due date ----------------------------------------------------------------

CREATE TABLE assignment (
	id @id@,
	document_id @int@ NOT NULL REFERENCES document(id),
	point_id @int@ NOT NULL REFERENCES point(id),
	deadline_id @int@ REFERENCES point_deadline(id),
	org_id @int@ NOT NULL REFERENCES org(id),
	territory_id @int@ NOT NULL REFERENCES territory(id), -- of the organisation, for filters
	lead @int@ NOT NULL DEFAULT 1,
	due_date TEXT,                                        -- NULL: open-ended, by schedule, on an event
	state TEXT NOT NULL CHECK (state IN ('assigned', 'working', 'submitted', 'accepted', 'returned', 'withdrawn')),
	why TEXT NOT NULL,                                    -- rule by which this organisation and this date were chosen
	created_at @int@ NOT NULL,
	state_at @int@ NOT NULL,
	state_by @int@ REFERENCES user_account(id),
	state_note TEXT NOT NULL DEFAULT '',
	version @int@ NOT NULL DEFAULT 1
);
CREATE INDEX assignment_by_org ON assignment (org_id, state, due_date);
CREATE INDEX assignment_by_territory ON assignment (territory_id, state, due_date);
CREATE INDEX assignment_by_due ON assignment (due_date, state);
CREATE INDEX assignment_by_point ON assignment (point_id, org_id);
CREATE INDEX assignment_by_document ON assignment (document_id);

-- Results ------------------------------------------------------------------------------------------------------------

CREATE TABLE test (
	id @id@,
	procedure TEXT NOT NULL,                              -- vpr, oge, ege, niko …
	year @int@ NOT NULL,
	grade @int@ NOT NULL,
	subject TEXT NOT NULL,
	subject_key TEXT NOT NULL,
	form TEXT NOT NULL DEFAULT '',
	max_total @int@ NOT NULL,
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed')),
	UNIQUE (procedure, year, grade, subject_key, form)
);

CREATE TABLE test_item (
	id @id@,
	test_id @int@ NOT NULL REFERENCES test(id),
	seq @int@ NOT NULL,
	label TEXT NOT NULL,
	max_score @int@ NOT NULL,
	level TEXT NOT NULL DEFAULT '',
	content_codes TEXT NOT NULL DEFAULT '',
	requirement_codes TEXT NOT NULL DEFAULT '',
	skill TEXT NOT NULL DEFAULT '',
	UNIQUE (test_id, seq)
);

CREATE TABLE test_scale (
	id @id@,
	test_id @int@ NOT NULL REFERENCES test(id),
	min3 @int@ NOT NULL,
	min4 @int@ NOT NULL,
	min5 @int@ NOT NULL,
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed')),
	in_force @int@ NOT NULL DEFAULT 1
);
CREATE INDEX test_scale_by_test ON test_scale (test_id, in_force);

CREATE TABLE load (
	id @id@,
	kind TEXT NOT NULL CHECK (kind IN ('registry', 'results')),
	file_id @int@ REFERENCES file(id),
	file_name TEXT NOT NULL,
	profile TEXT NOT NULL DEFAULT '',
	encoding TEXT NOT NULL DEFAULT '',
	test_id @int@ REFERENCES test(id),
	status TEXT NOT NULL CHECK (status IN ('done', 'undone')),
	n_read @int@ NOT NULL,
	n_stored @int@ NOT NULL,
	n_changed @int@ NOT NULL,
	n_unchanged @int@ NOT NULL,
	n_rejected @int@ NOT NULL,
	duration_ms @int@ NOT NULL DEFAULT 0,
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id),
	undone_at @int@,
	undone_by @int@ REFERENCES user_account(id)
);
CREATE INDEX load_by_time ON load (at);

-- Causes of a load, grouped: one row a code, with the Excel rows it concerns.
CREATE TABLE load_issue (
	id @id@,
	load_id @int@ NOT NULL REFERENCES load(id),
	code TEXT NOT NULL,
	severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
	message TEXT NOT NULL,
	n @int@ NOT NULL,
	sheet TEXT NOT NULL DEFAULT '',
	row_list TEXT NOT NULL,                               -- «12, 15–18, …»
	sample TEXT NOT NULL DEFAULT ''
);
CREATE INDEX load_issue_by_load ON load_issue (load_id);

-- One protocol (school × test) = one blob; an undone or replaced one stays, inactive.
CREATE TABLE protocol (
	id @id@,
	test_id @int@ NOT NULL REFERENCES test(id),
	org_id @int@ NOT NULL REFERENCES org(id),
	load_id @int@ NOT NULL REFERENCES load(id),
	replaces_id @int@ REFERENCES protocol(id),
	active @int@ NOT NULL,
	n_rows @int@ NOT NULL,
	hash TEXT NOT NULL,
	rows @blob@ NOT NULL
);
CREATE UNIQUE INDEX protocol_active ON protocol (test_id, org_id) WHERE active = 1;
CREATE INDEX protocol_by_load ON protocol (load_id);
CREATE INDEX protocol_by_org ON protocol (org_id, active);

-- Jobs and settings ----------------------------------------------------------------------------------------------------

CREATE TABLE job (
	id @id@,
	kind TEXT NOT NULL,
	params TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
	progress @int@ NOT NULL DEFAULT 0,                    -- per cent
	message TEXT NOT NULL DEFAULT '',
	created_at @int@ NOT NULL,
	started_at @int@,
	seen_at @int@,                                        -- last sign of life of the worker: an old one frees the job
	tries @int@ NOT NULL DEFAULT 0,
	finished_at @int@,
	user_id @int@ REFERENCES user_account(id),
	file_id @int@ REFERENCES file(id)                     -- bytes it works on
);
CREATE INDEX job_by_state ON job (state, id);

CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	source TEXT NOT NULL,                                 -- act, person or «assumed»
	changed_at @int@ NOT NULL
);
