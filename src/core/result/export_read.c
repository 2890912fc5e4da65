#include "core/result/export_read.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/strmap.h"
#include "core/intake.h"
#include "core/registry/roll.h"
#include "core/result/export_row.h"

#include <string.h>

enum { HEAD_ROWS = 30, HEAD_TEXT = 4000 };

static const struct load_cause cause_no_login = {
        "no_login", "error", "Нет логина школы: строка не принята"};
static const struct load_cause cause_no_code = {
        "no_code", "error", "Нет кода участника или он слишком длинный: строка не принята"};
static const struct load_cause cause_code_twice = {
        "code_twice", "error", "Код участника в школе повторяется: принята первая строка"};
static const struct load_cause cause_total_differs = {"total_differs", "warning",
        "«Всего баллов» не равно сумме баллов за задания: принята, в расчёт идёт «всего баллов»"};
static const struct load_cause cause_total_over = {"total_over_max", "warning",
        "«Всего баллов» больше максимума работы: принята, в расчёт не идёт"};
static const struct load_cause cause_item_over = {
        "item_over_max", "warning", "Балл за задание больше максимума: принята, в расчёт не идёт"};
static const struct load_cause cause_item_bad = {"item_unreadable", "warning",
        "Вместо балла за задание стоит что-то другое: считается как 0"};
static const struct load_cause cause_total_formula = {"total_formula", "warning",
        "«Итого баллов» не посчитано формой: оно меньше суммы на балл последнего задания или равно "
        "0 "
        "при ненулевых баллах; в расчёт идёт «итого баллов»"};
static const struct load_cause cause_total_none = {
        "total_missing", "warning", "Нет числа «всего баллов»: принята, в расчёт не идёт"};
static const struct load_cause cause_partial = {
        "partial", "warning", "Написана только часть работы: принята, в расчёт не идёт"};
static const struct load_cause cause_blank = {
        "no_variant", "warning", "Нет варианта: принята как незаполненная, в расчёт не идёт"};
static const struct load_cause cause_journal_bad = {
        "journal_unreadable", "warning", "Отметка по журналу не 2…5: считается, что её нет"};
static const struct load_cause cause_class_none = {
        "class_none", "note", "Класс «нет»: буквы у класса нет"};
static const struct load_cause cause_absent = {"absent", "note", "Отсутствовал"};
static const struct load_cause cause_not_taught = {
        "not_taught", "note", "«Не пройд.»: тема не пройдена, балл считается как 0"};
const struct load_cause cause_school_unknown = {
        "school_unknown", "error", "Школы нет в реестре: строки не приняты"};
const struct load_cause cause_school_created = {
        "school_created", "warning", "Школы не было в реестре: заведена как непроверенная"};
const struct load_cause cause_row_gone = {
        "row_gone", "warning", "Этих участников в новом файле школы больше нет"};

struct reader {
	const struct ctx *c;
	const struct export_opt *opt;
	struct profile_list profiles;
	struct subject_list subjects;
	struct export *x;
	struct header *h;
	struct sheet_info info;
	bool header_found;          /* on this sheet */
	uint32_t rows_seen;         /* of this sheet before its header */
	struct buf above;           /* texts above the header: they may name the test */
	struct strmap school, code; /* identifier → school; school and code → row */
	struct str last_login;
	size_t last_school;
	struct str file_login;             /* «edu990001» in the name of the file */
	uint8_t at_item[LIMIT_TEST_ITEMS]; /* item of the header → item of the test */
};

static enum ec on_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	struct reader *r = user;
	(void)skip;
	(void)e;
	r->info = *info;
	r->info.name = str_dup(r->c->a, info->name);
	r->header_found = false;
	r->rows_seen = 0;
	return EC_OK;
}

static enum ec test_name_known(const struct test_name *n, struct err *e)
{
	if (n->year != 0 && n->grade != 0 && n->subject.n > 0)
		return EC_OK;
	return err_set(e, EC_INPUT, "не ясно, что за работа: укажите%s%s%s",
	        n->year == 0 ? " год" : "", n->grade == 0 ? " класс" : "",
	        n->subject.n == 0 ? " предмет" : "");
}

