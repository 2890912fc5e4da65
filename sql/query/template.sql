-- Templates that people saved from their documents.

-- name: template_insert one (body text, territory_id int, at int, user_id int?)
-- A new one.
INSERT INTO document_template (body, territory_id, created_at, created_by) VALUES ($1, $2, $3, $4) RETURNING id;

-- name: templates many (territory_id int?)
-- Those a clerk may use: the region's, and of the own territory.
SELECT x.id, x.body, x.territory_id, u.full_name AS user_name
FROM document_template x JOIN territory t ON t.id = x.territory_id LEFT JOIN user_account u ON u.id = x.created_by
WHERE x.removed_at IS NULL AND ($1 IS NULL OR x.territory_id = $1 OR t.kind = 'region') ORDER BY x.id;

-- name: template_one one (id int, territory_id int?)
-- One of them.
SELECT x.id, x.body, x.territory_id, u.full_name AS user_name
FROM document_template x JOIN territory t ON t.id = x.territory_id LEFT JOIN user_account u ON u.id = x.created_by
WHERE x.id = $1 AND x.removed_at IS NULL AND ($2 IS NULL OR x.territory_id = $2 OR t.kind = 'region');

-- name: template_remove exec (id int, at int)
-- Not offered any more; what was made from it stays.
UPDATE document_template SET removed_at = $2 WHERE id = $1;
