/* Plans and road maps: rows of a table → assignments. */
#include "doc/columns.h"
#include "doc/words.h"

/* A row spread over the columns; torn rows are joined into one. */
struct line {
	struct traced cell[TABLE_COLS];
	bool continues[TABLE_COLS]; /* merged with the cell above */
	size_t n;
	uint32_t page, line_start, line_end;
	bool after_break;
};

struct table_reader {
	struct parse *p;
	struct part_range part;
	struct columns c;
	struct line head, sub; /* texts of the head rows, to know their repetitions */
	struct line row;       /* the row being put together */
	bool open;
	bool after_head; /* a repeated head stands above */
	struct field section;
	struct traced section_text;
	struct field column_section; /* last filled cell of a «Направление» column */
	bool has_due_column;
};

static bool dash(struct str s)
{
	s = str_trim(s);
	return s.n == 0 || (letters(s) == 0 && word_nth(s, 0).n == 0);
}

static void line_of(const struct row *row, size_t n, struct line *ret)
{
	const struct cell *cell[TABLE_COLS];
	size_t k = grid_of(row, cell);
	*ret = (struct line){.n = n > k ? n : k,
	        .page = row->page,
	        .line_start = row->line,
	        .line_end = row->line_end,
	        .after_break = row->after_break};
	for (size_t i = 0; i < k; i++)
		if (cell[i] != NULL) {
			ret->cell[i] = cell[i]->text;
			ret->continues[i] = cell[i]->continues;
		}
}

static size_t filled(const struct line *l, size_t *ret_last)
{
	size_t n = 0;
	for (size_t i = 0; i < l->n && i < TABLE_COLS; i++)
		if (l->cell[i].s.n > 0) {
			n++;
			*ret_last = i;
		}
	return n;
}

static bool same_text(struct parse *p, const struct line *x, const struct line *y)
{
	struct arena_mark mark = arena_mark(p->a);
	bool same = y->n > 0;
	for (size_t i = 0; same && i < x->n && i < TABLE_COLS; i++)
		same = str_eq(words_fold(p->a, x->cell[i].s), words_fold(p->a, y->cell[i].s));
	arena_reset(p->a, mark);
	return same;
}

/* «1 | 2 | 3 | 4» */
static bool number_row(const struct line *l)
{
	size_t want = 1, n = 0;
	for (size_t i = 0; i < l->n && i < TABLE_COLS; i++) {
		struct str s = trim_end_marks(l->cell[i].s);
		if (s.n == 0)
			continue;
		size_t v = 0;
		for (size_t k = 0; k < s.n; k++) {
			if (s.p[k] < '0' || s.p[k] > '9' || s.n > 2)
				return false;
			v = v * 10 + (size_t)(s.p[k] - '0');
		}
		if (v != want)
			return false;
		want++;
		n++;
	}
	return n >= 3;
}

static bool month_word(struct str f)
{
	static const char *const months[] = {"январ", "феврал", "март", "апрел", "май", "мая",
	        "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр", NULL};
	return starts_any(str_trim(f), months) && f.n < 60;
}

static bool note_text(struct str f)
{
	static const char *const words[] = {
	        "в редакции", "в ред.", "исключен", "утратил", "предыдущую редакцию", NULL};
	return f.n > 0 && (f.p[0] == '(' || str_starts(f, STR("примечани"))) && has_any(f, words);
}

static bool section_words(struct str f)
{
	static const char *const words[] = {"раздел", "направлени", "этап", "блок", "модуль",
	        "задача", "i.", "ii.", "iii.", "iv.", "v.", "vi.", "глава", NULL};
	return starts_any(f, words) || month_word(f);
}

static struct str number_text(const struct line *l, const struct columns *c)
{
	size_t k = column_with(c, ROLE_NUMBER);
	return k == SIZE_MAX ? STR_NONE : trim_end_marks(l->cell[k].s);
}