/* Which item of the test each item column is. */
static enum ec items_bind(struct reader *r, struct err *e)
{
	const struct header *h = r->h;
	const struct test_row *t = &r->x->test;
	if (h->n_items != t->n_items)
		return err_set(e, EC_INPUT,
		        "в файле %zu столбцов заданий, а в работе «" STR_FMT "» %zu заданий",
		        h->n_items, STR_ARG(t->title), t->n_items);
	for (size_t i = 0; i < h->n_items; i++) {
		r->at_item[i] = (uint8_t)i;
		if (!h->profile->label)
			continue;
		size_t k = 0;
		while (k < t->n_items && !str_eq(t->item[k].label, h->item[i].label))
			k++;
		if (k == t->n_items)
			return err_set(e, EC_INPUT, "в работе «" STR_FMT "» нет задания " STR_FMT,
			        STR_ARG(t->title), STR_ARG(h->item[i].label));
		if (h->item[i].max != 0 && h->item[i].max != t->item[k].max)
			return err_set(e, EC_INPUT,
			        "задание " STR_FMT ": максимум в файле %d, в описании работы %d",
			        STR_ARG(h->item[i].label), h->item[i].max, t->item[k].max);
		r->at_item[i] = (uint8_t)k;
	}
	return EC_OK;
}

static enum ec header_take(struct reader *r, struct err *e)
{
	struct export *x = r->x;
	if (x->profile != NULL)
		return err_set(
		        e, EC_INPUT, "в файле два листа с результатами: загрузите их отдельно");
	struct test_name *n = &x->name;
	*n = r->opt->name;
	test_name_read(r->c->a, r->opt->file_name, &r->subjects, n);
	test_name_read(r->c->a, buf_str(&r->above), &r->subjects, n);
	TRY(test_name_known(n, e));
	int64_t id;
	TRY(test_find(r->c, STR("vpr"), n, &id, e));
	TRY(test_load(r->c, id, &x->test, e));
	x->profile = r->h->profile;
	x->sheet = r->info.name;
	x->n_parts = 1;
	for (uint32_t i = 0; i < r->h->n_cols; i++) {
		if (r->h->role[i] == COLUMN_VARIANT2)
			x->n_parts = 2;
	}
	r->header_found = true;
	return items_bind(r, e);
}

static enum ec row_above(struct reader *r, const struct sheet_row *row, struct err *e)
{
	if (r->rows_seen++ >= HEAD_ROWS)
		return EC_OK;
	if (header_match(r->c->a, &r->profiles, r->info.name, row, r->h))
		return header_take(r, e);
	for (size_t i = 0; i < row->n; i++) {
		buf_add(&r->above, row->cell[i].text);
		buf_byte(&r->above, ' ');
	}
	return EC_OK;
}

/* Cells of a row by what they are. */
struct cells {
	struct str v[COLUMN_KINDS];
};

static void pair_read(struct str cell, struct str *ret_code, struct str *ret_name)
{
	size_t cut = str_find(cell, STR(" | "), 0);
	if (cut == SIZE_MAX) {
		*ret_name = str_trim(cell);
		return;
	}
	*ret_code = str_trim(str_sub(cell, 0, cut));
	*ret_name = str_trim(str_skip(cell, cut + 3));
}

/* A list of groups of 2020 names the municipality as regRR_vpr_mNNN. */
static bool group_read(struct arena *a, struct str cell, struct str *ret_code)
{
	size_t at = str_find(cell, STR("_vpr_m"), 0);
	if (at == SIZE_MAX || at < 5)
		return false;
	*ret_code = str_printf(a, STR_FMT "_" STR_FMT, STR_ARG(str_sub(cell, at - 5, at)),
	        STR_ARG(str_sub(cell, at + 5, at + 9)));
	return true;
}

static void school_describe(struct arena *a, struct export_school *s, const struct cells *k)
{
	struct str none = STR("");
	s->name = s->place_code = s->place_name = s->region_code = s->region_name = none;
	pair_read(k->v[COLUMN_SCHOOL], &none, &s->name);
	pair_read(k->v[COLUMN_REGION], &s->region_code, &s->region_name);
	if (!group_read(a, k->v[COLUMN_PLACE], &s->place_code))
		pair_read(k->v[COLUMN_PLACE], &s->place_code, &s->place_name);
	if (s->region_code.n == 0 && str_eq(s->system, STR("fis_oko")))
		s->region_code = str_sub(s->value, 0, 2);
	s->name = str_dup(a, s->name);
	s->place_code = str_dup(a, s->place_code);
	s->place_name = str_dup(a, s->place_name);
	s->region_code = str_dup(a, s->region_code);
	s->region_name = str_dup(a, s->region_name);
}

