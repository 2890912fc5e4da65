-- The roll of organisations for bulk work: registry files and schools found in exports.

-- name: roll_idents many ()
-- All identifiers with their organisations.
SELECT i.system, i.value, i.org_id FROM org_ident i ORDER BY i.org_id, i.id;

-- name: roll_orgs many ()
-- All organisations as a registry file sees them.
SELECT id, territory_id, kind, name, short_name, head, valid_from, valid_to, provisional FROM org ORDER BY id;

-- name: roll_territories many ()
-- All territories.
SELECT id, parent_id, kind, code, name, search_key FROM territory ORDER BY sort_key, id;

-- name: roll_territory_add one (parent_id int?, kind text, code text, name text, sort_key text, search_key text)
-- A territory a file speaks of.
INSERT INTO territory (parent_id, kind, code, name, sort_key, search_key) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: roll_org_add one (territory_id int, kind text, name text, short_name text, sort_key text, search_key text, head text, valid_from text?, valid_to text?, provisional int)
-- An organisation a file speaks of.
INSERT INTO org (territory_id, parent_id, kind, name, short_name, sort_key, search_key, head, valid_from, valid_to, provisional)
VALUES ($1, NULL, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id;

-- name: roll_org_set exec (id int, territory_id int, kind text, name text, short_name text, sort_key text, search_key text, head text, valid_from text?, valid_to text?)
-- New values of a registry file; the organisation is confirmed by it.
UPDATE org SET territory_id = $2, kind = $3, name = $4, short_name = $5, sort_key = $6, search_key = $7, head = $8,
       valid_from = $9, valid_to = $10, provisional = 0 WHERE id = $1;

-- name: roll_ident_add exec (org_id int, system text, value text, written text)
-- An identifier a file speaks of.
INSERT INTO org_ident (org_id, system, value, written) VALUES ($1, $2, $3, $4);

-- name: roll_size one ()
-- Is the registry empty?
-- cols: n int
SELECT COUNT(*) AS n FROM org;