/* The heading of a section; its text goes to *ret. */
static bool section_row(struct table_reader *r, const struct block *t, size_t i,
        const struct line *l, struct traced *ret)
{
	size_t last = 0, n = filled(l, &last);
	size_t number = column_with(&r->c, ROLE_NUMBER);
	size_t activity = column_with(&r->c, ROLE_ACTIVITY);
	struct parse *p = r->p;
	if (n == 1) {
		struct str f = words_fold(p->a, l->cell[last].s);
		bool torn = (l->after_break || r->after_head) && r->open && last != 0 &&
		            !section_words(f) && !all_upper(l->cell[last].s);
		if (torn || (last != 0 && last != activity) || l->cell[last].s.n > 600)
			return false;
		if (last == activity && last == 0 && r->open && starts_lower(l->cell[last].s))
			return false;
		*ret = l->cell[last];
		return true;
	}
	if (n == 2 && number != SIZE_MAX && activity != SIZE_MAX && l->cell[number].s.n > 0 &&
	        l->cell[activity].s.n > 0 && !l->continues[activity]) {
		struct str f = words_fold(p->a, l->cell[activity].s);
		struct str no = number_text(l, &r->c);
		bool heads = section_words(f) || all_upper(l->cell[activity].s);
		if (!heads && i + 1 < t->n_rows) {
			struct line next;
			line_of(&t->row[i + 1], r->c.n, &next);
			struct str after = number_text(&next, &r->c);
			heads = after.n > no.n + 1 && str_starts(after, no) && after.p[no.n] == '.';
		}
		if (heads) {
			*ret = l->cell[activity];
			return true;
		}
	}
	return false;
}

static bool due_filled(const struct table_reader *r, const struct line *l)
{
	for (size_t i = 0; i < r->c.n; i++)
		if (r->c.role[i] == ROLE_DEADLINE && !dash(l->cell[i].s))
			return true;
	return false;
}

/* The row goes on with the one above, torn by the end of a page. */
static bool continuation(const struct table_reader *r, const struct line *l)
{
	if (!r->open)
		return false;
	size_t number = column_with(&r->c, ROLE_NUMBER);
	size_t activity = column_with(&r->c, ROLE_ACTIVITY);
	struct str text = activity == SIZE_MAX ? STR_NONE : l->cell[activity].s;
	bool torn = l->after_break || r->after_head;
	if (number != SIZE_MAX) {
		if (l->cell[number].s.n > 0)
			return false;
		return torn || text.n == 0 || (starts_lower(text) && !due_filled(r, l));
	}
	if (text.n == 0)
		return true;
	bool goes_on = starts_lower(text) || text.p[0] == '-' || str_starts(text, STR("–"));
	if (goes_on && text.p[0] >= '0' && text.p[0] <= '9')
		goes_on = false;
	return torn && goes_on && !due_filled(r, l);
}

static void join_rows(struct table_reader *r, const struct line *l)
{
	for (size_t i = 0; i < l->n && i < TABLE_COLS; i++)
		if (l->cell[i].s.n > 0 && r->row.cell[i].s.n < 32000)
			r->row.cell[i] = traced_join(r->p->a, r->row.cell[i], l->cell[i]);
	r->row.line_end = l->line_end;
}

/* ---- one row → one assignment ---- */

/* «начало | окончание»: two columns that name the ends of one span. */
static bool opens_span(const struct table_reader *r, size_t i)
{
	if (i + 1 >= r->c.n || r->c.role[i + 1] != ROLE_DEADLINE || dash(r->row.cell[i + 1].s))
		return false;
	static const char *const last[] = {"оконч", "заверш", "конец", NULL};
	struct arena *a = r->p->a;
	return has_any(words_fold(a, r->c.label[i].s), (const char *const[]){"начал", NULL}) &&
	       has_any(words_fold(a, r->c.label[i + 1].s), last);
}

static void row_deadlines(struct table_reader *r, size_t task)
{
	size_t columns = columns_count(&r->c, ROLE_DEADLINE), marked = 0;
	for (size_t i = 0; i < r->c.n; i++)
		marked += r->c.role[i] == ROLE_DEADLINE && r->row.cell[i].s.n > 0;
	for (size_t i = 0; i < r->c.n; i++) {
		if (r->c.role[i] != ROLE_DEADLINE || dash(r->row.cell[i].s))
			continue;
		struct phrase ph = {.text = r->row.cell[i]};
		if (month_word(words_fold(r->p->a, r->section_text.s)))
			ph.month = r->section_text;
		if (columns > 1 && marked > 1)
			ph.label = r->c.label[i];
		ph.opens = opens_span(r, i);
		if (r->row.continues[i])
			ph.inherited = INHERITED_ROW_ABOVE;
		task_phrase(r->p, task, ph);
	}
}

