-- Points of a lower level know the point they carry out, so that coverage and later deadlines can be seen.
ALTER TABLE point ADD COLUMN parent_point_id @int@ REFERENCES point(id);
CREATE INDEX point_by_parent ON point (parent_point_id);
CREATE INDEX document_by_parent ON document (parent_id);