/* The school of a row; SIZE_MAX when it has no login. */
static size_t school_of(struct reader *r, const struct cells *k)
{
	struct arena *a = r->c->a;
	struct str login = k->v[COLUMN_LOGIN], system, value;
	if (r->last_login.p != NULL && str_eq(login, r->last_login))
		return r->last_school;
	if (!ident_value(login, &system, &value))
		return SIZE_MAX;
	bool fresh;
	struct str key = str_printf(a, STR_FMT ":" STR_FMT, STR_ARG(system), STR_ARG(value));
	size_t at = *strmap_put(&r->school, key, r->x->school.n, &fresh);
	if (fresh) {
		struct export_school *s = vec_push(a, &r->x->school);
		s->written = str_dup(a, str_trim(login));
		(void)ident_value(s->written, &s->system, &s->value);
		school_describe(a, s, k);
	}
	r->last_login = str_dup(a, login);
	r->last_school = at;
	return at;
}

static bool code_twice(struct reader *r, size_t school, struct str code)
{
	char key[8 + PROTOCOL_CODE_MAX];
	memcpy(key, &school, 8);
	memcpy(key + 8, code.p, code.n);
	bool fresh;
	(void)strmap_put(&r->code, (struct str){key, 8 + code.n}, 1, &fresh);
	return !fresh;
}

static void row_flag(
        struct reader *r, uint32_t line, const struct protocol_row *w, const struct cells *k)
{
	const struct test_row *t = &r->x->test;
	struct issue_book *b = r->x->issue;
	struct str sheet = r->x->sheet, none = STR("");
	if (w->status == WORK_ABSENT || w->status == WORK_BLANK) {
		issue_add(b, w->status == WORK_ABSENT ? &cause_absent : &cause_blank, line, sheet,
		        none);
		return;
	}
	uint32_t sum = 0;
	bool over = false, bad = false, not_taught = false;
	for (size_t i = 0; i < t->n_items; i++) {
		uint8_t v = w->item[i];
		bad |= v == ITEM_UNREADABLE;
		not_taught |= v == ITEM_NOT_TAUGHT;
		v = v >= ITEM_CODE_FIRST ? 0 : v;
		sum += v;
		over |= v > t->stat.max[i];
	}
	if (w->status == WORK_PARTIAL)
		issue_add(b, &cause_partial, line, sheet, none);
	if (w->total == TOTAL_NONE)
		issue_add(b, &cause_total_none, line, sheet, k->v[COLUMN_TOTAL]);
	else if (w->total > t->max_total)
		issue_add(b, &cause_total_over, line, sheet, k->v[COLUMN_TOTAL]);
	uint32_t last = w->item[t->n_items - 1];
	bool formula = r->h->profile->label && sum > 0 &&
	               (w->total == 0 || (last < ITEM_CODE_FIRST && w->total + last == sum));
	if (w->total != TOTAL_NONE && w->total != sum && formula)
		issue_add(b, &cause_total_formula, line, sheet, k->v[COLUMN_TOTAL]);
	else if (w->total != TOTAL_NONE && w->total != sum)
		issue_add(b, &cause_total_differs, line, sheet, k->v[COLUMN_TOTAL]);
	if (over)
		issue_add(b, &cause_item_over, line, sheet, none);
	if (bad)
		issue_add(b, &cause_item_bad, line, sheet, none);
	if (not_taught)
		issue_add(b, &cause_not_taught, line, sheet, none);
	if (w->journal == JOURNAL_UNREADABLE)
		issue_add(b, &cause_journal_bad, line, sheet, k->v[COLUMN_JOURNAL]);
	if (class_is_none(w->klass))
		issue_add(b, &cause_class_none, line, sheet, none);
}

/* Classes of a school are few: the name of the row before is mostly the same. */
static struct str class_keep(struct reader *r, const struct export_school *s, struct str name)
{
	name = str_trim(name);
	if (name.n > PROTOCOL_CLASS_MAX) {
		size_t n = PROTOCOL_CLASS_MAX;
		while (n > 0 && ((unsigned char)name.p[n] & 0xC0) == 0x80)
			n--; /* not inside a letter */
		name = str_sub(name, 0, n);
	}
	if (s->row.n > 0 && str_eq(s->row.v[s->row.n - 1].klass, name))
		return s->row.v[s->row.n - 1].klass;
	return str_dup(r->c->a, name);
}