/* No column of deadlines: words in the activity or beside the responsible, else the section's
 * month. */
static void row_deadlines_elsewhere(struct table_reader *r, size_t task)
{
	struct parse *p = r->p;
	struct str section = words_fold(p->a, r->section_text.s);
	bool month = month_word(section);
	size_t found = 0;
	for (size_t i = 0; i < r->c.n; i++) {
		if (r->c.role[i] != ROLE_ACTIVITY && r->c.role[i] != ROLE_RESPONSIBLE)
			continue;
		struct str *v;
		size_t n = deadline_find(p->a, r->row.cell[i].s, &v);
		for (size_t k = 0; k < n; k++) {
			struct phrase ph = {.text = traced_of(r->row.cell[i], v[k]), .wide = true};
			if (month)
				ph.month = r->section_text;
			task_phrase(p, task, ph);
			found++;
		}
	}
	if (found == 0 && month)
		task_phrase(p, task,
		        (struct phrase){.text = r->section_text,
		                .inherited = INHERITED_SECTION,
		                .bare = true});
}

/* «Декабрь, май, зам. директора по УВР»: the pieces that are deadlines. */
static void due_beside_who(struct table_reader *r, size_t task, struct traced cell)
{
	size_t from = 0, first = SIZE_MAX, last = 0;
	for (size_t i = 0; i <= cell.s.n; i++) {
		char c = i < cell.s.n ? cell.s.p[i] : ',';
		if (c != ',' && c != ';' && c != '\n')
			continue;
		if (responsible_is_deadline(r->p, str_sub(cell.s, from, i))) {
			first = first == SIZE_MAX ? from : first;
			last = i;
		}
		from = i + 1;
	}
	if (first != SIZE_MAX)
		task_phrase(r->p, task,
		        (struct phrase){.text = traced_trim(traced_sub(cell, first, last))});
}

static void add_expected(struct table_reader *r, struct assignment *t, struct traced text)
{
	if (t->expected_result.text.n == 0) {
		t->expected_result = field_flat(r->p, text, TRUST_SURE);
		return;
	}
	t->expected_result.text = str_printf(
	        r->p->a, STR_FMT "; " STR_FMT, STR_ARG(t->expected_result.text), STR_ARG(text.s));
}

static bool measure_words(struct str f)
{
	static const char *const words[] = {"доля", "количество", "число", "процент", "охват",
	        "вовлечение", "уровень", "удельный вес", "показател", "наличие", "численность",
	        NULL};
	return starts_any(str_trim(f), words) || str_has(f, STR(" количество "));
}

/* «приказ, участники – не менее 60 чел.», «паспорта (100 %)»: the document in front. */
static void evidence_before_measure(struct parse *p, struct traced t, fields *docs)
{
	size_t end = 0;
	while (end < t.s.n && t.s.p[end] != ',' && t.s.p[end] != '(')
		if (t.s.p[end] >= '0' && t.s.p[end] <= '9')
			return;
		else
			end++;
	if (end < t.s.n && evidence_like(p, str_sub(t.s, 0, end)))
		evidence_split(p, traced_trim(traced_sub(t, 0, end)), docs);
}

/* A piece of a column that mixes evidence, measures and results. */
static void mixed_piece(struct table_reader *r, struct assignment *t, struct traced piece,
        enum role role, fields *docs, indicators *measures)
{
	size_t before = measures->n;
	indicators_find(r->p, piece, true, measures);
	if (measures->n > before && role != ROLE_INDICATOR)
		evidence_before_measure(r->p, piece, docs);
	bool document_column = column_with(&r->c, ROLE_DOCUMENT) != SIZE_MAX;
	if (measures->n > before) {
		if (document_column && role == ROLE_RESULT)
			add_expected(r, t, piece);
		return;
	}
	struct str f = words_fold(r->p->a, piece.s);
	if ((!document_column || role != ROLE_RESULT) && evidence_like(r->p, piece.s)) {
		evidence_split(r->p, piece, docs);
		if (str_has(f, STR(" количество ")) || str_has(f, STR(" доля "))) {
			struct indicator *m = vec_push(r->p->a, measures);
			m->text = m->name = field_flat(r->p, piece, TRUST_DOUBTFUL);
			m->target = __builtin_nan("");
		}
		return;
	}
	if (measure_words(f)) {
		struct indicator *m = vec_push(r->p->a, measures);
		m->text = m->name = field_flat(r->p, piece, TRUST_SURE);
		m->target = __builtin_nan("");
		return;
	}
	add_expected(r, t, piece);
}

