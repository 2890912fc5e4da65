#include "core/registry/roll.h"
#include "base/buf.h"
#include "base/limits.h"
#include "core/history.h"
#include "db/q_roll.h"
#include "pack/json.h"
#include "text/fold.h"

#include <string.h>

struct place {
	int64_t id, parent_id;
	bool region;
	struct str code, key;
};

struct ident {
	struct str system, value;
	size_t org;
};

struct roll {
	const struct ctx *c;
	VEC(struct roll_org) org;
	VEC(struct ident) ident;
	VEC(struct place) place;
	uint32_t *slot; /* open addressing over ident; 0 = free, otherwise index + 1 */
	size_t n_slots;
};

static uint64_t ident_hash(struct str system, struct str value)
{
	return str_hash(value) * 31 + str_hash(system);
}

static size_t slot_of(const struct roll *r, struct str system, struct str value)
{
	size_t i = (size_t)ident_hash(system, value) & (r->n_slots - 1);
	while (r->slot[i] != 0) {
		const struct ident *x = &r->ident.v[r->slot[i] - 1];
		if (str_eq(x->value, value) && str_eq(x->system, system))
			break;
		i = (i + 1) & (r->n_slots - 1);
	}
	return i;
}

static void ident_index(struct roll *r)
{
	r->n_slots = 1024;
	while (r->n_slots < 4 * r->ident.n)
		r->n_slots *= 2;
	r->slot = arena_new(r->c->a, uint32_t, r->n_slots);
	for (size_t i = 0; i < r->ident.n; i++)
		r->slot[slot_of(r, r->ident.v[i].system, r->ident.v[i].value)] = (uint32_t)i + 1;
}

static void ident_put(struct roll *r, struct str system, struct str value, size_t org)
{
	*vec_push(r->c->a, &r->ident) = (struct ident){system, value, org};
	if (2 * r->ident.n > r->n_slots)
		ident_index(r);
	else
		r->slot[slot_of(r, system, value)] = (uint32_t)r->ident.n;
}

static enum ec read_all(struct roll *r, struct err *e)
{
	const struct ctx *c = r->c;
	struct q_roll_orgs_rows orgs;
	struct q_roll_idents_rows idents;
	struct q_roll_territories_rows places;
	TRY(q_roll_orgs(c->db, c->a, &orgs, e));
	TRY(q_roll_idents(c->db, c->a, &idents, e));
	TRY(q_roll_territories(c->db, c->a, &places, e));
	for (size_t i = 0; i < orgs.n; i++) {
		const struct q_roll_orgs *o = &orgs.v[i];
		*vec_push(c->a, &r->org) =
		        (struct roll_org){o->id, o->territory_id, o->kind, o->name, o->short_name,
		                o->head, o->valid_from, o->valid_to, o->provisional != 0};
	}
	size_t org = 0; /* both lists are in the order of organisations */
	for (size_t i = 0; i < idents.n; i++) {
		while (org < r->org.n && r->org.v[org].id < idents.v[i].org_id)
			org++;
		BUG_IF(org >= r->org.n || r->org.v[org].id != idents.v[i].org_id);
		*vec_push(c->a, &r->ident) =
		        (struct ident){idents.v[i].system, idents.v[i].value, org};
	}
	for (size_t i = 0; i < places.n; i++) {
		const struct q_roll_territories *t = &places.v[i];
		*vec_push(c->a, &r->place) = (struct place){t->id, t->parent_id,
		        str_eq(t->kind, STR("region")), t->code, t->search_key};
	}
	ident_index(r);
	return EC_OK;
}

enum ec roll_open(const struct ctx *c, struct roll **ret, struct err *e)
{
	struct roll *r = arena_new(c->a, struct roll, 1);
	r->c = c;
	TRY(read_all(r, e));
	*ret = r;
	return EC_OK;
}

size_t roll_size(const struct roll *r)
{
	return r->org.n;
}

