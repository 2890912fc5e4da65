#include "core/registry/registry_import.h"
#include "base/cur.h"
#include "base/limits.h"
#include "base/strmap.h"
#include "core/intake.h"
#include "core/registry/org.h"
#include "core/registry/roll.h"
#include "db/q_roll.h"
#include "text/fold.h"

enum field {
	FIELD_IDENT,
	FIELD_INN,
	FIELD_OGRN,
	FIELD_PLACE,
	FIELD_REGION,
	FIELD_NAME,
	FIELD_SHORT,
	FIELD_KIND,
	FIELD_HEAD,
	FIELD_FROM,
	FIELD_TO,
	FIELD_COUNT
};
enum { FIELD_NONE = 0xFF, HEAD_ROWS = 20, COLS_MAX = 200, HEADER_CELL = 400 };

/* Headers by meaning: keys of text/fold.h, alternatives between «|». */
static const char *const field_header[FIELD_COUNT] = {
        [FIELD_IDENT] =
                "login|логин|логин школы|логин оо|логин фис око|идентификатор|код оо|код школы|"
                "id|код",
        [FIELD_INN] = "инн|inn|инн оо",
        [FIELD_OGRN] = "огрн|ogrn",
        [FIELD_PLACE] =
                "municipality|муниципалитет|муниципальное образование|territory|территория|район|"
                "мо|наименование муниципалитета",
        [FIELD_REGION] = "region|регион|субъект|субъект рф",
        [FIELD_NAME] = "name|название|наименование|полное наименование|название оо|наименование оо|"
                       "школа|организация|наименование организации|school",
        [FIELD_SHORT] = "short name|краткое наименование|краткое название|сокращенное наименование",
        [FIELD_KIND] = "вид|тип|type|kind|вид организации|тип организации|тип оо",
        [FIELD_HEAD] = "руководитель|директор|head|director|фио руководителя|фио директора",
        [FIELD_FROM] = "с даты|действует с|дата с|valid from|дата открытия",
        [FIELD_TO] = "по дату|действует по|дата по|valid to|дата закрытия",
};

/* Columns that stand in exports of results only. */
static const char results_header[] = "вариант|var 1|всего баллов|итого баллов|балл за 1|a 1 grade";

static const struct load_cause cause_no_ident = {
        "no_identifier", "error", "Нет ни одного идентификатора организации: строка не принята"};
static const struct load_cause cause_kind = {
        "kind_unknown", "error", "Вид организации не узнан: строка не принята"};
static const struct load_cause cause_date = {
        "date_bad", "error", "Дата не понята: строка не принята"};
static const struct load_cause cause_two = {"two_owners", "error",
        "Идентификаторы строки принадлежат разным организациям: строка не принята"};
static const struct load_cause cause_twice = {"organisation_twice", "error",
        "Организация уже встречалась в этом файле с другими данными: строка не принята"};
static const struct load_cause cause_no_name = {
        "no_name", "note", "Нет названия: вместо него стоит идентификатор"};

struct line {
	uint32_t row;
	struct str v[FIELD_COUNT];
	bool bad_date;
};

struct reader {
	const struct ctx *c;
	struct sheet_info info;
	uint8_t role[COLS_MAX];
	bool found, done; /* the first sheet with a header is read */
	bool results;     /* it is an export of results: its pupils are no organisations */
	uint32_t seen;
	bool has[FIELD_COUNT];
	VEC(struct line) line;
	struct issue_book *issue;
	struct load_balance n;
	struct roll *roll;
	struct strmap seen_org; /* organisation → row of this file */
	struct roll_place region;
};

static bool one_of(struct str key, const char *alternatives)
{
	struct str rest = str_c(alternatives), alt;
	while (str_next(&rest, '|', &alt)) {
		if (str_eq(alt, key))
			return true;
	}
	return false;
}

static uint8_t field_of(struct str key)
{
	for (uint8_t f = 0; f < FIELD_COUNT; f++) {
		if (one_of(key, field_header[f]))
			return f;
	}
	return FIELD_NONE;
}