/* «Доля школ, %», «Число экспертов, чел.»: the unit of the values beside it. */
static struct str unit_of_name(struct parse *p, struct traced name)
{
	struct str f = trim_end_marks(str_trim(words_fold(p->a, name.s)));
	if (str_ends(f, STR("%")) || str_ends(f, STR("процентов")) || str_ends(f, STR("проценты")))
		return STR("%");
	if (str_ends(f, STR(", чел")) || str_ends(f, STR("(чел")) || str_ends(f, STR("человек")))
		return STR("чел.");
	if (str_ends(f, STR(", шт")) || str_ends(f, STR("штук")))
		return STR("шт.");
	if (str_ends(f, STR(", ед")) || str_ends(f, STR("единиц")))
		return STR("ед.");
	return STR_NONE;
}

/* A value of a column of its own: its name and unit stand beside it. */
static void name_measure(struct table_reader *r, struct indicator *m, size_t name)
{
	if (name != SIZE_MAX)
		m->name = field_flat(r->p, r->row.cell[name], TRUST_SURE);
	size_t unit = column_with(&r->c, ROLE_UNIT);
	struct str said = unit == SIZE_MAX
	                          ? STR_NONE
	                          : indicator_unit(words_fold(r->p->a, r->row.cell[unit].s));
	if (said.n > 0 && (m->unit.n == 0 || str_eq_z(m->unit, "ед.")))
		m->unit = said;
	if (m->unit.n == 0 && name != SIZE_MAX)
		m->unit = unit_of_name(r->p, r->row.cell[name]);
}

/* The row has its value in a column of targets: the column of names holds only names. */
static bool has_target(const struct table_reader *r)
{
	for (size_t i = 0; i < r->c.n; i++)
		if (r->c.role[i] == ROLE_TARGET && !dash(r->row.cell[i].s))
			return true;
	return false;
}

static void row_results(struct table_reader *r, struct assignment *t)
{
	fields docs = {0};
	indicators measures = {0};
	bool target = has_target(r);
	for (size_t i = 0; i < r->c.n; i++) {
		struct traced cell = r->row.cell[i];
		enum role role = r->c.role[i];
		if (dash(cell.s) || (role == ROLE_INDICATOR && target))
			continue;
		if (role == ROLE_DOCUMENT) {
			size_t before = measures.n;
			indicators_find(r->p, cell, true, &measures);
			if (measures.n == before || evidence_like(r->p, cell.s))
				evidence_split(r->p, cell, &docs);
		} else if (role == ROLE_RESULT || role == ROLE_INDICATOR) {
			bool whole = column_with(&r->c, ROLE_DOCUMENT) != SIZE_MAX &&
			             role == ROLE_RESULT;
			struct str rest = cell.s, part;
			while (!whole && str_next(&rest, ';', &part))
				if (!dash(part))
					mixed_piece(r, t, traced_trim(traced_of(cell, part)), role,
					        &docs, &measures);
			if (whole)
				mixed_piece(r, t, cell, role, &docs, &measures);
		} else if (role == ROLE_TARGET && !dash(cell.s)) {
			size_t before = measures.n;
			indicators_find(r->p, cell, true, &measures);
			size_t name = column_with(&r->c, ROLE_INDICATOR);
			for (size_t k = before; k < measures.n; k++)
				name_measure(r, &measures.v[k], name);
		}
	}
	size_t activity = column_with(&r->c, ROLE_ACTIVITY);
	if (measures.n == 0 && activity != SIZE_MAX)
		indicators_find(r->p, r->row.cell[activity], false, &measures);
	if (docs.n == 0 && activity != SIZE_MAX)
		evidence_inline(r->p, r->row.cell[activity], &docs);
	t->document_type = docs.v;
	t->n_document_types = docs.n;
	t->indicator = measures.v;
	t->n_indicators = measures.n;
}

