#include "core/registry/org.h"

#include "core/fact.h"
#include "db/q_org.h"
#include "text/fold.h"

static const struct word kinds[] = {
        {STR_INIT("department"), STR_INIT("орган управления региона")},
        {STR_INIT("operator"), STR_INIT("региональный оператор")},
        {STR_INIT("municipal"), STR_INIT("муниципальный орган управления образованием")},
        {STR_INIT("unit"), STR_INIT("подразделение")},
        {STR_INIT("school"), STR_INIT("школа")},
        {STR_INIT("other"), STR_INIT("другая организация")},
};
static const struct word tags[] = {
        {STR_INIT("bias"), STR_INIT("признаки необъективности")},
        {STR_INIT("low"), STR_INIT("низкие образовательные результаты")},
        {STR_INIT("project"), STR_INIT("участник проекта")},
};
static const struct word systems[] = {
        {STR_INIT("fis_oko"), STR_INIT("ФИС ОКО")},
        {STR_INIT("inn"), STR_INIT("ИНН")},
        {STR_INIT("ogrn"), STR_INIT("ОГРН")},
        {STR_INIT("oktmo"), STR_INIT("ОКТМО")},
        {STR_INIT("own"), STR_INIT("внутренний код")},
};

const struct word *org_kinds(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(kinds);
	return kinds;
}

const struct word *org_tags(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(tags);
	return tags;
}

const struct word *org_systems(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(systems);
	return systems;
}

struct str word_title(const struct word *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return v[i].title;
	return name;
}

static bool word_known(const struct word *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return true;
	return false;
}

struct str ident_normal(struct arena *a, struct str system, struct str written)
{
	struct str s = text_lower(a, str_trim(written));
	if (!str_eq_z(system, "fis_oko"))
		return s;
	if (str_starts(s, STR("sch")) || str_starts(s, STR("edu")))
		s = str_trim(str_skip(s, 3));
	return s;
}

/* q_org_one and q_org_page have the same columns. */
#define ORG_OF(r)                                                                                  \
	((struct org){.id = (r)->id,                                                               \
	        .territory_id = (r)->territory_id,                                                 \
	        .parent_id = (r)->parent_id,                                                       \
	        .kind = (r)->kind,                                                                 \
	        .kind_title = word_title(kinds, ARRAY_LEN(kinds), (r)->kind),                      \
	        .name = (r)->name,                                                                 \
	        .short_name = (r)->short_name,                                                     \
	        .head = (r)->head,                                                                 \
	        .territory_name = (r)->territory_name,                                             \
	        .valid_from = (r)->valid_from,                                                     \
	        .valid_to = (r)->valid_to,                                                         \
	        .provisional = (r)->provisional != 0,                                              \
	        .ident = (r)->ident})

