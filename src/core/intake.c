#include "core/intake.h"

#include "base/buf.h"
#include "base/limits.h"
#include "doc/extract.h"
#include "pack/pdf_read.h"
#include "pack/rich_wire.h"
#include "pack/sheet_wire.h"

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

/* The answer: a byte for the format, then the text or the wire form of paragraphs and tables. */
static enum ec run_document(
        struct arena *a, struct str name, struct str input, struct jail_out *out, struct err *e)
{
	struct extract x;
	TRY(doc_extract(a, input, name, &x, e));
	struct buf b;
	buf_init(&b, a, LIMIT_JAIL_PIECE);
	buf_byte(&b, (char)('A' + x.format));
	if (x.plain)
		buf_add(&b, x.text);
	else
		rich_wire_put(&b, &x.rich);
	TRY(buf_check(&b, "документ", e));
	return jail_put(out, buf_str(&b), e);
}

const struct jail_task intake_tasks[] = {
        {.name = "sheet", .run = run_sheet},
        {.name = "document", .run = run_document},
        {.name = "pdf", .run = run_document, .prepare = pdf_prepare, .asks_files = true},
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
	if (answer.n == 0 || answer.p[0] != (char)('A' + format))
		return err_set(e, EC_INPUT, "ответ обработчика неверен");
	struct str body = str_skip(answer, 1);
	if (!ret->plain)
		return rich_wire_take(a, body, &ret->rich, e);
	if (!utf8_valid(body))
		return err_set(e, EC_INPUT, "ответ обработчика неверен");
	ret->text = body;
	return EC_OK;
}

enum ec intake_document(
        const struct ctx *ctx, struct str bytes, struct str name, struct source *ret, struct err *e)
{
	enum source_format format = extract_format(bytes, name);
	if (ctx->jail == NULL || format == SOURCE_TEXT)
		return doc_read(ctx->a, bytes, name, ret, e);
	const struct jail_job job = {
	        .exe = ctx->jail->exe,
	        .task = format == SOURCE_PDF ? "pdf" : "document",
	        .options = name,
	        .input = bytes,
	        .max_output = LIMIT_JAIL_PIECE,
	};
	struct str answer;
	struct extract x;
	TRY(jail_run(&job, ctx->a, &answer, e));
	TRY(extract_take(ctx->a, answer, format, &x, e));
	return source_from_extract(ctx->a, &x, name, ret, e);
}