/* «…: - формирование команд - информирование участников» */
static void row_items(struct parse *p, struct assignment *t, struct traced text)
{
	size_t colon = str_find(text.s, STR(":"), 0);
	if (colon == SIZE_MAX)
		return;
	fields list = {0};
	size_t from = SIZE_MAX;
	for (size_t i = colon; i <= text.s.n; i++) {
		bool mark = i + 1 < text.s.n && (text.s.p[i] == ' ' || text.s.p[i] == '\n') &&
		            text.s.p[i + 1] == '-' && i + 2 < text.s.n && text.s.p[i + 2] == ' ';
		if (!mark && i < text.s.n)
			continue;
		if (from != SIZE_MAX) {
			struct traced item = traced_trim(traced_sub(text, from, i));
			item = traced_of(item, trim_end_marks(item.s));
			if (item.s.n > 0)
				*vec_push(p->a, &list) = field_flat(p, item, TRUST_SURE);
		}
		from = i + 2;
	}
	t->item = list.v;
	t->n_items = list.n;
}

static struct span row_span(struct parse *p, const struct line *l)
{
	struct span s = {0, 0};
	for (size_t i = 0; i < l->n && i < TABLE_COLS; i++) {
		struct span c = traced_span(p->src, l->cell[i]);
		if (c.from == c.to)
			continue;
		if (s.from == s.to)
			s = c;
		s.from = c.from < s.from ? c.from : s.from;
		s.to = c.to > s.to ? c.to : s.to;
	}
	return s;
}

static void flush(struct table_reader *r)
{
	struct parse *p = r->p;
	if (!r->open)
		return;
	r->open = false;
	size_t activity = column_with(&r->c, ROLE_ACTIVITY);
	struct traced text = activity == SIZE_MAX ? (struct traced){0} : r->row.cell[activity];
	if (dash(text.s) || p->tasks.n >= 20000 || note_text(words_fold(p->a, text.s)))
		return;
	if (starts_any(
	            words_fold(p->a, text.s), (const char *const[]){"исключен", "утратил", NULL}))
		return;
	struct assignment *t = task_add(p, r->part.part, ASSIGNMENT_TASK);
	size_t task = p->tasks.n - 1;
	size_t number = column_with(&r->c, ROLE_NUMBER);
	enum trust trust = r->c.guessed ? TRUST_DOUBTFUL : TRUST_SURE;
	/* «3 4»: two rows in one */
	struct str no = number == SIZE_MAX ? STR_NONE : str_trim(r->row.cell[number].s);
	if (str_find_byte(no, ' ', 0) != SIZE_MAX)
		trust = TRUST_DOUBTFUL;
	if (number != SIZE_MAX && r->row.cell[number].s.n > 0) {
		t->clause = field_of(p,
		        traced_of(r->row.cell[number], trim_end_marks(r->row.cell[number].s)),
		        trust);
	} else if (number == SIZE_MAX) {
		uint16_t n[CLAUSE_DEPTH];
		size_t depth, len = clause_number(text.s, n, &depth);
		if (len > 0 && str_find_byte(str_sub(text.s, 0, len), ')', 0) == SIZE_MAX) {
			t->clause = field_of(
			        p, traced_of(text, trim_end_marks(str_sub(text.s, 0, len))), trust);
			text = traced_sub(text, len, text.s.n);
		}
	}
	t->section = r->section;
	size_t own_section = column_with(&r->c, ROLE_SECTION);
	if (own_section != SIZE_MAX && r->row.cell[own_section].s.n > 0)
		r->column_section = field_flat(p, r->row.cell[own_section], TRUST_DOUBTFUL);
	if (t->section.text.n == 0)
		t->section = r->column_section;
	t->activity = field_flat(p, text, trust);
	t->page = r->row.page;
	t->line_start = r->row.line_start;
	t->line_end = r->row.line_end;
	t->span = row_span(p, &r->row);
	row_items(p, t, text);
	executors list = {0};
	for (size_t i = 0; i < r->c.n; i++)
		if ((r->c.role[i] == ROLE_RESPONSIBLE || r->c.role[i] == ROLE_DUE_AND_WHO) &&
		        !dash(r->row.cell[i].s))
			responsible_split(p, r->row.cell[i], &list);
	t->responsible = list.v;
	t->n_responsible = list.n;
	t->responsible_source = list.n > 0 ? RESPONSIBLE_OWN : RESPONSIBLE_NONE;
	size_t both = column_with(&r->c, ROLE_DUE_AND_WHO);
	if (both != SIZE_MAX)
		due_beside_who(r, task, r->row.cell[both]);
	else if (r->has_due_column)
		row_deadlines(r, task);
	else
		row_deadlines_elsewhere(r, task);
	row_results(r, &p->tasks.v[task]);
}

