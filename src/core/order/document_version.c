#include "core/order/document_version.h"

#include "base/limits.h"
#include "base/secret.h"
#include "core/fact.h"
#include "core/intake.h"
#include "core/order/document_card.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/version_match.h"
#include "db/q_version.h"
#include "doc/document.h"

static struct str status_title(struct str s)
{
	return str_eq_z(s, "applied")    ? STR("действует")
	       : str_eq_z(s, "proposed") ? STR("ждёт решения")
	                                 : STR("отклонена");
}

enum ec document_versions(
        const struct ctx *c, int64_t document_id, struct version_list *ret, struct err *e)
{
	struct q_document_one d;
	struct q_versions_rows rows;
	TRY(document_for_read(c, document_id, &d, e));
	TRY(q_versions(c->db, c->a, &(struct q_versions_in){document_id}, &rows, e));
	struct version_list l = {.v = arena_new(c->a, struct version_row, rows.n), .n = rows.n};
	bool current = false;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_versions *r = &rows.v[i];
		bool applied = str_eq_z(r->status, "applied");
		l.v[i] = (struct version_row){.seq = r->seq,
		        .status = r->status,
		        .status_title =
		                applied && current ? STR("прежняя") : status_title(r->status),
		        .file_name = r->file_name,
		        .who = r->user_name.n > 0 ? r->user_name : STR("система"),
		        .at = r->created_at,
		        .current = applied && !current};
		current = current || applied;
		if (str_eq_z(r->status, "proposed"))
			l.proposed = r->seq;
	}
	l.may_add = l.proposed == 0 && !str_eq_z(d.status, "cancelled") &&
	            actor_may(c->actor, CAP_DOCUMENT_WRITE, d.territory_id, ACTOR_ALL);
	*ret = l;
	return EC_OK;
}

/* A document that may take another version. */
static enum ec for_version(
        const struct ctx *c, int64_t id, struct q_document_one *ret, struct err *e)
{
	TRY(document_for_read(c, id, ret, e));
	TRY(must_may(c, CAP_DOCUMENT_WRITE, ret->territory_id, ACTOR_ALL, e));
	if (str_eq_z(ret->status, "cancelled"))
		return err_set(e, EC_CONFLICT, "документ отменён: новая редакция невозможна");
	return EC_OK;
}

static enum ec keep_file(
        const struct ctx *c, const struct document_source *src, int64_t *ret_id, struct err *e)
{
	struct str hash = secret_hash_hex(c->a, src->bytes);
	struct q_file_by_hash known;
	struct q_file_insert row;
	enum ec ec = q_file_by_hash(c->db, c->a, &(struct q_file_by_hash_in){hash}, &known, e);
	if (ec == EC_OK)
		*ret_id = known.id;
	if (ec != EC_NOTFOUND)
		return ec;
	TRY(q_file_insert(c->db, c->a,
	        &(struct q_file_insert_in){hash, utf8_head(src->name, 200),
	                STR("application/octet-stream"), (int64_t)src->bytes.n, src->bytes,
	                clock_now(c->clock), acting_user(c)},
	        &row, e));
	*ret_id = row.id;
	return EC_OK;
}

static enum ec note_version(const struct ctx *c, int64_t document_id, const char *verb, int64_t seq,
        struct str file, struct err *e)
{
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_int(&f.j, "version", seq);
	json_kv_str(&f.j, "file", file);
	return history_add(c,
	        &(struct change){
	                STR("document"), document_id, str_c(verb), STR_NONE, fact_end(&f), STR("")},
	        e);
}

