#include "core/registry/territory.h"

#include "core/fact.h"
#include "db/q_territory.h"
#include "text/fold.h"

enum ec territory_list(const struct ctx *c, struct territory_list *ret, struct err *e)
{
	struct q_territory_all_rows rows;
	TRY(q_territory_all(c->db, c->a, &rows, e));
	struct territory *v = arena_new(c->a, struct territory, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_territory_all *r = &rows.v[i];
		v[i] = (struct territory){
		        r->id, r->parent_id, r->kind, r->code, r->name, r->n_schools};
	}
	*ret = (struct territory_list){v, rows.n};
	return EC_OK;
}

enum ec territory_get(const struct ctx *c, int64_t id, struct territory *ret, struct err *e)
{
	struct q_territory_one r;
	if (q_territory_one(c->db, c->a, &(struct q_territory_one_in){id}, &r, e) != EC_OK)
		return err_wrap(e, "территория %lld", (long long)id);
	*ret = (struct territory){r.id, r.parent_id, r.kind, r.code, r.name, r.n_schools};
	return EC_OK;
}

enum ec territory_region(const struct ctx *c, struct territory *ret, struct err *e)
{
	struct q_territory_region r;
	enum ec ec = q_territory_region(c->db, c->a, &r, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "в базе ещё нет региона");
	TRY(ec);
	*ret = (struct territory){r.id, r.parent_id, r.kind, r.code, r.name, r.n_schools};
	return EC_OK;
}

static struct str territory_json(const struct ctx *c, struct str name, struct str code)
{
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_str(&f.j, "name", name);
	json_kv_str(&f.j, "code", code);
	return fact_end(&f);
}

static enum ec read_form(
        const struct ctx *c, const struct territory_form *f, struct territory *ret, struct err *e)
{
	TRY(typed_text(
	        c->a, &(struct text_field){f->name, "Название", 500, true, false}, &ret->name, e));
	TRY(typed_text(
	        c->a, &(struct text_field){f->code, "Код", 60, false, false}, &ret->code, e));
	if (text_key(c->a, ret->name).n == 0)
		return err_set(e, EC_INPUT, "Название: нужны буквы или цифры");
	return EC_OK;
}

/* EC_CONFLICT when the name belongs to another territory than `id`. */
static enum ec name_is_free(
        const struct ctx *c, struct str key, int64_t id, int64_t *ret_id, struct err *e)
{
	struct q_territory_by_key there;
	struct err none;
	enum ec ec = q_territory_by_key(
	        c->db, c->a, &(struct q_territory_by_key_in){key}, &there, &none);
	if (ec == EC_NOTFOUND || (ec == EC_OK && there.id == id))
		return EC_OK;
	if (ec != EC_OK)
		return err_set(e, ec, "%s", none.msg);
	*ret_id = there.id;
	return err_set(e, EC_CONFLICT, "территория с таким названием уже есть");
}

enum ec territory_create(
        const struct ctx *c, const struct territory_form *f, int64_t *ret_id, struct err *e)
{
	TRY(must_may(c, CAP_REGISTRY_WRITE, ACTOR_ALL, ACTOR_ALL, e));
	struct territory t;
	TRY(read_form(c, f, &t, e));
	struct str key = text_key(c->a, t.name);
	bool region = f->parent_id == ACTOR_ALL;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(name_is_free(c, key, 0, ret_id, e));
	struct q_territory_region there;
	struct err none;
	if (region && q_territory_region(c->db, c->a, &there, &none) == EC_OK) {
		*ret_id = there.id;
		return err_set(e, EC_CONFLICT, "регион в базе уже есть");
	}
	struct q_territory_insert row;
	TRY(q_territory_insert(c->db, c->a,
	        &(struct q_territory_insert_in){f->parent_id,
	                region ? STR("region") : STR("municipality"), t.code, t.name,
	                text_sort_key(c->a, t.name), key},
	        &row, e));
	TRY(history_add(c,
	        &(struct change){STR("territory"), row.id, STR("create"), STR_NONE,
	                territory_json(c, t.name, t.code), STR("")},
	        e));
	TRY(tx_commit(&tx, e));
	*ret_id = row.id;
	return EC_OK;
}

enum ec territory_rename(
        const struct ctx *c, int64_t id, const struct territory_form *f, struct err *e)
{
	TRY(must_may(c, CAP_REGISTRY_WRITE, ACTOR_ALL, ACTOR_ALL, e));
	struct territory t;
	struct territory old;
	int64_t other;
	TRY(read_form(c, f, &t, e));
	struct str key = text_key(c->a, t.name);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(territory_get(c, id, &old, e));
	TRY(name_is_free(c, key, id, &other, e));
	TRY(q_territory_update(c->db,
	        &(struct q_territory_update_in){
	                id, t.code, t.name, text_sort_key(c->a, t.name), key},
	        e));
	TRY(history_add(c,
	        &(struct change){STR("territory"), id, STR("change"),
	                territory_json(c, old.name, old.code), territory_json(c, t.name, t.code),
	                STR("")},
	        e));
	return tx_commit(&tx, e);
}
