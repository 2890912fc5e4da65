-- How the set of a confirmed point differs from the set of the same rule today.

-- name: frozen_entered_kind many (point_id int, kind text, territory_id int?, on_date text, since int, n int)
-- Organisations of a kind without the point; who was taken off control after $5 is not one.
SELECT o.id, o.name, t.name AS territory_name, o.valid_from AS since, o.sort_key
FROM org o JOIN territory t ON t.id = o.territory_id
WHERE o.kind = $2 AND ($3 IS NULL OR o.territory_id = $3)
  AND (o.valid_from IS NULL OR o.valid_from <= $4) AND (o.valid_to IS NULL OR o.valid_to >= $4)
  AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $1 AND a.org_id = o.id
    AND (a.state <> 'withdrawn' OR a.state_at > $5))
ORDER BY o.sort_key, o.id LIMIT $6;

-- name: frozen_entered_tag many (point_id int, tag text, territory_id int?, on_date text, since int, n int)
-- The same for a conditional set, with the source of the membership.
-- cols: since text, source text
SELECT o.id, o.name, t.name AS territory_name, MIN(g.valid_from) AS since, MIN(g.source) AS source, o.sort_key
FROM org o JOIN territory t ON t.id = o.territory_id JOIN org_tag g ON g.org_id = o.id
WHERE g.tag = $2 AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4) AND ($3 IS NULL OR o.territory_id = $3)
  AND (o.valid_from IS NULL OR o.valid_from <= $4) AND (o.valid_to IS NULL OR o.valid_to >= $4)
  AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $1 AND a.org_id = o.id
    AND (a.state <> 'withdrawn' OR a.state_at > $5))
GROUP BY o.id, o.name, t.name, o.sort_key ORDER BY o.sort_key, o.id LIMIT $6;

-- name: frozen_left_kind many (point_id int, kind text, on_date text, n int)
-- Organisations that have the point and are closed by that day.
SELECT o.id, o.name, t.name AS territory_name, o.valid_to AS since, o.sort_key
FROM org o JOIN territory t ON t.id = o.territory_id
WHERE o.kind = $2 AND o.valid_to < $3
  AND EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $1 AND a.org_id = o.id AND a.state <> 'withdrawn')
ORDER BY o.sort_key, o.id LIMIT $4;

-- name: frozen_left_tag many (point_id int, tag text, on_date text, n int)
-- Organisations that have the point and are in the conditional set no more.
-- cols: since text
SELECT o.id, o.name, t.name AS territory_name, MAX(g.valid_to) AS since, o.sort_key
FROM org o JOIN territory t ON t.id = o.territory_id JOIN org_tag g ON g.org_id = o.id
WHERE g.tag = $2 AND g.valid_to < $3
  AND NOT EXISTS (SELECT 1 FROM org_tag h WHERE h.org_id = o.id AND h.tag = $2 AND h.valid_from <= $3
    AND (h.valid_to IS NULL OR h.valid_to >= $3))
  AND EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $1 AND a.org_id = o.id AND a.state <> 'withdrawn')
GROUP BY o.id, o.name, t.name, o.sort_key ORDER BY o.sort_key, o.id LIMIT $4;

-- name: frozen_put_kind execn (document_id int, point_id int, deadline_id int?, lead int, due_date text?, why text, at int, kind text, territory_id int?, on_date text, since int, base_date text?)
-- One for each organisation of a kind that had none of the point before this moment.
INSERT INTO assignment (document_id, point_id, deadline_id, org_id, territory_id, lead, due_date, base_date, state, why, created_at, state_at)
SELECT $1, $2, $3, o.id, o.territory_id, $4, $5, $12, 'assigned', $6, $7, $7 FROM org o
WHERE o.kind = $8 AND ($9 IS NULL OR o.territory_id = $9)
  AND (o.valid_from IS NULL OR o.valid_from <= $10) AND (o.valid_to IS NULL OR o.valid_to >= $10)
  AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $2 AND a.org_id = o.id
    AND ((a.created_at < $7 AND (a.state <> 'withdrawn' OR a.state_at > $11))
      OR (a.state <> 'withdrawn' AND COALESCE(a.base_date, '') = COALESCE($12, ''))))
ORDER BY o.sort_key, o.id;

-- name: frozen_put_tag execn (document_id int, point_id int, deadline_id int?, lead int, due_date text?, why text, at int, tag text, territory_id int?, on_date text, since int, base_date text?)
-- The same for a conditional set; day and source of the membership go into the reason.
INSERT INTO assignment (document_id, point_id, deadline_id, org_id, territory_id, lead, due_date, base_date, state, why, created_at, state_at)
SELECT $1, $2, $3, o.id, o.territory_id, $4, $5, $12, 'assigned',
       $6 || ' В наборе с ' || MIN(g.valid_from) || ', основание: ' || MIN(g.source) || '.', $7, $7
FROM org o JOIN org_tag g ON g.org_id = o.id
WHERE g.tag = $8 AND g.valid_from <= $10 AND (g.valid_to IS NULL OR g.valid_to >= $10) AND ($9 IS NULL OR o.territory_id = $9)
  AND (o.valid_from IS NULL OR o.valid_from <= $10) AND (o.valid_to IS NULL OR o.valid_to >= $10)
  AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.point_id = $2 AND a.org_id = o.id
    AND ((a.created_at < $7 AND (a.state <> 'withdrawn' OR a.state_at > $11))
      OR (a.state <> 'withdrawn' AND COALESCE(a.base_date, '') = COALESCE($12, ''))))
GROUP BY o.id, o.territory_id, o.sort_key ORDER BY o.sort_key, o.id;
