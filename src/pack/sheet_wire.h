/* A tabular file across the jail: the child's sink turns calls into bytes, the parent's reader
 * turns bytes into the same calls, row by row while the child still reads. */
#ifndef PACK_SHEET_WIRE_H
#define PACK_SHEET_WIRE_H

#include "base/buf.h"
#include "pack/sheet.h"

/* The child's side: each call of the sink becomes one piece for put. */
struct sheet_wire_out {
	struct buf b; /* reused for each piece */
	void *user;
	enum ec (*put)(void *user, struct str piece, struct err *e);
};

void sheet_wire_out_init(struct sheet_wire_out *out, struct arena *a, void *user,
        enum ec (*put)(void *user, struct str piece, struct err *e));
/* out must outlive the sink. Nothing is skipped here: the parent decides. */
struct sheet_sink sheet_wire_sink(struct sheet_wire_out *out);

/* The parent's side. Open value, fields are private. */
struct sheet_wire_in {
	const struct sheet_sink *sink;
	struct arena *a;
	VEC(struct sheet_cell) cell;
	uint32_t row, sheets;
	bool in_sheet, skip;
};

void sheet_wire_in_init(struct sheet_wire_in *in, struct arena *a, const struct sheet_sink *sink);
/* Reads whole pieces, one or more at once. EC_INPUT when the bytes are not what the child's side
 * writes; codes of the sink are passed on. */
MUST_USE enum ec sheet_wire_take(struct sheet_wire_in *in, struct str pieces, struct err *e);
/* After the last piece: EC_INPUT when a sheet is not complete. */
MUST_USE enum ec sheet_wire_done(const struct sheet_wire_in *in, struct err *e);

#endif