/* «-//-», «-"-», «то же»: what stands above. */
static bool ditto(struct parse *p, struct str s)
{
	static const char *const marks[] = {"\"", "//", "»", "″", "〃", "''", NULL};
	struct str f = str_trim(words_fold(p->a, s));
	if (f.n == 0 || f.n > 24)
		return false;
	if (starts_any(f, (const char *const[]){"то же", "те же", "тот же", NULL}))
		return f.n < 12;
	return letters(f) == 0 && word_nth(f, 0).n == 0 && has_any(f, marks);
}

static void fill_ditto(struct table_reader *r, struct line *l, const struct line *above)
{
	for (size_t i = 0; i < l->n && i < TABLE_COLS; i++)
		if (r->c.role[i] != ROLE_ACTIVITY && ditto(r->p, l->cell[i].s)) {
			l->cell[i] = above->cell[i];
			l->continues[i] = true;
		}
}

/* Cells merged downwards repeat the value above. */
static void fill_merged(const struct table_reader *r, struct line *l, const struct line *above)
{
	for (size_t i = 0; i < l->n && i < TABLE_COLS; i++)
		if (l->continues[i] && l->cell[i].s.n == 0 && r->c.role[i] != ROLE_ACTIVITY &&
		        r->c.role[i] != ROLE_NUMBER)
			l->cell[i] = above->cell[i];
}

static void read_row(struct table_reader *r, const struct block *t, size_t i)
{
	struct line l;
	size_t last = 0;
	line_of(&t->row[i], r->c.n, &l);
	if (filled(&l, &last) == 0)
		return;
	if (same_text(r->p, &l, &r->head) || same_text(r->p, &l, &r->sub) || number_row(&l)) {
		r->after_head = r->after_head || r->open;
		return;
	}
	struct traced section;
	if (section_row(r, t, i, &l, &section)) {
		struct str f = words_fold(r->p->a, section.s);
		if (note_text(f))
			return;
		flush(r);
		r->section = field_flat(r->p, section, TRUST_SURE);
		r->section_text = section;
		r->after_head = false;
		return;
	}
	if (continuation(r, &l)) {
		join_rows(r, &l);
	} else {
		struct line above = r->row;
		flush(r);
		fill_merged(r, &l, &above);
		fill_ditto(r, &l, &above);
		r->row = l;
		r->open = true;
	}
	r->after_head = false;
}

/* «ДОН ТО ТОГИРРО МОУО» where the cell lost its line breaks: names known from other rows of the
 * same table. Returns the bytes of the longest one at the start. */
static size_t known_name(const struct parse *p, size_t from, struct str s, struct str whole)
{
	static const char *const common[] = {"МОУО", "ОО", "ОУ", "МСУ", "ОМСУ", "РЦОИ", "ЦОКО",
	        "РЦОКО", "ИРО", "ЦНППМ", "МЦ", "ИМЦ", "РМК", "ММС", "ШМО", "ШНОР", "УО", NULL};
	size_t best = 0;
	for (const char *const *c = common; *c != NULL; c++) {
		size_t n = str_c(*c).n;
		if (n > best && str_starts(s, str_c(*c)) && (n == s.n || s.p[n] == ' '))
			best = n;
	}
	for (size_t i = from; i < p->tasks.n; i++)
		for (size_t k = 0; k < p->tasks.v[i].n_responsible; k++) {
			struct str name = p->tasks.v[i].responsible[k].name.text;
			if (name.n > best && name.n < whole.n && str_starts(s, name) &&
			        (name.n == s.n || s.p[name.n] == ' '))
				best = name.n;
		}
	return best;
}

