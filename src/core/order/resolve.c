#include "core/order/resolve.h"

#include "core/fact.h"
#include "core/order/resolve_known.h"
#include "core/order/resolve_rules.h"
#include "db/q_org.h"
#include "text/fold.h"

#define LIKE_ENOUGH 0.74 /* a named organisation is recognised from here */

struct str resolve_plain_key(struct arena *a, struct str name)
{
	static const struct {
		struct str brief, full;
	} forms[] = {
	        {STR_INIT("маоу"), STR_INIT("")},
	        {STR_INIT("мбоу"), STR_INIT("")},
	        {STR_INIT("мкоу"), STR_INIT("")},
	        {STR_INIT("моу"), STR_INIT("")},
	        {STR_INIT("гбоу"), STR_INIT("")},
	        {STR_INIT("гаоу"), STR_INIT("")},
	        {STR_INIT("мку"), STR_INIT("")},
	        {STR_INIT("мбу"), STR_INIT("")},
	        {STR_INIT("мау"), STR_INIT("")},
	        {STR_INIT("гбу"), STR_INIT("")},
	        {STR_INIT("гау"), STR_INIT("")},
	        {STR_INIT("сош"), STR_INIT("средняя общеобразовательная школа")},
	        {STR_INIT("оош"), STR_INIT("основная общеобразовательная школа")},
	        {STR_INIT("нош"), STR_INIT("начальная общеобразовательная школа")},
	        {STR_INIT("имени"), STR_INIT("")},
	};
	struct buf b;
	buf_init(&b, a, 8192);
	struct str key = text_key(a, str_sub(name, 0, 2000));
	struct str w;
	while (str_next(&key, ' ', &w)) {
		for (size_t i = 0; i < ARRAY_LEN(forms); i++)
			if (str_eq(w, forms[i].brief))
				w = forms[i].full;
		if (w.n > 0 && b.n > 0)
			buf_byte(&b, ' ');
		buf_add(&b, w);
	}
	return buf_str(&b);
}

struct str resolve_numbers(struct arena *a, struct str key)
{
	struct buf b;
	buf_init(&b, a, 200);
	bool in = false;
	for (size_t i = 0; i < key.n; i++) {
		bool digit = key.p[i] >= '0' && key.p[i] <= '9';
		if (digit && !in && b.n > 0)
			buf_byte(&b, ' ');
		if (digit)
			buf_byte(&b, key.p[i]);
		in = digit;
	}
	return buf_str(&b);
}

static void know(struct resolver *r, int64_t id, struct str name, struct str of)
{
	struct str key = resolve_plain_key(r->a, of);
	if (key.n == 0)
		return;
	r->v[r->n++] = (struct known){
	        .id = id, .name = name, .key = key, .numbers = resolve_numbers(r->a, key)};
}

enum ec resolver_open(
        const struct ctx *c, int64_t territory_id, struct resolver **ret, struct err *e)
{
	struct q_org_names_rows names;
	struct q_org_alias_names_rows aliases;
	TRY(q_org_names(c->db, c->a, &(struct q_org_names_in){territory_id}, &names, e));
	TRY(q_org_alias_names(
	        c->db, c->a, &(struct q_org_alias_names_in){territory_id}, &aliases, e));
	struct resolver *r = arena_new(c->a, struct resolver, 1);
	r->a = c->a;
	r->v = arena_new(c->a, struct known, 2 * names.n + aliases.n);
	size_t k = 0;
	for (size_t i = 0; i < names.n; i++) {
		const struct q_org_names *o = &names.v[i];
		know(r, o->id, o->name, o->name);
		if (o->short_name.n > 0)
			know(r, o->id, o->name, o->short_name);
		/* both lists are in the order of id */
		for (; k < aliases.n && aliases.v[k].id <= o->id; k++)
			if (aliases.v[k].id == o->id)
				know(r, o->id, o->name, aliases.v[k].name);
	}
	*ret = r;
	return EC_OK;
}

void resolve_stem_all(struct resolver *r, struct stemmer *st)
{
	for (size_t i = 0; !r->stemmed && i < r->n; i++)
		r->v[i].stems = text_stems(st, r->a, r->v[i].key);
	r->stemmed = true;
}

static bool by_key(const struct resolver *r, struct str key, struct resolved *ret)
{
	const struct known *hit = NULL;
	for (size_t i = 0; i < r->n; i++) {
		if (!str_eq(r->v[i].key, key))
			continue;
		if (hit != NULL && hit->id != r->v[i].id)
			return false; /* two organisations of one name: a person decides */
		hit = &r->v[i];
	}
	if (hit == NULL)
		return false;
	*ret = (struct resolved){.rule = STR("org"),
	        .org_id = hit->id,
	        .org_name = hit->name,
	        .why = str_printf(r->a, "название совпадает с организацией реестра «" STR_FMT "»",
	                STR_ARG(hit->name)),
	        .confidence = 0.97};
	return true;
}

