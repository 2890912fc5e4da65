-- The inverted index of all texts people search: core/search_index.h. Made from documents, points and evidence; `soko rebuild` makes it anew.

-- One thing that is found as a whole: a document with its points, a file of evidence.
CREATE TABLE search_entry (
	id @id@,
	noun TEXT NOT NULL,
	noun_id @int@ NOT NULL,
	document_id @int@ NOT NULL,                           -- whose rights, kind and dates count
	territory_id @int@,                                   -- with org_id: only those see it; NULL: all who see the document
	org_id @int@,
	UNIQUE (noun, noun_id)
);
CREATE INDEX search_entry_by_document ON search_entry (document_id);

-- Pieces of it in order: the head, each point, the rest of the text.
CREATE TABLE search_part (
	id @id@,
	entry_id @int@ NOT NULL,
	seq @int@ NOT NULL,
	rank @int@ NOT NULL,                                  -- enum search_rank: how much a word there says
	noun TEXT NOT NULL,
	noun_id @int@ NOT NULL,
	text TEXT NOT NULL,
	UNIQUE (entry_id, seq)
);

-- One row a stem and entry. word_key: the first nine letters as a number in an order of their own, for beginnings of words.
CREATE TABLE search_hit (
	id @id@,
	word_key @int@ NOT NULL,
	word TEXT NOT NULL,
	entry_id @int@ NOT NULL,
	hits @blob@ NOT NULL                                  -- parts and how often: varints, core/search_index.c
);
CREATE INDEX search_hit_by_word ON search_hit (word_key, entry_id);
CREATE INDEX search_hit_by_entry ON search_hit (entry_id);