static bool header_take(struct reader *r, const struct sheet_row *row)
{
	bool has[FIELD_COUNT] = {false};
	uint8_t role[COLS_MAX];
	for (size_t i = 0; i < COLS_MAX; i++)
		role[i] = FIELD_NONE;
	for (size_t i = 0; i < row->n; i++) {
		if (row->cell[i].text.n > HEADER_CELL)
			continue;
		struct str key = text_key(r->c->a, row->cell[i].text);
		uint8_t f = field_of(key);
		r->results |= one_of(key, results_header);
		if (f == FIELD_NONE || has[f] || row->cell[i].col >= COLS_MAX)
			continue;
		has[f] = true;
		role[row->cell[i].col] = f;
	}
	if (!has[FIELD_IDENT] && !has[FIELD_INN])
		return false;
	if (!has[FIELD_PLACE] && !has[FIELD_NAME] && !has[FIELD_REGION])
		return false;
	for (size_t i = 0; i < COLS_MAX; i++)
		r->role[i] = role[i];
	for (size_t i = 0; i < FIELD_COUNT; i++)
		r->has[i] = has[i];
	return true;
}

/* ISO, «01.09.2012» or a date cell → ISO; "" for a blank one. */
static bool date_read(struct reader *r, const struct sheet_cell *cell, struct str *ret)
{
	struct date d;
	struct str s = str_trim(cell->text);
	struct cur c = CUR(s);
	uint64_t day, month, year;
	if (s.n == 0) {
		*ret = STR("");
		return true;
	}
	if (!date_parse_iso(s, &d) && !sheet_cell_date(&r->info, cell, &d)) {
		if (!cur_uint(&c, 2, 31, &day) || !cur_byte(&c, '.') ||
		        !cur_uint(&c, 2, 12, &month) || !cur_byte(&c, '.') ||
		        !cur_uint(&c, 4, 9999, &year) || !cur_end(&c) ||
		        !date_valid((int)year, (int)month, (int)day))
			return false;
		d = date_make((int)year, (int)month, (int)day);
	}
	*ret = date_iso(r->c->a, d);
	return true;
}

static void line_take(struct reader *r, const struct sheet_row *row)
{
	struct line x = {.row = row->row};
	bool filled = false;
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *cell = &row->cell[i];
		uint8_t f = cell->col < COLS_MAX ? r->role[cell->col] : FIELD_NONE;
		if (f == FIELD_NONE)
			continue;
		if (f == FIELD_FROM || f == FIELD_TO)
			x.bad_date |= !date_read(r, cell, &x.v[f]);
		else
			x.v[f] = str_dup(r->c->a, str_trim(cell->text));
		filled |= x.v[f].n > 0;
	}
	if (filled)
		*vec_push(r->c->a, &r->line) = x;
}

static enum ec on_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	struct reader *r = user;
	(void)e;
	r->done = r->found;
	*skip = r->done;
	r->seen = 0;
	if (!r->done) {
		r->info = *info;
		r->info.name = str_dup(r->c->a, info->name);
	}
	return EC_OK;
}

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct reader *r = user;
	if (row->n == 0 || r->done)
		return EC_OK;
	if (!intake_room(r->c->a))
		return err_set(
		        e, EC_LIMIT, "строка %u: файл слишком велик для одной загрузки", row->row);
	if (r->found)
		line_take(r, row);
	else if (r->seen++ < HEAD_ROWS)
		r->found = header_take(r, row);
	return EC_OK;
}

/* Stored word of a kind that a person wrote; empty text is a school. */
static bool kind_read(struct arena *a, struct str written, struct str *ret)
{
	size_t n;
	const struct word *w = org_kinds(&n);
	struct str key = text_key(a, written);
	*ret = STR("school");
	if (key.n == 0 || str_eq(key, STR("оо")) || str_eq(key, STR("образовательная организация")))
		return true;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(key, w[i].name) || str_eq(key, text_key(a, w[i].title))) {
			*ret = w[i].name;
			return true;
		}
	}
	return false;
}

/* In an empty database the region is named by the column «регион», or by the territory of its own
 * bodies; its code by the first login. */
