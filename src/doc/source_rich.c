/* Word-processor form → inner form: the full text is written out (a paragraph a line, a table row a
 * line with tabs), then the pieces are cleaned like those of plain text. */
#include "base/buf.h"
#include "base/limits.h"
#include "doc/traced.h"
#include "doc/words.h"

struct place {
	size_t from, to;
};

struct writer {
	struct arena *a;
	const struct rich *rich;
	struct buf text;
	VEC(struct place) at; /* paragraphs and cells in order */
};

/* Writes s with its line breaks as blanks would lose cell lines; they stay, tabs become blanks. A
 * tab of a paragraph is a gap: a post and a name far apart are a signature. */
static void put(struct writer *w, struct str s, bool paragraph)
{
	size_t from = w->text.n;
	for (size_t i = 0; i < s.n; i++)
		if (paragraph && s.p[i] == '\t')
			buf_add_z(&w->text, "        ");
		else
			buf_byte(&w->text,
			        s.p[i] == '\t' || s.p[i] == '\f' || s.p[i] == '\r' ? ' ' : s.p[i]);
	*vec_push(w->a, &w->at) = (struct place){from, w->text.n};
}

static void write_text(struct writer *w)
{
	for (size_t i = 0; i < w->rich->n; i++) {
		const struct rich_block *b = &w->rich->block[i];
		switch (b->kind) {
		case RICH_PAGE:
			buf_byte(&w->text, '\f');
			break;
		case RICH_PARA:
			put(w, b->text, true);
			buf_byte(&w->text, '\n');
			break;
		case RICH_TABLE:
			for (size_t k = 0; k < b->n_rows; k++) {
				for (size_t c = 0; c < b->row[k].n; c++) {
					if (c > 0)
						buf_byte(&w->text, '\t');
					put(w, b->row[k].cell[c].text, false);
				}
				buf_byte(&w->text, '\n');
			}
			break;
		}
	}
}

struct rich_reader {
	struct arena *a;
	struct source *src;
	struct place *at;
	size_t next;
	uint32_t page, line;
	VEC(struct block) out;
};

static struct traced next_piece(struct rich_reader *r, enum clean_style style, uint32_t *ret_lines)
{
	struct place p = r->at[r->next++];
	*ret_lines = 0;
	for (size_t i = p.from; i < p.to; i++)
		*ret_lines += r->src->text.p[i] == '\n';
	return traced_trim(traced_clean(r->a, r->src->text, p.from, p.to, r->src->ocr, style));
}

/* «Директор департамента →  И.И. Иванова»: a post and a name far apart; the gap tells them from a
 * sentence that ends with a name. */
static bool signature(const struct rich_block *b, struct str s)
{
	struct word name;
	return s.n <= 260 && str_find_byte(b->text, '\n', 0) == SIZE_MAX &&
	       person_find(s, 0, &name) && letters(str_skip(s, name.to)) == 0 && name.from > 0;
}

/* A paragraph with soft line breaks gives a block for each line of it. */
static void read_para(struct rich_reader *r, const struct rich_block *b, bool blank_above)
{
	uint32_t lines = 0;
	struct traced t = next_piece(r, CLEAN_CELL, &lines);
	if (signature(b, t.s)) {
		r->next--;
		t = next_piece(r, CLEAN_LINE, &lines);
	}
	struct str rest = t.s, part;
	while (t.s.n > 0 && str_next(&rest, '\n', &part)) {
		if (str_blank(part))
			continue;
		*vec_push(r->a, &r->out) = (struct block){
		        .kind = BLOCK_LINE,
		        .text = traced_trim(traced_of(t, part)),
		        .page = r->page,
		        .line = r->line,
		        .line_end = r->line + lines,
		        .indent = b->center  ? 20
		                  : b->right ? 40
		                             : 0,
		        .blank_above = blank_above,
		        .heading = b->level > 0 || b->bold,
		        .paragraph = true,
		};
		blank_above = false;
	}
	r->line += lines + 1;
}

static void read_table(struct rich_reader *r, const struct rich_block *b)
{
	struct row *rows = arena_new(r->a, struct row, b->n_rows == 0 ? 1 : b->n_rows);
	uint32_t first = r->line;
	for (size_t k = 0; k < b->n_rows; k++) {
		const struct rich_row *from = &b->row[k];
		struct row *row = &rows[k];
		*row = (struct row){.n = from->n,
		        .page = r->page,
		        .line = r->line,
		        .header = from->header,
		        .cell = arena_new(r->a, struct cell, from->n == 0 ? 1 : from->n)};
		uint32_t lines = 0;
		for (size_t c = 0; c < from->n; c++) {
			uint32_t inner = 0;
			row->cell[c] = (struct cell){.text = next_piece(r, CLEAN_CELL, &inner),
			        .colspan = from->cell[c].colspan == 0 ? 1 : from->cell[c].colspan,
			        .continues = from->cell[c].continues};
			lines += inner;
		}
		row->line_end = r->line + lines;
		r->line += lines + 1;
	}
	*vec_push(r->a, &r->out) = (struct block){.kind = BLOCK_TABLE,
	        .page = r->page,
	        .line = first,
	        .line_end = r->line - 1,
	        .row = rows,
	        .n_rows = b->n_rows};
}

enum ec source_from_rich(
        struct arena *a, const struct rich *rich, struct source *ret, struct err *e)
{
	struct writer w = {.a = a, .rich = rich};
	if (rich->n > LIMIT_DOC_PARAS)
		return err_set(e, EC_LIMIT, "в документе больше %d абзацев", LIMIT_DOC_PARAS);
	buf_init(&w.text, a, LIMIT_DOC_TEXT);
	write_text(&w);
	TRY(buf_check(&w.text, "документ", e));
	TRY(source_room(a, buf_str(&w.text), e));
	struct source src = {.format = SOURCE_DOCX, .text = buf_str(&w.text)};
	struct rich_reader r = {.a = a, .src = &src, .at = w.at.v, .page = 1, .line = 1};
	bool blank = true;
	for (size_t i = 0; i < rich->n; i++) {
		switch (rich->block[i].kind) {
		case RICH_PAGE:
			r.page++;
			blank = true;
			break;
		case RICH_PARA: {
			size_t before = r.out.n;
			read_para(&r, &rich->block[i], blank);
			blank = r.out.n == before;
			break;
		}
		case RICH_TABLE:
			read_table(&r, &rich->block[i]);
			blank = true;
			break;
		}
	}
	src.block = r.out.v;
	src.n = r.out.n;
	src.pages = r.page;
	*ret = src;
	return EC_OK;
}