struct roll_org *roll_find(const struct roll *r, struct str system, struct str value)
{
	uint32_t at = r->slot[slot_of(r, system, value)];
	return at == 0 ? NULL : &r->org.v[r->ident.v[at - 1].org];
}

static bool digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return s.n > 0;
}

bool ident_value(struct str written, struct str *ret_system, struct str *ret_value)
{
	struct str s = str_trim(written);
	if (s.n == 0)
		return false;
	struct str tail = str_skip(s, 3);
	bool login = s.n == 9 && digits(tail) &&
	             (str_ieq_ascii(str_sub(s, 0, 3), STR("sch")) ||
	                     str_ieq_ascii(str_sub(s, 0, 3), STR("edu")));
	*ret_value = login ? tail : s;
	*ret_system = login || (s.n == 6 && digits(s))        ? STR("fis_oko")
	              : digits(s) && (s.n == 10 || s.n == 12) ? STR("inn")
	              : digits(s) && (s.n == 13 || s.n == 15) ? STR("ogrn")
	                                                      : STR("own");
	return true;
}

static enum ec place_add(struct roll *r, int64_t parent, struct str code, struct str name,
        int64_t *ret_id, struct err *e)
{
	struct arena *a = r->c->a;
	bool region = parent == DB_NULL_INT;
	name = text_squeeze(a, name);
	struct q_roll_territory_add id;
	struct str key = text_key(a, name);
	TRY(q_roll_territory_add(r->c->db, a,
	        &(struct q_roll_territory_add_in){parent,
	                region ? STR("region") : STR("municipality"), str_dup(a, code), name,
	                text_sort_key(a, name), key},
	        &id, e));
	*vec_push(a, &r->place) = (struct place){id.id, parent, region, str_dup(a, code), key};
	*ret_id = id.id;
	struct buf b;
	struct json j;
	buf_init(&b, a, 16 * KIB);
	json_init(&j, &b, false);
	json_obj(&j);
	json_kv_str(&j, "name", name);
	json_kv_str(&j, "code", code);
	json_obj_end(&j);
	return history_add(r->c,
	        &(struct change){.noun = STR("territory"),
	                .noun_id = id.id,
	                .verb = STR("create"),
	                .after = buf_str(&b),
	                .reason = STR("загрузка")},
	        e);
}

static enum ec region_id(struct roll *r, const struct roll_place *p, int64_t *ret_id, struct err *e)
{
	for (size_t i = 0; i < r->place.n; i++) {
		if (r->place.v[i].region) {
			*ret_id = r->place.v[i].id;
			return EC_OK;
		}
	}
	struct str name =
	        str_blank(p->region_name)
	                ? (str_blank(p->region_code) ? STR("Регион")
	                                             : str_printf(r->c->a, "Регион " STR_FMT,
	                                                       STR_ARG(p->region_code)))
	                : p->region_name;
	return place_add(r, DB_NULL_INT, p->region_code, name, ret_id, e);
}

enum ec roll_territory(struct roll *r, const struct roll_place *p, int64_t *ret_id, struct err *e)
{
	int64_t region;
	TRY(region_id(r, p, &region, e));
	if (str_blank(p->code) && str_blank(p->name)) {
		*ret_id = region;
		return EC_OK;
	}
	struct str name = p->name;
	if (str_blank(name)) {
		size_t cut = str_find_byte(p->code, '_', 0);
		name = str_printf(r->c->a, "Муниципалитет " STR_FMT,
		        STR_ARG(cut == SIZE_MAX ? p->code : str_skip(p->code, cut + 1)));
	}
	struct str key = text_key(r->c->a, name);
	for (size_t i = 0; i < r->place.n; i++) {
		const struct place *x = &r->place.v[i];
		if ((!str_blank(p->code) && str_eq(x->code, p->code)) || str_eq(x->key, key)) {
			*ret_id = x->id;
			return EC_OK;
		}
	}
	return place_add(r, region, p->code, name, ret_id, e);
}

