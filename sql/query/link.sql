-- Documents that stand on each other: acts named in the text, «во исполнение» up and down.

-- name: link_by_requisites many (sort_key text, doc_date text, self_id int)
-- Documents of that number and date.
SELECT d.id, d.kind, d.number, d.doc_date, d.title, d.status FROM document d
WHERE d.sort_key = $1 AND d.doc_date = $2 AND d.id <> $3 AND d.status <> 'cancelled' ORDER BY d.id;

-- name: link_node one (id int, scope_territory int?, scope_org int?, today text)
-- One document of a chain with its execution in a scope.
-- cols: n int, n_done int, n_overdue int
SELECT d.id, d.kind, d.number, d.doc_date, d.title, d.status, d.parent_id, d.territory_id, t.name AS territory_name, o.name AS org_name, o.kind AS org_kind,
       (SELECT COUNT(*) FROM assignment a WHERE a.document_id = d.id AND a.state <> 'withdrawn'
         AND ($2 IS NULL OR a.territory_id = $2) AND ($3 IS NULL OR a.org_id = $3)) AS n,
       (SELECT COUNT(*) FROM assignment a WHERE a.document_id = d.id AND a.state = 'accepted'
         AND ($2 IS NULL OR a.territory_id = $2) AND ($3 IS NULL OR a.org_id = $3)) AS n_done,
       (SELECT COUNT(*) FROM assignment a WHERE a.document_id = d.id AND a.state IN ('assigned', 'working', 'returned')
         AND a.due_date < $4 AND ($2 IS NULL OR a.territory_id = $2) AND ($3 IS NULL OR a.org_id = $3)) AS n_overdue
FROM document d JOIN territory t ON t.id = d.territory_id LEFT JOIN org o ON o.id = d.org_id WHERE d.id = $1;

-- name: link_children many (parent_id int, n int)
-- Documents that carry out this one.
SELECT d.id FROM document d JOIN territory t ON t.id = d.territory_id
WHERE d.parent_id = $1 AND d.status <> 'cancelled' ORDER BY t.sort_key, d.id LIMIT $2;

-- name: link_points many (document_id int, territory_id int?)
-- Points of lower documents that carry out points of this one.
SELECT p.id, p.parent_point_id, p.document_id, p.clause, t.name AS territory_name, o.name AS org_name, o.kind AS org_kind
FROM point u JOIN point p ON p.parent_point_id = u.id JOIN document d ON d.id = p.document_id JOIN territory t ON t.id = d.territory_id
     LEFT JOIN org o ON o.id = d.org_id
WHERE u.document_id = $1 AND p.removed = 0 AND d.status <> 'cancelled' AND ($2 IS NULL OR d.territory_id = $2)
ORDER BY u.seq, t.sort_key, p.id;
