#include "pack/rich_wire.h"

#include "base/limits.h"
#include "pack/wire.h"

enum { FLAG_BOLD = 1, FLAG_CENTER = 2, FLAG_RIGHT = 4, FLAG_HEADER = 1, FLAG_CONTINUES = 1 };

static void put_row(struct buf *b, const struct rich_row *row)
{
	wire_put(b, row->header ? FLAG_HEADER : 0);
	wire_put(b, row->n);
	for (size_t i = 0; i < row->n; i++) {
		wire_put(b, row->cell[i].colspan);
		wire_put(b, row->cell[i].continues ? FLAG_CONTINUES : 0);
		wire_put_str(b, row->cell[i].text);
	}
}

void rich_wire_put(struct buf *b, const struct rich *rich)
{
	wire_put(b, rich->n);
	for (size_t i = 0; i < rich->n; i++) {
		const struct rich_block *block = &rich->block[i];
		wire_put(b, block->kind);
		wire_put(b, block->level);
		wire_put(b, (block->bold ? FLAG_BOLD : 0) | (block->center ? FLAG_CENTER : 0) |
		                    (block->right ? FLAG_RIGHT : 0));
		wire_put_str(b, block->text);
		wire_put_str(b, block->style);
		wire_put(b, block->n_rows);
		for (size_t k = 0; k < block->n_rows; k++)
			put_row(b, &block->row[k]);
	}
}

/* An array length: each element takes at least `least` bytes of the piece. */
static bool take_count(struct wire *w, size_t least, uint64_t *ret)
{
	return wire_take(w, (w->s.n - w->i) / least, ret);
}

static enum ec room(const struct arena *a, uint64_t n, size_t size, struct err *e)
{
	if (arena_left(a) / 2 < n * size)
		return err_set(e, EC_LIMIT, "документ слишком велик для отведённой памяти");
	return EC_OK;
}

static enum ec take_row(struct arena *a, struct wire *w, struct rich_row *row, struct err *e)
{
	uint64_t header, n;
	if (!wire_take(w, FLAG_HEADER, &header) || !take_count(w, 3, &n))
		return wire_bad(e);
	TRY(room(a, n, sizeof(struct rich_cell), e));
	row->header = header != 0;
	row->n = n;
	row->cell = arena_new(a, struct rich_cell, n);
	for (uint64_t i = 0; i < n; i++) {
		uint64_t span, continues;
		if (!wire_take(w, UINT16_MAX, &span) || span == 0 ||
		        !wire_take(w, FLAG_CONTINUES, &continues) ||
		        !wire_take_str(w, w->s.n, &row->cell[i].text))
			return wire_bad(e);
		row->cell[i].colspan = (uint16_t)span;
		row->cell[i].continues = continues != 0;
	}
	return EC_OK;
}

static enum ec take_block(struct arena *a, struct wire *w, struct rich_block *b, struct err *e)
{
	uint64_t kind, level, flags, n;
	if (!wire_take(w, RICH_PAGE, &kind) || !wire_take(w, 9, &level) ||
	        !wire_take(w, FLAG_BOLD | FLAG_CENTER | FLAG_RIGHT, &flags) ||
	        !wire_take_str(w, w->s.n, &b->text) || !wire_take_str(w, w->s.n, &b->style) ||
	        !take_count(w, 2, &n) || (n > 0 && kind != RICH_TABLE))
		return wire_bad(e);
	TRY(room(a, n, sizeof(struct rich_row), e));
	b->kind = (enum rich_kind)kind;
	b->level = (uint8_t)level;
	b->bold = flags & FLAG_BOLD;
	b->center = flags & FLAG_CENTER;
	b->right = flags & FLAG_RIGHT;
	b->n_rows = n;
	b->row = arena_new(a, struct rich_row, n);
	for (uint64_t i = 0; i < n; i++)
		TRY(take_row(a, w, &b->row[i], e));
	return EC_OK;
}

enum ec rich_wire_take(struct arena *a, struct str bytes, struct rich *ret, struct err *e)
{
	struct wire w = {.s = bytes};
	uint64_t n;
	if (!take_count(&w, 6, &n) || n > LIMIT_DOC_PARAS)
		return wire_bad(e);
	TRY(room(a, n, sizeof(struct rich_block), e));
	struct rich_block *block = arena_new(a, struct rich_block, n);
	for (uint64_t i = 0; i < n; i++)
		TRY(take_block(a, &w, &block[i], e));
	if (!wire_end(&w))
		return wire_bad(e);
	*ret = (struct rich){.block = block, .n = n};
	return EC_OK;
}