static void split_known(struct parse *p, struct assignment *t, size_t k, size_t from)
{
	struct field whole = t->responsible[k].name;
	executors list = {0};
	for (size_t i = 0; i < whole.text.n;) {
		size_t n = known_name(p, from, str_skip(whole.text, i), whole.text);
		if (n == 0)
			return;
		struct field *f = &vec_push(p->a, &list)->name;
		*f = whole;
		f->text = str_sub(whole.text, i, i + n);
		f->trust = TRUST_DOUBTFUL;
		for (i += n; i < whole.text.n && whole.text.p[i] == ' ';)
			i++;
	}
	for (size_t i = 0; i < t->n_responsible; i++)
		if (i != k)
			*vec_push(p->a, &list) = t->responsible[i];
	t->responsible = list.v;
	t->n_responsible = list.n;
}

/* «ОО ОМиОКО»: every word has at least two capitals, they are most of it. */
static bool abbreviations(struct str s)
{
	struct word w;
	size_t words = 0;
	for (size_t i = 0; word_next(s, &i, &w); words++) {
		size_t upper = 0, all = 0;
		struct str word = str_sub(s, w.from, w.to);
		for (size_t k = 0; k < word.n; all++) {
			size_t at = k;
			(void)utf8_next(word, &k);
			upper += starts_upper(str_sub(word, at, k));
		}
		if (upper < 2 || upper * 2 < all)
			return false;
	}
	return words > 1;
}

static void split_abbreviations(struct parse *p, size_t from)
{
	size_t checked = 0;
	for (size_t i = from; i < p->tasks.n && checked < 100; i++)
		for (size_t k = 0; k < p->tasks.v[i].n_responsible; k++) {
			struct str name = p->tasks.v[i].responsible[k].name.text;
			if (p->tasks.v[i].responsible[k].person.text.n > 0 || !abbreviations(name))
				continue;
			checked++;
			split_known(p, &p->tasks.v[i], k, from);
			break;
		}
}

static void read_table(
        struct parse *p, struct part_range part, const struct block *t, struct columns *known)
{
	struct table_reader r = {.p = p, .part = part};
	size_t first = 0, before = p->tasks.n;
	while (first < t->n_rows && first < 6 && !columns_read(p, t, first, &r.c))
		first++;
	if (first < t->n_rows && first < 6) {
		line_of(&t->row[first], r.c.n, &r.head);
		if (r.c.head_rows > 1)
			line_of(&t->row[first + 1], r.c.n, &r.sub);
		first += r.c.head_rows;
		*known = r.c;
	} else {
		const struct cell *cell[TABLE_COLS];
		size_t n = t->n_rows > 0 ? grid_of(&t->row[0], cell) : 0;
		first = 0;
		if (known->n > 0 && n == known->n)
			r.c = *known;
		else if (p->parts.v[part.part].kind == DOC_LETTER || !columns_guess(p, t, &r.c))
			return;
	}
	r.has_due_column = column_with(&r.c, ROLE_DEADLINE) != SIZE_MAX;
	for (size_t i = first; i < t->n_rows; i++)
		read_row(&r, t, i);
	flush(&r);
	split_abbreviations(p, before);
	if (r.c.guessed)
		diag_add(p, "column_guess", SEVERITY_WARNING,
		        traced_span(
		                p->src, t->row[0].n > 0 ? t->row[0].cell[0].text : r.section_text),
		        SIZE_MAX,
		        str_printf(p->a,
		                "у таблицы (строка %u) шапка понятна не вся: смысл граф угадан по "
		                "содержанию",
		                t->line));
}

void parse_tables(struct parse *p, struct part_range part)
{
	struct columns known = {0};
	for (size_t i = part.blocks.from; i < part.blocks.to; i++)
		if (p->src->block[i].kind == BLOCK_TABLE)
			read_table(p, part, &p->src->block[i], &known);
}
