#include "core/intake.h"

#include "base/buf.h"
#include "base/limits.h"
#include "doc/extract.h"
#include "pack/pdf_read.h"
#include "pack/rich_wire.h"
#include "pack/sheet_wire.h"
#include "pack/wire.h"

static enum ec put(void *out, struct str piece, struct err *e)
{
	return jail_put(out, piece, e);
}

/* In the child: options are the file's name. */
static enum ec run_sheet(
        struct arena *a, struct str name, struct str input, struct jail_out *out, struct err *e)
{
	struct sheet_wire_out wire;
	sheet_wire_out_init(&wire, a, out, put);
	const struct sheet_sink sink = sheet_wire_sink(&wire);
	return sheet_read(a, input, name, &sink, e);
}

/* Before the text: how many doubtful places it has, and each as its distance from the one before
 * and its length. */
static void put_doubts(struct buf *b, const struct extract *x)
{
	uint32_t at = 0;
	wire_put(b, x->n_doubts);
	for (size_t i = 0; i < x->n_doubts; i++) {
		wire_put(b, x->doubt[i].from - at);
		wire_put(b, x->doubt[i].to - x->doubt[i].from);
		at = x->doubt[i].to;
	}
}

/* Takes them off the front of the text; false when they do not lie in it. */
static bool take_doubts(struct arena *a, struct str *body, struct extract *x)
{
	struct wire w = {.s = *body};
	uint64_t n = 0;
	uint64_t from = 0;
	uint64_t length = 0;
	uint64_t at = 0;
	if (!wire_take(&w, body->n / 2, &n) || arena_left(a) / 2 < n * sizeof(struct ocr_doubt))
		return false;
	x->doubt = arena_new(a, struct ocr_doubt, n);
	for (; x->n_doubts < n; x->n_doubts++) {
		if (!wire_take(&w, body->n, &from) || !wire_take(&w, body->n, &length))
			return false;
		from += at;
		at = from + length;
		x->doubt[x->n_doubts] = (struct ocr_doubt){(uint32_t)from, (uint32_t)at};
	}
	*body = str_skip(*body, w.i);
	return at <= body->n && at <= LIMIT_DOC_TEXT;
}

/* The answer: a byte for the format, one for what comes, then the text or the wire form of
 * paragraphs and tables. */
static enum ec answer(struct arena *a, const struct extract *x, struct jail_out *out, struct err *e)
{
	struct buf b;
	buf_init(&b, a, LIMIT_JAIL_PIECE);
	buf_byte(&b, (char)('A' + x->format));
	buf_byte(&b, x->scan ? 'S' : x->recognized ? 'R' : 'T');
	if (x->recognized)
		put_doubts(&b, x);
	if (x->plain)
		buf_add(&b, x->text);
	else
		rich_wire_put(&b, &x->rich);
	TRY(buf_check(&b, "документ", e));
	return jail_put(out, buf_str(&b), e);
}

static enum ec run_document(
        struct arena *a, struct str name, struct str input, struct jail_out *out, struct err *e)
{
	struct extract x;
	TRY(doc_extract(a, input, name, &x, e));
	return answer(a, &x, out, e);
}

static void on_page(void *out, size_t done, size_t pages)
{
	struct err ignored; /* a parent that is gone is noticed at the end */
	(void)!jail_tell(out, (uint32_t)done, (uint32_t)pages, &ignored);
}

static enum ec run_scan(
        struct arena *a, struct str name, struct str input, struct jail_out *out, struct err *e)
{
	struct extract x;
	(void)name;
	const struct ocr_listener listener = {on_page, out};
	TRY(doc_recognize(a, jail_prepared(out), input, &listener, &x, e));
	return answer(a, &x, out, e);
}

static void *scan_prepare(void)
{
	(void)pdf_prepare();
	return ocr_prepare();
}

const struct jail_task intake_tasks[] = {
        {.name = "sheet", .run = run_sheet},
        {.name = "document", .run = run_document},
        {.name = "pdf", .run = run_document, .prepare = pdf_prepare, .asks_files = true},
        {.name = "scan", .run = run_scan, .prepare = scan_prepare, .asks_files = true},
};
const size_t intake_n_tasks = ARRAY_LEN(intake_tasks);

static enum ec on_piece(void *in, struct str piece, struct err *e)
{
	return sheet_wire_take(in, piece, e);
}

