#include "core/control/evidence_text.h"

#include "base/buf.h"
#include "base/limits.h"
#include "core/fact.h"
#include "core/intake.h"
#include "core/search_index.h"
#include "db/q_evidence.h"

/* Cells of a workbook as running text. */
struct cells {
	struct buf b;
};

static enum ec on_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	struct cells *t = user;
	(void)skip;
	(void)e;
	buf_printf(&t->b, STR_FMT "\n", STR_ARG(info->name));
	return EC_OK;
}

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct cells *t = user;
	(void)e;
	/* the beginning of a large table is enough to find it */
	for (size_t i = 0; i < row->n && t->b.n + row->cell[i].text.n < LIMIT_EVIDENCE_TEXT; i++)
		buf_printf(&t->b, "%s" STR_FMT, i > 0 ? " " : "", STR_ARG(row->cell[i].text));
	if (t->b.n + 1 < LIMIT_EVIDENCE_TEXT)
		buf_byte(&t->b, '\n');
	return EC_OK;
}

static bool is_table(struct str media_type)
{
	return str_ends(media_type, STR("spreadsheetml.sheet"));
}

static enum ec words_of(const struct ctx *c, const struct q_evidence_one *v, struct str bytes,
        struct str *ret, struct err *e)
{
	if (is_table(v->media_type)) {
		struct cells t;
		const struct sheet_sink sink = {.user = &t, .sheet = on_sheet, .row = on_row};
		buf_init(&t.b, c->a, LIMIT_EVIDENCE_TEXT + LIMIT_CELL);
		TRY(intake_sheet(c, bytes, v->file_name, &sink, e));
		*ret = buf_str(&t.b);
		return EC_OK;
	}
	struct source text;
	TRY(intake_document(c, bytes, v->file_name, &text, e));
	*ret = text.text;
	return EC_OK;
}

enum ec evidence_read(const struct ctx *c, int64_t id, struct str *ret_message, struct err *e)
{
	struct q_evidence_one v;
	struct q_evidence_bytes f;
	struct err why = {0};
	struct str words = STR("");
	TRY(q_evidence_one(c->db, c->a, &(struct q_evidence_one_in){id}, &v, e));
	*ret_message = STR("подтверждение убрано: читать нечего");
	if (v.removed_at != DB_NULL_INT || !str_eq_z(v.kind, "file"))
		return EC_OK;
	TRY(q_evidence_bytes(c->db, c->a, &(struct q_evidence_bytes_in){id}, &f, e));
	enum ec ec = words_of(c, &v, f.bytes, &words, &why);
	if (ec == EC_DB) {
		*e = why;
		return ec;
	}
	if (words.n > LIMIT_EVIDENCE_TEXT) {
		words.n = LIMIT_EVIDENCE_TEXT;
		while (words.n > 0 && ((unsigned char)words.p[words.n] & 0xC0) == 0x80)
			words.n--;
	}
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_evidence_text(c->db,
	        &(struct q_evidence_text_in){id, ec == EC_OK ? STR("read") : STR("failed"),
	                ec == EC_OK ? words : STR(""), ec == EC_OK ? STR("") : str_c(why.msg)},
	        e));
	TRY(evidence_index(c, id, e));
	TRY(tx_commit(&tx, e));
	*ret_message = ec == EC_OK ? str_printf(c->a, "прочитан файл «" STR_FMT "», знаков %zu",
	                                     STR_ARG(v.file_name), utf8_len(words))
	                           : str_printf(c->a, "файл «" STR_FMT "» не читается: %s",
	                                     STR_ARG(v.file_name), why.msg);
	return EC_OK;
}

enum ec evidence_index(const struct ctx *c, int64_t id, struct err *e)
{
	struct q_evidence_one v;
	struct search_text part[2];
	size_t n = 0;
	TRY(q_evidence_one(c->db, c->a, &(struct q_evidence_one_in){id}, &v, e));
	if (v.removed_at != DB_NULL_INT)
		return search_index_drop(c, STR("evidence"), id, e);
	struct str head = str_trim(str_printf(c->a, STR_FMT " " STR_FMT " " STR_FMT,
	        STR_ARG(v.demanded), STR_ARG(v.title), STR_ARG(v.file_name)));
	if (head.n > 0)
		part[n++] =
		        (struct search_text){SEARCH_TEXT, STR("assignment"), v.assignment_id, head};
	if (v.text.n > 0)
		part[n++] = (struct search_text){
		        SEARCH_TEXT, STR("assignment"), v.assignment_id, v.text};
	return search_index_put(c,
	        &(struct search_entry){.noun = STR("evidence"),
	                .noun_id = id,
	                .document_id = v.document_id,
	                .territory_id = v.territory_id,
	                .org_id = v.org_id,
	                .part = part,
	                .n_parts = n},
	        e);
}

static enum ec rebuild_some(const struct ctx *c, int64_t *after, size_t *n, struct err *e)
{
	enum { BATCH = 100 };
	struct q_evidence_ids_rows ids;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_evidence_ids(c->db, c->a, &(struct q_evidence_ids_in){*after, BATCH}, &ids, e));
	for (size_t i = 0; i < ids.n; i++)
		TRY(evidence_index(c, ids.v[i].id, e));
	TRY(tx_commit(&tx, e));
	*n = ids.n;
	if (ids.n > 0)
		*after = ids.v[ids.n - 1].id;
	return EC_OK;
}

enum ec evidence_index_rebuild(const struct ctx *c, size_t *ret_n, struct err *e)
{
	int64_t after = 0;
	size_t n;
	*ret_n = 0;
	do {
		struct arena_mark mark = arena_mark(c->a);
		TRY(rebuild_some(c, &after, &n, e));
		arena_reset(c->a, mark);
		*ret_n += n;
	} while (n > 0);
	return EC_OK;
}