static struct str org_json(struct arena *a, const struct roll_org *o)
{
	struct buf b;
	struct json j;
	buf_init(&b, a, 64 * KIB);
	json_init(&j, &b, false);
	json_obj(&j);
	json_kv_str(&j, "kind", o->kind);
	json_kv_str(&j, "name", o->name);
	json_kv_str(&j, "short_name", o->short_name);
	json_kv_str(&j, "head", o->head);
	json_kv_int(&j, "territory_id", o->territory_id);
	if (o->valid_from.p != NULL)
		json_kv_str(&j, "valid_from", o->valid_from);
	if (o->valid_to.p != NULL)
		json_kv_str(&j, "valid_to", o->valid_to);
	json_kv_bool(&j, "provisional", o->provisional);
	json_obj_end(&j);
	return buf_str(&b);
}

static struct roll_org org_dup(struct arena *a, const struct roll_org *o)
{
	struct roll_org x = *o;
	x.kind = str_dup(a, o->kind);
	x.name = text_squeeze(a, o->name);
	x.short_name = text_squeeze(a, o->short_name);
	x.head = text_squeeze(a, o->head);
	return x;
}

static struct str org_search(struct arena *a, const struct roll_org *o)
{
	return text_key(
	        a, str_printf(a, STR_FMT " " STR_FMT, STR_ARG(o->name), STR_ARG(o->short_name)));
}

enum ec roll_add(struct roll *r, const struct roll_org *o, struct str written,
        struct roll_org **ret, struct err *e)
{
	struct arena *a = r->c->a;
	struct roll_org x = org_dup(a, o);
	struct q_roll_org_add id;
	TRY(q_roll_org_add(r->c->db, a,
	        &(struct q_roll_org_add_in){x.territory_id, x.kind, x.name, x.short_name,
	                text_sort_key(a, x.name), org_search(a, &x), x.head, x.valid_from,
	                x.valid_to, x.provisional},
	        &id, e));
	x.id = id.id;
	struct roll_org *added = vec_push(a, &r->org);
	*added = x;
	TRY(history_add(r->c,
	        &(struct change){.noun = STR("org"),
	                .noun_id = x.id,
	                .verb = STR("create"),
	                .after = org_json(a, &x),
	                .reason = STR("загрузка")},
	        e));
	TRY(roll_ident(r, added, written, e));
	*ret = added;
	return EC_OK;
}

enum ec roll_set(struct roll *r, struct roll_org *o, const struct roll_org *now, struct err *e)
{
	struct arena *a = r->c->a;
	struct roll_org x = org_dup(a, now);
	x.id = o->id;
	x.provisional = false;
	TRY(q_roll_org_set(r->c->db,
	        &(struct q_roll_org_set_in){x.id, x.territory_id, x.kind, x.name, x.short_name,
	                text_sort_key(a, x.name), org_search(a, &x), x.head, x.valid_from,
	                x.valid_to},
	        e));
	TRY(history_add(r->c,
	        &(struct change){.noun = STR("org"),
	                .noun_id = x.id,
	                .verb = STR("change"),
	                .before = org_json(a, o),
	                .after = org_json(a, &x),
	                .reason = STR("загрузка")},
	        e));
	*o = x;
	return EC_OK;
}

enum ec roll_ident(struct roll *r, struct roll_org *o, struct str written, struct err *e)
{
	struct str system, value;
	if (!ident_value(written, &system, &value))
		return EC_OK;
	const struct roll_org *owner = roll_find(r, system, value);
	if (owner == o)
		return EC_OK;
	if (owner != NULL)
		return err_set(e, EC_CONFLICT, "идентификатор " STR_FMT " уже у другой организации",
		        STR_ARG(written));
	struct arena *a = r->c->a;
	written = str_dup(a, str_trim(written));
	(void)ident_value(written, &system, &value);
	TRY(q_roll_ident_add(
	        r->c->db, &(struct q_roll_ident_add_in){o->id, system, value, written}, e));
	ident_put(r, system, value, (size_t)(o - r->org.v));
	return EC_OK;
}
