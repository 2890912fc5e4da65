-- When things are due: production calendar and school terms with their sources, rules of territories, and every move of a due day.
-- status: official, secondhand, regional, derived (follows from a law by itself), assumed. territory_id NULL: the whole country.

-- Holidays that come every year (ст. 112 ТК РФ).
CREATE TABLE calendar_holiday (
	id @id@,
	month @int@ NOT NULL,
	day @int@ NOT NULL,
	title TEXT NOT NULL,
	since_year @int@ NOT NULL DEFAULT 0,                  -- in force from that year
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed')),
	UNIQUE (month, day)
);

-- Single days that are not what weekday and holidays say: transfers, regional days off.
CREATE TABLE calendar_day (
	id @id@,
	territory_id @int@ REFERENCES territory(id),
	day TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
	title TEXT NOT NULL DEFAULT '',
	moved_from TEXT,                                      -- the day off that was moved here; of a working day: where its day off went
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed'))
);
CREATE UNIQUE INDEX calendar_day_once ON calendar_day (COALESCE(territory_id, 0), day);

-- Years whose transfers are known. Without a row a year follows from ст. 112 alone, and says so.
CREATE TABLE calendar_year (
	year @int@ PRIMARY KEY,
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed')),
	note TEXT NOT NULL DEFAULT ''
);

-- Terms of the school year. school_year 0: every year, days written MM-DD; else its first year, ISO days.
CREATE TABLE school_term (
	id @id@,
	territory_id @int@ REFERENCES territory(id),
	school_year @int@ NOT NULL DEFAULT 0,
	kind TEXT NOT NULL CHECK (kind IN ('quarter', 'trimester', 'half')),
	number @int@ NOT NULL,
	start_day TEXT NOT NULL,
	end_day TEXT NOT NULL,
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed'))
);
CREATE UNIQUE INDEX school_term_once ON school_term (COALESCE(territory_id, 0), school_year, kind, number);

-- Choices a territory may make about due days (CONVENTIONS §11): name, value and who decided so.
CREATE TABLE calendar_rule (
	id @id@,
	territory_id @int@ REFERENCES territory(id),
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed'))
);
CREATE UNIQUE INDEX calendar_rule_once ON calendar_rule (COALESCE(territory_id, 0), name);

-- «Событие наступило»: the day of an event that deadlines wait for.
CREATE TABLE named_event (
	id @id@,
	territory_id @int@ NOT NULL REFERENCES territory(id), -- whose documents it concerns
	document_id @int@ REFERENCES document(id),            -- only this one; NULL: all of the territory
	anchor_key TEXT NOT NULL,
	anchor TEXT NOT NULL,
	happened TEXT NOT NULL,
	grace @int@ NOT NULL DEFAULT 0,                       -- days given when the document names none («после X»)
	source TEXT NOT NULL,
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id)
);
CREATE INDEX named_event_by_key ON named_event (anchor_key, territory_id);

-- «По графику»: days of a deadline, for one organisation or for all of them.
CREATE TABLE schedule_day (
	id @id@,
	deadline_id @int@ NOT NULL REFERENCES point_deadline(id),
	org_id @int@ REFERENCES org(id),
	day TEXT NOT NULL,
	source TEXT NOT NULL,
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id)
);
CREATE UNIQUE INDEX schedule_day_once ON schedule_day (deadline_id, COALESCE(org_id, 0), day);

-- Due days that changed after the assignment was born. The first old_due of an assignment is the day it was confirmed with.
CREATE TABLE due_change (
	id @id@,
	kind TEXT NOT NULL CHECK (kind IN ('calendar', 'event', 'schedule', 'extension')),
	territory_id @int@ REFERENCES territory(id),
	document_id @int@ REFERENCES document(id),
	reason TEXT NOT NULL,
	n @int@ NOT NULL,
	digest TEXT NOT NULL DEFAULT '',                      -- of its moves, sealed by its event
	at @int@ NOT NULL,
	user_id @int@ REFERENCES user_account(id)
);
CREATE TABLE due_move (
	id @id@,
	change_id @int@ NOT NULL REFERENCES due_change(id),
	assignment_id @int@ NOT NULL REFERENCES assignment(id),
	old_due TEXT,
	new_due TEXT,
	why TEXT NOT NULL,
	at @int@ NOT NULL
);
CREATE INDEX due_move_by_assignment ON due_move (assignment_id, id);
CREATE INDEX due_move_by_change ON due_move (change_id);

-- The day the rule itself gives, before a day off or a term moved it: by it an occurrence is known again.
ALTER TABLE assignment ADD COLUMN base_date TEXT;
UPDATE assignment SET base_date = due_date;
-- one more occurrence for an organisation is looked up by all three
CREATE INDEX assignment_by_deadline ON assignment (deadline_id, org_id, base_date);
