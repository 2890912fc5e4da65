-- A person looked at what was read of a point and said that it is right: it asks no more.
ALTER TABLE point ADD COLUMN checked @int@ NOT NULL DEFAULT 0;