/* Looks the name up by its stems; true when one organisation is like it enough. */
static bool by_stems(struct resolver *r, struct str key, struct resolved *ret)
{
	AUTO_STEMMER(st);
	resolve_stem_all(r, &st);
	struct stem_set want = text_stems(&st, r->a, key);
	struct str numbers = resolve_numbers(r->a, key);
	const struct known *best = NULL;
	double top = 0, second = 0;
	for (size_t i = 0; i < r->n; i++) {
		double like = stem_likeness(want, r->v[i].stems);
		if (!str_eq(numbers, r->v[i].numbers))
			like *= 0.6; /* school 5 is not school 15 */
		bool same = best != NULL && best->id == r->v[i].id;
		if (like > top) {
			second = same ? second : top;
			top = like;
			best = &r->v[i];
		} else if (!same && like > second) {
			second = like;
		}
	}
	if (best == NULL || top < LIKE_ENOUGH || top - second < 0.05)
		return false;
	ret->rule = STR("org");
	ret->org_id = best->id;
	ret->org_name = best->name;
	ret->confidence = 0.6 + 0.35 * top;
	ret->why = str_printf(r->a, "по словам больше всего похоже на «" STR_FMT "» (%.0f %%)",
	        STR_ARG(ret->org_name), 100 * top);
	return true;
}

static bool by_pattern(const struct resolver *r, struct str key, bool author, struct resolved *ret)
{
	size_t n;
	const struct resolve_pattern *p = resolve_patterns(&n);
	for (size_t i = 0; i < n; i++) {
		if (str_eq_z(p[i].rule, "author") != author || !resolve_pattern_fits(&p[i], key))
			continue;
		ret->rule = p[i].rule;
		ret->org_id = INT64_MIN;
		ret->confidence = p[i].confidence;
		ret->why = str_printf(
		        r->a, "%s → " STR_FMT, p[i].why, STR_ARG(resolve_rule_title(p[i].rule)));
		return true;
	}
	return false;
}

void resolve_name(struct resolver *r, struct str name, struct str person, struct resolved *ret)
{
	struct resolved t = {.rule = STR("unknown"), .org_id = INT64_MIN, .confidence = 0.2};
	struct str key = resolve_plain_key(r->a, name);
	if (key.n == 0) {
		t.rule = person.n > 0 ? STR("author") : STR("unknown");
		t.confidence = person.n > 0 ? 0.5 : 0.2;
		t.why = person.n > 0 ? STR("назван только человек: считается сотрудником автора "
		                           "документа")
		                     : STR("исполнитель не назван");
	} else if (!by_key(r, key, &t) && !by_pattern(r, text_key(r->a, name), false, &t) &&
	           !by_stems(r, key, &t) && !by_pattern(r, text_key(r->a, name), true, &t)) {
		t.why = STR("ни правило, ни название в реестре не подошли");
		t.near = arena_new(r->a, struct resolve_near, NEAR_MAX);
		t.n_near = resolve_nearest(r, name, t.near, NEAR_MAX);
	}
	*ret = t;
}

/* tag:x → x, else empty. */
static struct str tag_of(struct str rule)
{
	return str_starts(rule, STR("tag:")) ? str_skip(rule, 4) : STR("");
}

static void put(struct resolved_orgs *l, int64_t id, int64_t territory_id, struct str name)
{
	l->v[l->n++] = (struct resolved_org){id, territory_id, name};
}

enum ec rule_orgs(
        const struct ctx *c, const struct rule_at *r, struct resolved_orgs *ret, struct err *e)
{
	struct resolved_orgs l = {0};
	struct str tag = tag_of(r->rule);
	struct str kind = rule_kind(r->rule);
	if (tag.n > 0) {
		struct q_org_of_tag_rows rows;
		TRY(q_org_of_tag(c->db, c->a,
		        &(struct q_org_of_tag_in){r->territory_id, tag, r->date}, &rows, e));
		l.v = arena_new(c->a, struct resolved_org, rows.n);
		for (size_t i = 0; i < rows.n; i++)
			put(&l, rows.v[i].id, rows.v[i].territory_id, rows.v[i].name);
	} else if (kind.n > 0) {
		/* department and operator are one for the region, whoever names them */
		bool regional = str_eq_z(kind, "department") || str_eq_z(kind, "operator");
		struct q_org_of_kind_rows rows;
		TRY(q_org_of_kind(c->db, c->a,
		        &(struct q_org_of_kind_in){
		                regional ? DB_NULL_INT : r->territory_id, kind, r->date},
		        &rows, e));
		l.v = arena_new(c->a, struct resolved_org, rows.n);
		for (size_t i = 0; i < rows.n; i++)
			put(&l, rows.v[i].id, rows.v[i].territory_id, rows.v[i].name);
	} else if ((str_eq_z(r->rule, "org") || str_eq_z(r->rule, "author")) &&
	           r->org_id != DB_NULL_INT && r->org_id != 0) {
		struct q_org_one o;
		TRY(q_org_one(c->db, c->a, &(struct q_org_one_in){r->org_id}, &o, e));
		l.v = arena_new(c->a, struct resolved_org, 1);
		put(&l, o.id, o.territory_id, o.name);
	}
	*ret = l;
	return EC_OK;
}

struct str rule_kind(struct str rule)
{
	static const struct {
		struct str rule, kind;
	} kinds[] = {
	        {STR_INIT("all_schools"), STR_INIT("school")},
	        {STR_INIT("all_municipal"), STR_INIT("municipal")},
	        {STR_INIT("department"), STR_INIT("department")},
	        {STR_INIT("operator"), STR_INIT("operator")},
	};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(kinds[i].rule, rule))
			return kinds[i].kind;
	return STR("");
}
