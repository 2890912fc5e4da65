-- Production calendar, school terms and the rules of territories about due days.

-- name: calendar_holidays many ()
-- Holidays of every year.
SELECT month, day, title, since_year, source, source_date, status FROM calendar_holiday ORDER BY month, day;

-- name: calendar_days many (territory_id int?, region_id int?)
-- Single days of the country, of the region and of a territory; the last of several on a day is the nearest one.
-- cols: depth int
SELECT id, territory_id, day, kind, title, moved_from, source, source_date, status,
       CASE WHEN territory_id IS NULL THEN 0 WHEN territory_id = $2 THEN 1 ELSE 2 END AS depth
FROM calendar_day WHERE territory_id IS NULL OR territory_id = $2 OR territory_id = $1 ORDER BY day, depth, id;

-- name: calendar_years many ()
-- Years whose transfers are known.
SELECT year, source, source_date, status, note FROM calendar_year ORDER BY year;

-- name: calendar_terms many (territory_id int?, region_id int?)
-- Terms of the country, of the region and of a territory, the farthest first.
-- cols: depth int
SELECT id, territory_id, school_year, kind, number, start_day, end_day, source, source_date, status,
       CASE WHEN territory_id IS NULL THEN 0 WHEN territory_id = $2 THEN 1 ELSE 2 END AS depth
FROM school_term WHERE territory_id IS NULL OR territory_id = $2 OR territory_id = $1
ORDER BY school_year, kind, number, depth;

-- name: calendar_rules many (territory_id int?, region_id int?)
-- Rules of the country, of the region and of a territory, the farthest first.
-- cols: depth int
SELECT id, territory_id, name, value, source, source_date, status,
       CASE WHEN territory_id IS NULL THEN 0 WHEN territory_id = $2 THEN 1 ELSE 2 END AS depth
FROM calendar_rule WHERE territory_id IS NULL OR territory_id = $2 OR territory_id = $1 ORDER BY name, depth;

-- name: calendar_region many ()
-- The region itself, when there is one.
SELECT id FROM territory WHERE parent_id IS NULL ORDER BY id LIMIT 1;

-- name: calendar_holiday_add exec (month int, day int, title text, since_year int, source text, source_date text?, status text)
-- A holiday that is not there yet.
INSERT INTO calendar_holiday (month, day, title, since_year, source, source_date, status) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (month, day) DO NOTHING;

-- name: calendar_year_put exec (year int, source text, source_date text?, status text, note text)
-- A year is known now.
INSERT INTO calendar_year (year, source, source_date, status, note) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (year) DO UPDATE SET source = $2, source_date = $3, status = $4, note = $5;

-- name: calendar_year_known many (year int)
-- Is the year there?
SELECT year, source, source_date, status, note FROM calendar_year WHERE year = $1;

-- name: calendar_day_own many (territory_id int?, day text)
-- The day as this territory itself has it.
SELECT id, territory_id, day, kind, title, moved_from, source, source_date, status FROM calendar_day
WHERE day = $2 AND COALESCE(territory_id, 0) = COALESCE($1, 0);

-- name: calendar_day_add exec (territory_id int?, day text, kind text, title text, moved_from text?, source text, source_date text?, status text)
-- A new day.
INSERT INTO calendar_day (territory_id, day, kind, title, moved_from, source, source_date, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: calendar_day_change exec (id int, kind text, title text, moved_from text?, source text, source_date text?, status text)
-- Another kind or source.
UPDATE calendar_day SET kind = $2, title = $3, moved_from = $4, source = $5, source_date = $6, status = $7 WHERE id = $1;

-- name: calendar_day_drop exec (id int)
-- The day is what weekday and holidays say again.
DELETE FROM calendar_day WHERE id = $1;

-- name: calendar_term_own many (territory_id int?, school_year int, kind text, number int)
-- The term as this territory itself has it.
SELECT id, start_day, end_day, source, source_date, status FROM school_term
WHERE school_year = $2 AND kind = $3 AND number = $4 AND COALESCE(territory_id, 0) = COALESCE($1, 0);

-- name: calendar_term_add exec (territory_id int?, school_year int, kind text, number int, start_day text, end_day text, source text, source_date text?, status text)
-- A new term.
INSERT INTO school_term (territory_id, school_year, kind, number, start_day, end_day, source, source_date, status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: calendar_term_change exec (id int, start_day text, end_day text, source text, source_date text?, status text)
-- Other bounds of a term.
UPDATE school_term SET start_day = $2, end_day = $3, source = $4, source_date = $5, status = $6 WHERE id = $1;

-- name: calendar_term_drop exec (id int)
-- The nominal bounds hold again.
DELETE FROM school_term WHERE id = $1;

-- name: calendar_rule_own many (territory_id int?, name text)
-- The rule as this territory itself has it.
SELECT id, value, source, source_date, status FROM calendar_rule WHERE name = $2 AND COALESCE(territory_id, 0) = COALESCE($1, 0);

-- name: calendar_rule_add exec (territory_id int?, name text, value text, source text, source_date text?, status text)
-- A choice of a territory.
INSERT INTO calendar_rule (territory_id, name, value, source, source_date, status) VALUES ($1, $2, $3, $4, $5, $6);

-- name: calendar_rule_change exec (id int, value text, source text, source_date text?, status text)
-- Another choice.
UPDATE calendar_rule SET value = $2, source = $3, source_date = $4, status = $5 WHERE id = $1;

-- name: calendar_rule_drop exec (id int)
-- The rule of the level above holds again.
DELETE FROM calendar_rule WHERE id = $1;

-- name: calendar_setting many (name text)
-- A setting of the installation, when it is there.
SELECT value FROM setting WHERE name = $1;

-- name: calendar_setting_put exec (name text, value text, source text, at int)
-- Writes a setting.
INSERT INTO setting (name, value, source, changed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET value = $2, source = $3, changed_at = $4;

-- name: calendar_setting_take execn (name text, value text, at int)
-- The same for one of several who come at once: 0 rows when it has that value already.
UPDATE setting SET value = $2, changed_at = $3 WHERE name = $1 AND value <> $2;