static void region_guess(struct reader *r)
{
	for (size_t i = 0; i < r->line.n; i++) {
		const struct line *x = &r->line.v[i];
		struct str kind, system, value;
		if (r->region.region_name.n == 0 && x->v[FIELD_REGION].n > 0)
			r->region.region_name = x->v[FIELD_REGION];
		if (r->region.region_name.n == 0 && kind_read(r->c->a, x->v[FIELD_KIND], &kind) &&
		        (str_eq(kind, STR("department")) || str_eq(kind, STR("operator"))))
			r->region.region_name = x->v[FIELD_PLACE];
		if (r->region.region_code.n == 0 &&
		        ident_value(x->v[FIELD_IDENT], &system, &value) &&
		        str_eq(system, STR("fis_oko")))
			r->region.region_code = str_sub(value, 0, 2);
	}
}

static void refuse(
        struct reader *r, const struct load_cause *why, const struct line *x, struct str sample)
{
	r->n.rejected++;
	issue_add(r->issue, why, x->row, r->info.name, sample);
}

static const enum field ident_field[] = {FIELD_IDENT, FIELD_INN, FIELD_OGRN};

/* The organisation of a line by any of its identifiers. */
static struct roll_org *owner_of(
        const struct reader *r, const struct line *x, size_t *ret_idents, bool *ret_two)
{
	struct roll_org *found = NULL;
	*ret_idents = 0;
	*ret_two = false;
	for (size_t i = 0; i < ARRAY_LEN(ident_field); i++) {
		struct str system, value;
		if (!ident_value(x->v[ident_field[i]], &system, &value))
			continue;
		++*ret_idents;
		struct roll_org *o = roll_find(r->roll, system, value);
		*ret_two |= o != NULL && found != NULL && o != found;
		found = o != NULL ? o : found;
	}
	return found;
}

/* What the line says, over what is known; columns that are not in the file keep their values. */
static void values_read(const struct reader *r, const struct line *x, struct roll_org *o)
{
	if (x->v[FIELD_NAME].n > 0)
		o->name = x->v[FIELD_NAME];
	if (x->v[FIELD_SHORT].n > 0)
		o->short_name = x->v[FIELD_SHORT];
	if (r->has[FIELD_HEAD] && x->v[FIELD_HEAD].n > 0)
		o->head = x->v[FIELD_HEAD];
	if (x->v[FIELD_FROM].n > 0)
		o->valid_from = x->v[FIELD_FROM];
	if (x->v[FIELD_TO].n > 0)
		o->valid_to = x->v[FIELD_TO];
}

static bool org_same(struct arena *a, const struct roll_org *x, const struct roll_org *y)
{
	return x->territory_id == y->territory_id && str_eq(x->kind, y->kind) &&
	       str_eq(x->name, text_squeeze(a, y->name)) &&
	       str_eq(x->short_name, text_squeeze(a, y->short_name)) &&
	       str_eq(x->head, text_squeeze(a, y->head)) && str_eq(x->valid_from, y->valid_from) &&
	       str_eq(x->valid_to, y->valid_to) && !x->provisional;
}

static enum ec idents_add(struct reader *r, struct roll_org *o, const struct line *x, struct err *e)
{
	for (size_t i = 0; i < ARRAY_LEN(ident_field); i++)
		TRY(roll_ident(r->roll, o, x->v[ident_field[i]], e));
	return EC_OK;
}

static struct str first_ident(const struct line *x)
{
	for (size_t i = 0; i < ARRAY_LEN(ident_field); i++) {
		if (x->v[ident_field[i]].n > 0)
			return x->v[ident_field[i]];
	}
	return STR("");
}

static enum ec org_add(struct reader *r, const struct line *x, struct roll_org *o, struct err *e)
{
	struct roll_org *added;
	if (o->name.n == 0) {
		o->name = first_ident(x);
		issue_add(r->issue, &cause_no_name, x->row, r->info.name, STR(""));
	}
	TRY(roll_add(r->roll, o, first_ident(x), &added, e));
	TRY(idents_add(r, added, x, e));
	(void)strmap_put(
	        &r->seen_org, str_printf(r->c->a, "%lld", (long long)added->id), x->row, NULL);
	r->n.stored++;
	return EC_OK;
}