enum ec document_version_add(const struct ctx *c, int64_t document_id,
        const struct document_source *src, int64_t *ret_seq, struct err *e)
{
	struct q_document_one d;
	struct source text;
	struct document doc;
	struct buf parsed;
	struct q_version_last last;
	int64_t file_id = 0;
	TRY(for_version(c, document_id, &d, e));
	if (src->bytes.n == 0)
		return err_set(e, EC_INPUT, "выберите файл новой редакции: он пуст или не выбран");
	TRY(intake_document(c, src->bytes, src->name, &text, e));
	document_parse(c->a, &text, &doc);
	buf_init(&parsed, c->a, 8 * LIMIT_DOC_TEXT);
	document_json(&parsed, &doc);
	TRY(buf_check(&parsed, "разбор документа", e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(for_version(c, document_id, &d, e));
	TRY(keep_file(c, src, &file_id, e));
	TRY(q_version_last(c->db, c->a, &(struct q_version_last_in){document_id}, &last, e));
	if (last.proposed > 0) {
		*ret_seq = last.proposed;
		return err_set(e, EC_CONFLICT,
		        "редакция %lld ещё ждёт решения: примите или отклоните её",
		        (long long)last.proposed);
	}
	if (last.seq == 0) {
		TRY(q_version_first(c->db, &(struct q_version_first_in){document_id}, e));
		last.seq = 1;
	}
	struct q_version_of_file same;
	enum ec ec = q_version_of_file(
	        c->db, c->a, &(struct q_version_of_file_in){document_id, file_id}, &same, e);
	if (ec == EC_OK) {
		*ret_seq = same.seq;
		return err_set(e, EC_CONFLICT, "этот файл уже есть у документа: редакция %lld",
		        (long long)same.seq);
	}
	if (ec != EC_NOTFOUND)
		return ec;
	TRY(q_version_insert(c->db,
	        &(struct q_version_insert_in){document_id, last.seq + 1, file_id,
	                utf8_head(src->name, 200), text.text, buf_str(&parsed), clock_now(c->clock),
	                acting_user(c)},
	        e));
	TRY(note_version(c, document_id, "version_add", last.seq + 1, src->name, e));
	TRY(tx_commit(&tx, e));
	*ret_seq = last.seq + 1;
	return EC_OK;
}

enum ec document_version_drop(const struct ctx *c, int64_t document_id, int64_t seq, struct err *e)
{
	struct q_document_one d;
	struct q_version_last last;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(for_version(c, document_id, &d, e));
	TRY(q_version_last(c->db, c->a, &(struct q_version_last_in){document_id}, &last, e));
	if (seq == 0 || last.proposed != seq)
		return err_set(e, EC_CONFLICT, "эта редакция уже не ждёт решения");
	TRY(q_version_decide(c->db,
	        &(struct q_version_decide_in){
	                document_id, seq, STR("dropped"), clock_now(c->clock), acting_user(c)},
	        e));
	TRY(note_version(c, document_id, "version_drop", seq, STR(""), e));
	return tx_commit(&tx, e);
}

static enum ec version_text(const struct ctx *c, int64_t document_id, int64_t seq,
        struct q_version_one *ret, struct err *e)
{
	enum ec ec =
	        q_version_one(c->db, c->a, &(struct q_version_one_in){document_id, seq}, ret, e);
	return ec == EC_NOTFOUND ? err_set(e, EC_NOTFOUND, "нет такой редакции") : ec;
}

static void count(struct version_compare *l)
{
	for (size_t i = 0; i < l->n; i++) {
		l->n_edited += l->v[i].kind == CHANGE_EDITED;
		l->n_added += l->v[i].kind == CHANGE_ADDED;
		l->n_removed += l->v[i].kind == CHANGE_REMOVED;
		l->n_same += l->v[i].kind == CHANGE_SAME;
	}
}

enum ec document_compare(const struct ctx *c, int64_t document_id, int64_t from, int64_t to,
        struct version_compare *ret, struct err *e)
{
	struct document_card d;
	struct q_version_one x;
	struct q_version_one y;
	struct version_points old;
	struct version_points now;
	TRY(document_card(c, document_id, &d, e));
	TRY(version_text(c, document_id, to, &y, e));
	TRY(version_points_of_json(c->a, y.parsed, &now, e));
	if (from != 0) {
		TRY(version_text(c, document_id, from, &x, e));
		TRY(version_points_of_json(c->a, x.parsed, &old, e));
	} else {
		old = version_points_of_card(c->a, &d);
	}
	struct version_pair *pair = arena_new(c->a, struct version_pair, old.n + now.n + 1);
	struct version_compare l = {.from = from,
	        .to = to,
	        .n = version_pairs(c->a, &old, &now, pair),
	        .confirmed = str_eq_z(d.row.status, "confirmed"),
	        .version = d.version,
	        .may_apply =
	                from == 0 && str_eq_z(y.status, "proposed") &&
	                !str_eq_z(d.row.status, "cancelled") &&
	                actor_may(c->actor, CAP_DOCUMENT_WRITE, d.row.territory_id, ACTOR_ALL)};
	l.v = arena_new(c->a, struct version_change, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		version_say(c->a, pair[i].old == NO_PAIR ? NULL : &old.v[pair[i].old],
		        pair[i].now == NO_PAIR ? NULL : &now.v[pair[i].now], &l.v[i]);
		l.v[i].key = i + 1;
	}
	count(&l);
	*ret = l;
	return EC_OK;
}

enum ec document_version_file(const struct ctx *c, int64_t document_id, int64_t seq,
        struct stored_file *ret, struct err *e)
{
	struct q_document_one d;
	struct q_version_file f;
	TRY(document_for_read(c, document_id, &d, e));
	enum ec ec =
	        q_version_file(c->db, c->a, &(struct q_version_file_in){document_id, seq}, &f, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "файла у этой редакции нет");
	TRY(ec);
	*ret = (struct stored_file){f.name, f.media_type, f.bytes};
	return EC_OK;
}