enum ec org_list(
        const struct ctx *c, const struct org_filter *f, struct org_list *ret, struct err *e)
{
	static const enum q_org_page_sort sorts[ORG_SORT_COUNT] = {
	        [ORG_BY_NAME] = Q_ORG_PAGE_BY_NAME,
	        [ORG_BY_NAME_DESC] = Q_ORG_PAGE_BY_NAME_DESC,
	        [ORG_BY_TERRITORY] = Q_ORG_PAGE_BY_TERRITORY,
	        [ORG_BY_TERRITORY_DESC] = Q_ORG_PAGE_BY_TERRITORY_DESC,
	        [ORG_BY_KIND] = Q_ORG_PAGE_BY_KIND,
	        [ORG_BY_KIND_DESC] = Q_ORG_PAGE_BY_KIND_DESC,
	};
	struct scope s;
	TRY(must_scope(c, CAP_REGISTRY_READ, &s, e));
	struct search_words w = search_words_of(c->a, f->search);
	struct paging p = paging_clean(f->page);
	struct q_org_page_in in = {.scope_territory = s.territory_id,
	        .scope_org = s.org_id,
	        .territory_id = f->territory_id == 0 ? DB_NULL_INT : f->territory_id,
	        .kind = or_empty(f->kind),
	        .tag = or_empty(f->tag),
	        .today = today_iso(c),
	        .provisional = f->provisional,
	        .w1 = w.w[0],
	        .w2 = w.w[1],
	        .w3 = w.w[2],
	        .w4 = w.w[3],
	        .n = p.limit,
	        .skip = p.offset,
	        .sort = sorts[f->sort < ORG_SORT_COUNT ? f->sort : ORG_BY_NAME]};
	struct q_org_page_rows rows;
	TRY(q_org_page(c->db, c->a, &in, &rows, e));
	struct q_org_page_count count;
	TRY(q_org_page_count(c->db, c->a,
	        &(struct q_org_page_count_in){in.scope_territory, in.scope_org, in.territory_id,
	                in.kind, in.tag, in.today, in.provisional, in.w1, in.w2, in.w3, in.w4},
	        &count, e));
	struct org *v = arena_new(c->a, struct org, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = ORG_OF(&rows.v[i]);
	*ret = (struct org_list){v, rows.n, count.n};
	return EC_OK;
}

/* The organisation, when the actor holds the right there; else EC_NOTFOUND: what a person may not
 * see does not exist for them. */
static enum ec org_for(
        const struct ctx *c, int64_t id, enum cap cap, struct q_org_one *ret, struct err *e)
{
	enum ec ec = q_org_one(c->db, c->a, &(struct q_org_one_in){id}, ret, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такой организации");
	TRY(ec);
	return must_may(c, cap, ret->territory_id, ret->id, e);
}

static enum ec card_lists(const struct ctx *c, int64_t id, struct org_card *card, struct err *e)
{
	struct q_org_idents_rows idents;
	struct q_org_aliases_rows aliases;
	struct q_org_tags_of_rows tagged;
	TRY(q_org_idents(c->db, c->a, &(struct q_org_idents_in){id}, &idents, e));
	TRY(q_org_aliases(c->db, c->a, &(struct q_org_aliases_in){id}, &aliases, e));
	TRY(q_org_tags_of(c->db, c->a, &(struct q_org_tags_of_in){id}, &tagged, e));
	card->ident = arena_new(c->a, struct org_ident, idents.n);
	for (size_t i = 0; i < idents.n; i++)
		card->ident[i] = (struct org_ident){idents.v[i].id, idents.v[i].system,
		        word_title(systems, ARRAY_LEN(systems), idents.v[i].system),
		        idents.v[i].value, idents.v[i].written, idents.v[i].valid_from,
		        idents.v[i].valid_to};
	card->n_idents = idents.n;
	card->alias = arena_new(c->a, struct org_alias, aliases.n);
	for (size_t i = 0; i < aliases.n; i++)
		card->alias[i] = (struct org_alias){aliases.v[i].id, aliases.v[i].name};
	card->n_aliases = aliases.n;
	card->tag = arena_new(c->a, struct org_tag, tagged.n);
	struct str today = today_iso(c);
	for (size_t i = 0; i < tagged.n; i++) {
		const struct q_org_tags_of *t = &tagged.v[i];
		bool active = str_cmp(t->valid_from, today) <= 0 &&
		              (t->valid_to.p == NULL || str_cmp(t->valid_to, today) >= 0);
		card->tag[i] =
		        (struct org_tag){t->id, t->tag, word_title(tags, ARRAY_LEN(tags), t->tag),
		                t->valid_from, t->valid_to, t->source, active};
	}
	card->n_tags = tagged.n;
	return EC_OK;
}

enum ec org_get(const struct ctx *c, int64_t id, struct org_card *ret, struct err *e)
{
	struct q_org_one o;
	TRY(org_for(c, id, CAP_REGISTRY_READ, &o, e));
	struct org_card card = {.org = ORG_OF(&o)};
	TRY(card_lists(c, id, &card, e));
	struct q_org_load load;
	TRY(q_org_load(c->db, c->a, &(struct q_org_load_in){id, today_iso(c)}, &load, e));
	card.n_assignments = load.n;
	card.n_overdue = load.n_overdue;
	card.may_edit = actor_may(c->actor, CAP_REGISTRY_WRITE, o.territory_id, o.id);
	*ret = card;
	return EC_OK;
}

static struct str org_json(const struct ctx *c, const struct org_form *o)
{
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_int(&f.j, "territory_id", o->territory_id);
	json_kv_str(&f.j, "kind", o->kind);
	json_kv_str(&f.j, "name", o->name);
	json_kv_str(&f.j, "short_name", o->short_name);
	json_kv_str(&f.j, "head", o->head);
	json_kv_str(&f.j, "valid_from", or_empty(o->valid_from));
	json_kv_str(&f.j, "valid_to", or_empty(o->valid_to));
	return fact_end(&f);
}

/* Checks and cleans what was typed. */
static enum ec read_form(
        const struct ctx *c, const struct org_form *f, struct org_form *ret, struct err *e)
{
	*ret = *f;
	if (!word_known(kinds, ARRAY_LEN(kinds), f->kind))
		return err_set(e, EC_INPUT, "Вид: неизвестный вид организации");
	TRY(typed_text(
	        c->a, &(struct text_field){f->name, "Название", 1000, true, false}, &ret->name, e));
	TRY(typed_text(c->a,
	        &(struct text_field){f->short_name, "Краткое название", 300, false, false},
	        &ret->short_name, e));
	TRY(typed_text(c->a, &(struct text_field){f->head, "Руководитель", 300, false, false},
	        &ret->head, e));
	TRY(typed_date(c->a, f->valid_from, "Действует с", &ret->valid_from, e));
	TRY(typed_date(c->a, f->valid_to, "Действует по", &ret->valid_to, e));
	if (text_key(c->a, ret->name).n == 0)
		return err_set(e, EC_INPUT, "Название: нужны буквы или цифры");
	if (ret->valid_from.p != NULL && ret->valid_to.p != NULL &&
	        str_cmp(ret->valid_from, ret->valid_to) > 0)
		return err_set(e, EC_INPUT, "Действует по: раньше, чем «с»");
	return EC_OK;
}

/* Words of both names. */
static struct str org_key(const struct ctx *c, const struct org_form *f)
{
	return text_key(c->a,
	        str_printf(c->a, STR_FMT " " STR_FMT, STR_ARG(f->name), STR_ARG(f->short_name)));
}

enum ec org_create(
        const struct ctx *c, const struct org_form *typed, int64_t *ret_id, struct err *e)
{
	struct org_form f;
	TRY(must_may(c, CAP_REGISTRY_WRITE, typed->territory_id, ACTOR_ALL, e));
	TRY(read_form(c, typed, &f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_org_insert row;
	TRY(q_org_insert(c->db, c->a,
	        &(struct q_org_insert_in){f.territory_id, DB_NULL_INT, f.kind, f.name, f.short_name,
	                text_sort_key(c->a, f.name), org_key(c, &f), f.head, f.valid_from,
	                f.valid_to, 0},
	        &row, e));
	TRY(history_add(c,
	        &(struct change){
	                STR("org"), row.id, STR("create"), STR_NONE, org_json(c, &f), STR("")},
	        e));
	TRY(tx_commit(&tx, e));
	*ret_id = row.id;
	return EC_OK;
}

enum ec org_edit(const struct ctx *c, int64_t id, const struct org_form *typed, struct err *e)
{
	struct org_form f;
	struct q_org_one o;
	TRY(read_form(c, typed, &f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(org_for(c, id, CAP_REGISTRY_WRITE, &o, e));
	TRY(must_may(c, CAP_REGISTRY_WRITE, f.territory_id, id, e));
	struct org_form old = {
	        o.territory_id, o.kind, o.name, o.short_name, o.head, o.valid_from, o.valid_to};
	TRY(q_org_update(c->db,
	        &(struct q_org_update_in){id, f.territory_id, f.kind, f.name, f.short_name,
	                text_sort_key(c->a, f.name), org_key(c, &f), f.head, f.valid_from,
	                f.valid_to},
	        e));
	TRY(history_add(c,
	        &(struct change){
	                STR("org"), id, STR("change"), org_json(c, &old), org_json(c, &f), STR("")},
	        e));
	return tx_commit(&tx, e);
}

/* An event of the organisation whose JSON has one member. */
static enum ec note(const struct ctx *c, int64_t org_id, const char *verb, const char *key,
        struct str value, struct err *e)
{
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_str(&f.j, key, value);
	return history_add(c,
	        &(struct change){STR("org"), org_id, str_c(verb), STR_NONE, fact_end(&f), STR("")},
	        e);
}

enum ec org_ident_add(
        const struct ctx *c, int64_t org_id, struct str system, struct str value, struct err *e)
{
	struct str written;
	if (!word_known(systems, ARRAY_LEN(systems), system))
		return err_set(e, EC_INPUT, "Система: неизвестная система");
	TRY(typed_text(
	        c->a, &(struct text_field){value, "Идентификатор", 100, true, false}, &written, e));
	struct str normal = ident_normal(c->a, system, written);
	if (normal.n == 0)
		return err_set(e, EC_INPUT, "Идентификатор: заполните поле");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_org_one o;
	TRY(org_for(c, org_id, CAP_REGISTRY_WRITE, &o, e));
	struct q_org_ident_owner owner;
	struct err none;
	enum ec ec = q_org_ident_owner(
	        c->db, c->a, &(struct q_org_ident_owner_in){system, normal}, &owner, &none);
	if (ec == EC_OK)
		return err_set(e, EC_CONFLICT, "идентификатор уже у организации «" STR_FMT "»",
		        STR_ARG(utf8_head(owner.name, 100)));
	struct q_org_ident_put row;
	TRY(q_org_ident_put(c->db, c->a,
	        &(struct q_org_ident_put_in){org_id, system, normal, written}, &row, e));
	TRY(note(c, org_id, "add_ident", "value",
	        str_printf(c->a, STR_FMT ":" STR_FMT, STR_ARG(system), STR_ARG(normal)), e));
	return tx_commit(&tx, e);
}

enum ec org_ident_drop(const struct ctx *c, int64_t org_id, int64_t ident_id, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_org_one o;
	struct org_card card = {0};
	TRY(org_for(c, org_id, CAP_REGISTRY_WRITE, &o, e));
	TRY(card_lists(c, org_id, &card, e));
	for (size_t i = 0; i < card.n_idents; i++) {
		if (card.ident[i].id != ident_id)
			continue;
		int64_t n;
		TRY(q_org_ident_remove(
		        c->db, &(struct q_org_ident_remove_in){ident_id, org_id}, &n, e));
		TRY(note(c, org_id, "drop_ident", "value", card.ident[i].value, e));
		return tx_commit(&tx, e);
	}
	return err_set(e, EC_NOTFOUND, "нет такого идентификатора");
}

enum ec org_alias_add(const struct ctx *c, int64_t org_id, struct str typed, struct err *e)
{
	struct str name;
	TRY(typed_text(
	        c->a, &(struct text_field){typed, "Другое название", 500, true, false}, &name, e));
	struct str key = text_key(c->a, name);
	if (key.n == 0)
		return err_set(e, EC_INPUT, "Другое название: нужны буквы или цифры");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_org_one o;
	TRY(org_for(c, org_id, CAP_REGISTRY_WRITE, &o, e));
	struct q_org_alias_owner owner;
	struct err none;
	if (q_org_alias_owner(c->db, c->a, &(struct q_org_alias_owner_in){key}, &owner, &none) ==
	        EC_OK)
		return err_set(e, EC_CONFLICT, "так уже называется «" STR_FMT "»",
		        STR_ARG(utf8_head(owner.name, 100)));
	struct q_org_alias_put row;
	TRY(q_org_alias_put(c->db, c->a, &(struct q_org_alias_put_in){org_id, name, key}, &row, e));
	TRY(note(c, org_id, "add_alias", "name", name, e));
	return tx_commit(&tx, e);
}

enum ec org_alias_drop(const struct ctx *c, int64_t org_id, int64_t alias_id, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_org_one o;
	struct org_card card = {0};
	TRY(org_for(c, org_id, CAP_REGISTRY_WRITE, &o, e));
	TRY(card_lists(c, org_id, &card, e));
	for (size_t i = 0; i < card.n_aliases; i++) {
		if (card.alias[i].id != alias_id)
			continue;
		int64_t n;
		TRY(q_org_alias_remove(
		        c->db, &(struct q_org_alias_remove_in){alias_id, org_id}, &n, e));
		TRY(note(c, org_id, "drop_alias", "name", card.alias[i].name, e));
		return tx_commit(&tx, e);
	}
	return err_set(e, EC_NOTFOUND, "нет такого названия");
}

enum ec org_tag_add(
        const struct ctx *c, int64_t org_id, const struct org_tag_form *f, struct err *e)
{
	struct str from;
	struct str to;
	struct str source;
	if (!word_known(tags, ARRAY_LEN(tags), f->tag))
		return err_set(e, EC_INPUT, "Набор: неизвестный набор");
	TRY(typed_date(c->a, f->valid_from, "С даты", &from, e));
	TRY(typed_date(c->a, f->valid_to, "По дату", &to, e));
	TRY(typed_text(
	        c->a, &(struct text_field){f->source, "Основание", 500, true, false}, &source, e));
	if (from.p == NULL)
		from = today_iso(c);
	if (to.p != NULL && str_cmp(from, to) > 0)
		return err_set(e, EC_INPUT, "По дату: раньше, чем «с»");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_org_one o;
	TRY(org_for(c, org_id, CAP_REGISTRY_WRITE, &o, e));
	struct q_org_tag_same same;
	struct err none;
	if (q_org_tag_same(c->db, c->a, &(struct q_org_tag_same_in){org_id, f->tag, from}, &same,
	            &none) == EC_OK)
		return err_set(e, EC_CONFLICT, "организация уже в наборе с этой даты");
	struct q_org_tag_put row;
	TRY(q_org_tag_put(c->db, c->a, &(struct q_org_tag_put_in){org_id, f->tag, from, to, source},
	        &row, e));
	TRY(note(c, org_id, "add_tag", "tag",
	        str_printf(c->a, STR_FMT " с " STR_FMT ": " STR_FMT, STR_ARG(f->tag), STR_ARG(from),
	                STR_ARG(source)),
	        e));
	return tx_commit(&tx, e);
}

enum ec org_tag_end(
        const struct ctx *c, int64_t org_id, int64_t tag_id, struct str valid_to, struct err *e)
{
	struct str to;
	TRY(typed_date(c->a, valid_to, "По дату", &to, e));
	if (to.p == NULL)
		to = today_iso(c);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_org_one o;
	TRY(org_for(c, org_id, CAP_REGISTRY_WRITE, &o, e));
	int64_t n;
	TRY(q_org_tag_close(c->db, &(struct q_org_tag_close_in){tag_id, org_id, to}, &n, e));
	if (n == 0)
		return err_set(e, EC_NOTFOUND, "нет такой записи о наборе");
	TRY(note(c, org_id, "end_tag", "tag",
	        str_printf(c->a, "%lld по " STR_FMT, (long long)tag_id, STR_ARG(to)), e));
	return tx_commit(&tx, e);
}