enum ec intake_sheet(const struct ctx *ctx, struct str bytes, struct str name,
        const struct sheet_sink *sink, struct err *e)
{
	if (ctx->jail == NULL)
		return sheet_read(ctx->a, bytes, name, sink, e);
	struct sheet_wire_in in;
	sheet_wire_in_init(&in, ctx->a, sink);
	const struct jail_job job = {
	        .exe = ctx->jail->exe,
	        .task = "sheet",
	        .options = name,
	        .input = bytes,
	        .piece = on_piece,
	        .user = &in,
	};
	struct str none;
	TRY(jail_run(&job, ctx->a, &none, e));
	return sheet_wire_done(&in, e);
}

bool intake_room(const struct arena *a)
{
	return arena_left(a) > a->limit / 8 * 3;
}

static enum ec extract_take(struct arena *a, struct str answer, enum source_format format,
        struct extract *ret, struct err *e)
{
	*ret = (struct extract){.format = format, .plain = extract_plain(format)};
	if (answer.n < 2 || answer.p[0] != (char)('A' + format))
		return err_set(e, EC_INPUT, "ответ обработчика неверен");
	ret->scan = answer.p[1] == 'S';
	ret->recognized = answer.p[1] == 'R';
	struct str body = str_skip(answer, 2);
	if (ret->recognized && !take_doubts(a, &body, ret))
		return err_set(e, EC_INPUT, "ответ обработчика неверен");
	if (!ret->plain)
		return rich_wire_take(a, body, &ret->rich, e);
	if (!utf8_valid(body))
		return err_set(e, EC_INPUT, "ответ обработчика неверен");
	ret->text = body;
	return EC_OK;
}

static enum ec on_progress(void *ctx, uint32_t done, uint32_t all, struct err *e)
{
	const struct ctx *c = ctx;
	return c->progress == NULL ? EC_OK : c->progress->tell(c->progress->user, done, all, e);
}

static enum ec extract_jailed(const struct ctx *ctx, const char *task, struct str bytes,
        struct str name, struct extract *ret, struct err *e)
{
	bool scan = str_eq_z(STR("scan"), task);
	struct ctx own = *ctx;
	const struct jail_job job = {
	        .exe = ctx->jail->exe,
	        .task = task,
	        .options = name,
	        .input = bytes,
	        .max_output = LIMIT_JAIL_PIECE,
	        .cpu_seconds = scan ? LIMIT_SCAN_SECONDS : 0,
	        .wall_seconds = scan ? 2 * LIMIT_SCAN_SECONDS : 0,
	        .progress = on_progress,
	        .user = &own,
	};
	struct str answer;
	TRY(jail_run(&job, ctx->a, &answer, e));
	return extract_take(ctx->a, answer, extract_format(bytes, name), ret, e);
}

/* The first step; *ret is whole unless it says that the file is a scan. */
static enum ec extract_first(const struct ctx *ctx, struct str bytes, struct str name,
        struct extract *ret, struct err *e)
{
	enum source_format format = extract_format(bytes, name);
	if (format == SOURCE_IMAGE) {
		*ret = (struct extract){.format = format, .plain = true, .scan = true};
		return EC_OK;
	}
	return extract_jailed(ctx, format == SOURCE_PDF ? "pdf" : "document", bytes, name, ret, e);
}

bool intake_is_scan(const struct ctx *ctx, struct str bytes, struct str name)
{
	enum source_format format = extract_format(bytes, name);
	struct arena_mark mark = arena_mark(ctx->a);
	struct extract x = {.scan = format == SOURCE_IMAGE};
	struct err ignored;
	if (format == SOURCE_PDF && ctx->jail != NULL &&
	        extract_first(ctx, bytes, name, &x, &ignored) != EC_OK)
		x.scan = false;
	arena_reset(ctx->a, mark);
	return x.scan;
}

enum ec intake_document(
        const struct ctx *ctx, struct str bytes, struct str name, struct source *ret, struct err *e)
{
	struct extract x;
	if (ctx->jail == NULL || extract_format(bytes, name) == SOURCE_TEXT)
		return doc_read(ctx->a, bytes, name, ret, e);
	TRY(extract_first(ctx, bytes, name, &x, e));
	if (x.scan)
		TRY(extract_jailed(ctx, "scan", bytes, name, &x, e));
	return source_from_extract(ctx->a, &x, name, ret, e);
}