static void work_store(
        struct reader *r, size_t at, uint32_t line, const struct cells *k, const uint8_t *item)
{
	struct arena *a = r->c->a;
	struct export_school *s = &r->x->school.v[at];
	bool bad;
	struct protocol_row w = {.code = str_dup(a, str_trim(k->v[COLUMN_CODE])),
	        .klass = class_keep(r, s, k->v[COLUMN_CLASS]),
	        .variant = {variant_cell(k->v[COLUMN_VARIANT]),
	                variant_cell(k->v[COLUMN_VARIANT2])},
	        .gender = gender_cell(k->v[COLUMN_GENDER]),
	        .journal = journal_cell(k->v[COLUMN_JOURNAL]),
	        .total = total_cell(k->v[COLUMN_TOTAL], &bad),
	        .item = item};
	w.status = (uint8_t)work_status_of(w.variant, r->x->n_parts, item, r->x->test.n_items);
	row_flag(r, line, &w, k);
	*vec_push(a, &s->row) = w;
	*vec_push(a, &s->line) = line;
}

static void row_refuse(
        struct reader *r, const struct load_cause *cause, uint32_t line, struct str sample)
{
	r->x->n_rejected++;
	issue_add(r->x->issue, cause, line, r->x->sheet, sample);
}

static enum ec row_data(struct reader *r, const struct sheet_row *row)
{
	struct cells k = {0};
	uint8_t *item = arena_alloc(r->c->a, r->x->test.n_items);
	memset(item, ITEM_EMPTY, r->x->test.n_items);
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *cell = &row->cell[i];
		uint8_t role = cell->col < r->h->n_cols ? r->h->role[cell->col] : COLUMN_NONE;
		if (role < COLUMN_KINDS)
			k.v[role] = cell->text;
		else if (role != COLUMN_NONE)
			item[r->at_item[role - COLUMN_ITEM]] = item_cell(cell->text);
	}
	struct str code = str_trim(k.v[COLUMN_CODE]);
	if (code.n == 0 && str_blank(k.v[COLUMN_LOGIN]) && str_blank(k.v[COLUMN_VARIANT]))
		return EC_OK; /* an empty line of a form */
	if (r->x->profile->login_in_file) {
		if (str_blank(k.v[COLUMN_VARIANT]))
			return EC_OK; /* a form prepared with codes, not filled in */
		k.v[COLUMN_LOGIN] = r->file_login;
	}
	r->x->n_read++;
	size_t school = school_of(r, &k);
	if (school == SIZE_MAX)
		row_refuse(r, &cause_no_login, row->row, code);
	else if (code.n == 0 || code.n > PROTOCOL_CODE_MAX)
		row_refuse(r, &cause_no_code, row->row, code);
	else if (code_twice(r, school, code))
		row_refuse(r, &cause_code_twice, row->row, code);
	else
		work_store(r, school, row->row, &k, item);
	return EC_OK;
}

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct reader *r = user;
	if (row->n == 0)
		return EC_OK;
	if (!intake_room(r->c->a))
		return err_set(
		        e, EC_LIMIT, "строка %u: файл слишком велик для одной загрузки", row->row);
	if (r->header_found)
		return row_data(r, row);
	return row_above(r, row, e);
}

static struct str login_in_name(struct str name)
{
	for (size_t i = 0; i + 9 <= name.n; i++) {
		struct str s = str_sub(name, i, i + 9), system, value;
		if (ident_value(s, &system, &value) && value.n == 6)
			return s;
	}
	return STR("");
}

enum ec export_read(const struct ctx *c, struct str bytes, const struct export_opt *opt,
        struct export *ret, struct err *e)
{
	*ret = (struct export){.issue = issue_book_new(c->a)};
	struct reader r = {.c = c, .opt = opt, .x = ret, .h = arena_new(c->a, struct header, 1)};
	buf_init(&r.above, c->a, HEAD_TEXT);
	strmap_init(&r.school, c->a);
	strmap_init(&r.code, c->a);
	r.file_login = login_in_name(path_base(opt->file_name));
	TRY(profiles_builtin(c->a, &r.profiles, e));
	TRY(test_subjects(c, &r.subjects, e));
	struct sheet_sink sink = {.user = &r, .sheet = on_sheet, .row = on_row};
	TRY(intake_sheet(c, bytes, path_base(opt->file_name), &sink, e));
	if (ret->profile == NULL)
		return err_set(e, EC_INPUT,
		        "вид выгрузки не узнан: ни на одном листе нет столбцов с логином школы, "
		        "кодом "
		        "участника, вариантом, баллами за задания и суммой");
	return EC_OK;
}
