#include "core/intake.h"

#include "base/buf.h"
#include "base/limits.h"
#include "pack/docx_read.h"
#include "pack/rich_wire.h"
#include "pack/sheet_wire.h"
#include "pack/zipfile.h"

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

static enum ec run_docx(
        struct arena *a, struct str name, struct str input, struct jail_out *out, struct err *e)
{
	(void)name;
	struct rich rich;
	TRY(docx_read(a, input, &rich, e));
	struct buf b;
	buf_init(&b, a, LIMIT_JAIL_PIECE);
	rich_wire_put(&b, &rich);
	TRY(buf_check(&b, "документ", e));
	return jail_put(out, buf_str(&b), e);
}

const struct jail_task intake_tasks[] = {
        {"sheet", run_sheet},
        {"docx", run_docx},
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

/* A DOCX as struct rich, out of the jail or read here. */
static enum ec docx(
        const struct ctx *ctx, struct str bytes, struct str name, struct rich *ret, struct err *e)
{
	if (ctx->jail == NULL)
		return docx_read(ctx->a, bytes, ret, e);
	const struct jail_job job = {
	        .exe = ctx->jail->exe,
	        .task = "docx",
	        .options = name,
	        .input = bytes,
	        .max_output = LIMIT_JAIL_PIECE,
	};
	struct str answer;
	TRY(jail_run(&job, ctx->a, &answer, e));
	return rich_wire_take(ctx->a, answer, ret, e);
}

enum ec intake_document(
        const struct ctx *ctx, struct str bytes, struct str name, struct source *ret, struct err *e)
{
	if (!zipfile_is(bytes))
		return doc_read(ctx->a, bytes, name, ret, e);
	struct rich rich;
	TRY(docx(ctx, bytes, name, &rich, e));
	TRY(source_from_rich(ctx->a, &rich, ret, e));
	ret->file = name;
	ret->format = SOURCE_DOCX;
	return EC_OK;
}