static enum ec org_change(struct reader *r, const struct line *x, struct roll_org *was,
        const struct roll_org *now, struct err *e)
{
	bool fresh;
	(void)strmap_put(
	        &r->seen_org, str_printf(r->c->a, "%lld", (long long)was->id), x->row, &fresh);
	bool same = org_same(r->c->a, was, now);
	if (!fresh && !same) {
		refuse(r, &cause_twice, x, first_ident(x));
		return EC_OK;
	}
	TRY(idents_add(r, was, x, e));
	*(same ? &r->n.unchanged : &r->n.changed) += 1;
	return same ? EC_OK : roll_set(r->roll, was, now, e);
}

static enum ec line_store(struct reader *r, const struct line *x, struct err *e)
{
	size_t idents;
	bool two;
	struct str kind;
	struct roll_org *was = owner_of(r, x, &idents, &two);
	r->n.read++;
	if (idents == 0 || two || x->bad_date || !kind_read(r->c->a, x->v[FIELD_KIND], &kind)) {
		refuse(r,
		        idents == 0   ? &cause_no_ident
		        : two         ? &cause_two
		        : x->bad_date ? &cause_date
		                      : &cause_kind,
		        x, idents == 0 ? x->v[FIELD_NAME] : first_ident(x));
		return EC_OK;
	}
	struct roll_org now = {
	        .kind = kind, .name = STR(""), .short_name = STR(""), .head = STR("")};
	if (was != NULL)
		now = *was;
	if (was != NULL && x->v[FIELD_KIND].n > 0)
		now.kind = kind;
	values_read(r, x, &now);
	if (was == NULL || x->v[FIELD_PLACE].n > 0) {
		struct roll_place place = r->region;
		place.name = x->v[FIELD_PLACE];
		TRY(roll_territory(r->roll, &place, &now.territory_id, e));
	}
	return was == NULL ? org_add(r, x, &now, e) : org_change(r, x, was, &now, e);
}

static enum ec store(struct reader *r, struct load *l, int64_t started, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(r->c->db, &tx, e));
	TRY(roll_open(r->c, &r->roll, e));
	TRY(load_record(r->c, l, &l->id, e));
	region_guess(r);
	for (size_t i = 0; i < r->line.n; i++)
		TRY(line_store(r, &r->line.v[i], e));
	l->balance = r->n;
	l->duration_ms = (clock_monotonic_us() - started) / 1000;
	TRY(load_settle(r->c, l->id, l, r->issue, e));
	return tx_commit(&tx, e);
}

enum ec registry_import(const struct ctx *c, struct str file_name, struct str bytes,
        struct load_card *ret, struct err *e)
{
	int64_t started = clock_monotonic_us();
	struct reader r = {.c = c, .issue = issue_book_new(c->a)};
	if (!actor_may(c->actor, CAP_REGISTRY_WRITE, ACTOR_ALL, ACTOR_ALL))
		return err_set(e, EC_DENIED, "реестр загружает тот, кто ведёт его по региону");
	strmap_init(&r.seen_org, c->a);
	struct sheet_sink sink = {.user = &r, .sheet = on_sheet, .row = on_row};
	TRY(intake_sheet(c, bytes, file_name, &sink, e));
	if (r.results)
		return err_set(e, EC_INPUT,
		        "это выгрузка результатов, а не реестр организаций: загрузите её как "
		        "результаты");
	if (!r.found)
		return err_set(e, EC_INPUT,
		        "заголовки реестра не узнаны: нужен столбец с логином или ИНН и столбец с "
		        "территорией или названием");
	struct load l = {.kind = STR("registry"),
	        .file_name = file_name,
	        .profile = STR(""),
	        .encoding = STR(""),
	        .test_id = DB_NULL_INT};
	TRY(store(&r, &l, started, e));
	return load_get(c, l.id, ret, e);
}

enum ec registry_empty(const struct ctx *c, bool *ret, struct err *e)
{
	struct q_roll_size size;
	TRY(q_roll_size(c->db, c->a, &size, e));
	*ret = size.n == 0;
	return EC_OK;
}
