#include "pack/sheet_wire.h"

#include "base/limits.h"
#include "pack/wire.h"

enum { TAG_SHEET = 1, TAG_ROW, TAG_END };
enum { FLAG_HIDDEN = 1, FLAG_1904 = 2 };
enum { KIND_MASK = 7, KIND_DATE = 8 };

void sheet_wire_out_init(struct sheet_wire_out *out, struct arena *a, void *user,
        enum ec (*put)(void *user, struct str piece, struct err *e))
{
	*out = (struct sheet_wire_out){.user = user, .put = put};
	buf_init(&out->b, a, LIMIT_JAIL_PIECE);
}

static enum ec send(struct sheet_wire_out *out, struct err *e)
{
	TRY(buf_check(&out->b, "строка таблицы", e));
	enum ec code = out->put(out->user, buf_str(&out->b), e);
	buf_reset(&out->b);
	return code;
}

static enum ec put_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	struct sheet_wire_out *out = user;
	*skip = false;
	wire_put(&out->b, TAG_SHEET);
	wire_put(&out->b, info->index);
	wire_put(&out->b, (info->hidden ? FLAG_HIDDEN : 0) | (info->epoch_1904 ? FLAG_1904 : 0));
	wire_put_str(&out->b, info->name);
	return send(out, e);
}

static enum ec put_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct sheet_wire_out *out = user;
	struct buf *b = &out->b;
	wire_put(b, TAG_ROW);
	wire_put(b, row->row);
	wire_put(b, row->hidden ? FLAG_HIDDEN : 0);
	wire_put(b, row->n);
	uint32_t next = 0;
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *c = &row->cell[i];
		wire_put(b, c->col - next);
		wire_put(b, (uint64_t)c->kind | (c->date ? KIND_DATE : 0));
		wire_put_str(b, c->text);
		next = c->col + 1;
	}
	return send(out, e);
}

static enum ec put_end(void *user, const struct sheet_end *end, struct err *e)
{
	struct sheet_wire_out *out = user;
	struct buf *b = &out->b;
	wire_put(b, TAG_END);
	wire_put(b, end->n_merged);
	for (size_t i = 0; i < end->n_merged; i++) {
		wire_put(b, end->merged[i].row0);
		wire_put(b, end->merged[i].col0);
		wire_put(b, end->merged[i].row1);
		wire_put(b, end->merged[i].col1);
	}
	return send(out, e);
}

struct sheet_sink sheet_wire_sink(struct sheet_wire_out *out)
{
	return (struct sheet_sink){out, put_sheet, put_row, put_end};
}

void sheet_wire_in_init(struct sheet_wire_in *in, struct arena *a, const struct sheet_sink *sink)
{
	*in = (struct sheet_wire_in){.a = a, .sink = sink};
}

static enum ec take_sheet(struct sheet_wire_in *in, struct wire *w, struct err *e)
{
	uint64_t index, flags;
	struct sheet_info info = {0};
	if (in->in_sheet || in->sheets == LIMIT_SHEETS || !wire_take(w, LIMIT_SHEETS, &index) ||
	        !wire_take(w, FLAG_HIDDEN | FLAG_1904, &flags) ||
	        !wire_take_str(w, LIMIT_XML_ATTR, &info.name))
		return wire_bad(e);
	info.index = (uint32_t)index;
	info.hidden = flags & FLAG_HIDDEN;
	info.epoch_1904 = flags & FLAG_1904;
	in->sheets++;
	in->in_sheet = true;
	in->skip = false;
	in->row = 0;
	return in->sink->sheet != NULL ? in->sink->sheet(in->sink->user, &info, &in->skip, e)
	                               : EC_OK;
}

static bool take_cell(struct wire *w, uint32_t *next, struct sheet_cell *ret)
{
	uint64_t gap, kind;
	if (!wire_take(w, LIMIT_SHEET_COLS - 1, &gap) ||
	        !wire_take(w, KIND_MASK | KIND_DATE, &kind) ||
	        !wire_take_str(w, LIMIT_CELL * 4ul, &ret->text))
		return false;
	uint64_t col = *next + gap;
	uint64_t plain = kind & KIND_MASK;
	if (col >= LIMIT_SHEET_COLS || plain == CELL_EMPTY || plain > CELL_ERROR ||
	        ret->text.n == 0)
		return false;
	ret->col = (uint32_t)col;
	ret->kind = (enum cell_kind)plain;
	ret->date = kind & KIND_DATE;
	*next = (uint32_t)col + 1;
	return true;
}

static enum ec take_row(struct sheet_wire_in *in, struct wire *w, struct err *e)
{
	uint64_t row, hidden, n;
	if (!in->in_sheet || !wire_take(w, LIMIT_SHEET_ROWS, &row) || row <= in->row ||
	        !wire_take(w, FLAG_HIDDEN, &hidden) || !wire_take(w, LIMIT_SHEET_COLS, &n) ||
	        n == 0)
		return wire_bad(e);
	in->row = (uint32_t)row;
	in->cell.n = 0;
	uint32_t next = 0;
	for (uint64_t i = 0; i < n; i++)
		if (!take_cell(w, &next, vec_push(in->a, &in->cell)))
			return wire_bad(e);
	if (in->skip)
		return EC_OK;
	const struct sheet_row out = {
	        .row = in->row, .hidden = hidden != 0, .cell = in->cell.v, .n = n};
	return in->sink->row(in->sink->user, &out, e);
}

static enum ec take_end(struct sheet_wire_in *in, struct wire *w, struct err *e)
{
	uint64_t n;
	/* four bytes at least for each range: a count cannot promise more than the piece holds */
	if (!in->in_sheet || !wire_take(w, (w->s.n - w->i) / 4, &n))
		return wire_bad(e);
	if (arena_left(in->a) / 2 < n * sizeof(struct sheet_range))
		return err_set(e, EC_LIMIT, "слишком много объединённых ячеек");
	struct sheet_range *merged = arena_new(in->a, struct sheet_range, n);
	for (uint64_t i = 0; i < n; i++) {
		uint64_t row0, col0, row1, col1;
		if (!wire_take(w, LIMIT_SHEET_ROWS, &row0) ||
		        !wire_take(w, LIMIT_SHEET_COLS - 1, &col0) ||
		        !wire_take(w, LIMIT_SHEET_ROWS, &row1) ||
		        !wire_take(w, LIMIT_SHEET_COLS - 1, &col1) || row1 < row0 || col1 < col0)
			return wire_bad(e);
		merged[i] = (struct sheet_range){
		        (uint32_t)row0, (uint32_t)col0, (uint32_t)row1, (uint32_t)col1};
	}
	in->in_sheet = false;
	if (in->skip || in->sink->end == NULL)
		return EC_OK;
	return in->sink->end(in->sink->user, &(struct sheet_end){merged, n}, e);
}

enum ec sheet_wire_take(struct sheet_wire_in *in, struct str pieces, struct err *e)
{
	struct wire w = {.s = pieces};
	while (!wire_end(&w)) {
		uint64_t tag;
		if (!wire_take(&w, TAG_END, &tag))
			return wire_bad(e);
		switch (tag) {
		case TAG_SHEET:
			TRY(take_sheet(in, &w, e));
			break;
		case TAG_ROW:
			TRY(take_row(in, &w, e));
			break;
		case TAG_END:
			TRY(take_end(in, &w, e));
			break;
		default:
			return wire_bad(e);
		}
	}
	return EC_OK;
}

enum ec sheet_wire_done(const struct sheet_wire_in *in, struct err *e)
{
	return in->in_sheet ? wire_bad(e) : EC_OK;
}
