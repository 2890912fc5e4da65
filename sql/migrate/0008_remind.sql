-- Reminding: who is told of what and when, letters once a day, calendars by secret link.

-- Steps of reminding, by the due day. territory_id NULL: everybody; a territory's own row of the code stands before it.
CREATE TABLE remind_step (
	id @id@,
	territory_id @int@ REFERENCES territory(id),
	code TEXT NOT NULL,
	days @int@ NOT NULL,                                  -- of the due day: -7 before it, 0 on it, 3 after it
	counting TEXT NOT NULL CHECK (counting IN ('calendar', 'work')),
	audience TEXT NOT NULL CHECK (audience IN ('executor', 'controller', 'head')),
	active @int@ NOT NULL DEFAULT 1,
	source TEXT NOT NULL,
	source_date TEXT,
	status TEXT NOT NULL CHECK (status IN ('official', 'secondhand', 'regional', 'derived', 'assumed'))
);
CREATE UNIQUE INDEX remind_step_once ON remind_step (COALESCE(territory_id, 0), code);
INSERT INTO remind_step (territory_id, code, days, counting, audience, source, status) VALUES
	(NULL, 'b7', -7, 'calendar', 'executor', 'правило soko: упреждающий контроль за неделю', 'assumed'),
	(NULL, 'b3', -3, 'calendar', 'executor', 'правило soko: упреждающий контроль за три дня', 'assumed'),
	(NULL, 'b1', -1, 'work', 'executor', 'правило soko: упреждающий контроль накануне', 'assumed'),
	(NULL, 'd0', 0, 'calendar', 'executor', 'правило soko: день срока', 'assumed'),
	(NULL, 'a1', 1, 'work', 'executor', 'правило soko: срок прошёл', 'assumed'),
	(NULL, 'a3', 3, 'work', 'controller', 'правило soko: через три рабочих дня узнаёт контролёр', 'assumed'),
	(NULL, 'a10', 10, 'work', 'head', 'правило soko: через десять рабочих дней узнаёт руководитель', 'assumed');

-- Named recipients of a territory in place of those the rule finds.
CREATE TABLE remind_appointed (
	id @id@,
	territory_id @int@ NOT NULL REFERENCES territory(id),
	audience TEXT NOT NULL CHECK (audience IN ('controller', 'head')),
	user_id @int@ NOT NULL REFERENCES user_account(id),
	source TEXT NOT NULL,
	at @int@ NOT NULL,
	UNIQUE (territory_id, audience, user_id)
);

-- One letter a person a day.
CREATE TABLE digest (
	id @id@,
	user_id @int@ NOT NULL REFERENCES user_account(id),
	day TEXT NOT NULL,
	email TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
	n @int@ NOT NULL,                                     -- notices in it
	tries @int@ NOT NULL DEFAULT 0,
	unsure @int@ NOT NULL DEFAULT 0,                        -- times the sender died between sending and recording
	next_at @int@ NOT NULL,                               -- not before
	taken_at @int@,
	error TEXT NOT NULL DEFAULT '',                       -- of the last try
	message_id TEXT NOT NULL,                             -- the same at every try
	made_at @int@ NOT NULL,
	sent_at @int@,
	UNIQUE (user_id, day)
);
CREATE INDEX digest_by_state ON digest (state, next_at);

-- What a person was told. The same assignment, step and due day are told to a person once, whoever computes it and how often.
CREATE TABLE notice (
	id @id@,
	user_id @int@ NOT NULL REFERENCES user_account(id),
	assignment_id @int@ NOT NULL REFERENCES assignment(id),
	due_date TEXT NOT NULL,
	code TEXT NOT NULL,
	rule TEXT NOT NULL,                                   -- the step in words, as it was then
	audience TEXT NOT NULL,
	day TEXT NOT NULL,                                    -- the day it was computed for
	at @int@ NOT NULL,
	read_at @int@,
	digest_id @int@ REFERENCES digest(id)
);
CREATE UNIQUE INDEX notice_once ON notice (assignment_id, code, user_id, due_date);
CREATE INDEX notice_by_user ON notice (user_id, read_at);
CREATE INDEX notice_by_digest ON notice (digest_id, user_id);

-- What a person wants; without a row the program's own.
CREATE TABLE notice_setting (
	user_id @int@ PRIMARY KEY REFERENCES user_account(id),
	page @int@ NOT NULL,                                  -- the bell counts
	mail @int@ NOT NULL,
	digest_hour @int@ NOT NULL,
	quiet_from @int@ NOT NULL,                              -- hours, local; equal: none
	quiet_to @int@ NOT NULL,
	days_off @int@ NOT NULL                                 -- letters on days off too
);
CREATE TABLE notice_mute (
	user_id @int@ NOT NULL REFERENCES user_account(id),
	code TEXT NOT NULL,
	PRIMARY KEY (user_id, code)
);

-- Calendars by secret link. org_id NULL: of the person.
CREATE TABLE feed (
	id @id@,
	user_id @int@ NOT NULL REFERENCES user_account(id),
	org_id @int@ REFERENCES org(id),
	token_hash TEXT NOT NULL UNIQUE,
	created_at @int@ NOT NULL,
	revoked_at @int@
);
CREATE INDEX feed_by_user ON feed (user_id);
