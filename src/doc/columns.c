#include "doc/columns.h"

#include "doc/words.h"

struct role_rule {
	enum role role;
	bool start; /* the head must begin with the word */
	const char *words[20];
};

/* The first rule that fits decides. */
static const struct role_rule rules[] = {
        {ROLE_OTHER, true,
                {"недостат", "реализованн", "фактическ", "отметка", "примечан", "финанс", "объем",
                        "источник", "номер цел", "сведения", "основани", "категори", "место",
                        "статус", "проблем", "факт", "выполнен"}},
        {ROLE_NUMBER, true, {"№", "n п", "n№", "номер", "п/п", "n п/п", "no"}},
        {ROLE_RESULT, true,
                {"результат", "ожидаемый рез", "ожидаемые рез", "планируемый рез",
                        "планируемые рез", "итог реал"}},
        {ROLE_UNIT, false, {"ед. изм", "единица изм", "ед.изм", "единицы изм"}},
        {ROLE_TARGET, false,
                {"целевое знач", "плановое знач", "значение показ", "целевые знач",
                        "значение инд"}},
        {ROLE_SECTION, true, {"направлени", "раздел "}},
        {ROLE_DEADLINE, false, {"срок", "дата", "период", "когда", "время пров", "месяц", "даты"}},
        {ROLE_RESPONSIBLE, false, {"ответств", "исполнител", "фио", "ф.и.о", "кто "}},
        {ROLE_DOCUMENT, false,
                {"вид документ", "форма заверш", "итоговый док", "подтвержд", "выход",
                        "форма отчет", "форма предст", "отчетн", "документ", "вид отчет",
                        "форма подвед", "способ подвед", "где слуш", "где рассм", "форма фикс",
                        "подведение итог"}},
        {ROLE_INDICATOR, false, {"показател", "индикатор", "критери"}},
        {ROLE_RESULT, false, {"результат", "эффект", "продукт", "итог"}},
        {ROLE_ACTIVITY, false,
                {"мероприят", "содержани", "наименован", "поручени", "действи", "виды работ",
                        "вид работ", "вид деят", "объект контр", "вопрос", "тема", "процедур",
                        "работы", "событи", "шаг", "предмет", "процесс"}},
        {ROLE_SECTION, false, {"направлени", "раздел", "задач", "цель", "блок", "этап"}},
};

enum role column_role_of(struct str f)
{
	f = str_trim(f);
	if (f.n == 0 || f.n > 400)
		return ROLE_OTHER;
	static const char *const due[] = {"срок", "дата", NULL};
	static const char *const who[] = {"ответственн", "исполнител", NULL};
	static const char *const kept[] = {
	        "срок исп", "дата исп", "сроки исп", "за срок", "соблюдени", NULL};
	if (f.n < 100 && has_any(f, due) && has_any(f, who) && !has_any(f, kept))
		return ROLE_DUE_AND_WHO;
	if (str_eq_z(f, "n"))
		return ROLE_NUMBER;
	if (str_eq_z(f, "итог") || str_eq_z(f, "итоги"))
		return ROLE_DOCUMENT;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (rules[i].start ? starts_any(f, rules[i].words) : has_any(f, rules[i].words)) {
			bool long_number = rules[i].role == ROLE_NUMBER && f.n > 40;
			/* «Показатель, ед. изм.» */
			bool named_unit =
			        rules[i].role == ROLE_UNIT &&
			        has_any(f, (const char *const[]){"показател", "индикатор", NULL});
			if (!long_number && !named_unit)
				return rules[i].role;
		}
	return ROLE_OTHER;
}

size_t grid_of(const struct row *row, const struct cell *ret[TABLE_COLS])
{
	size_t k = 0;
	for (size_t i = 0; i < row->n && k < TABLE_COLS; i++) {
		size_t span = row->cell[i].colspan == 0 ? 1 : row->cell[i].colspan;
		ret[k++] = &row->cell[i];
		while (--span > 0 && k < TABLE_COLS)
			ret[k++] = NULL;
	}
	return k;
}

size_t column_with(const struct columns *c, enum role role)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->role[i] == role)
			return i;
	return SIZE_MAX;
}

size_t columns_count(const struct columns *c, enum role role)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->role[i] == role;
	return n;
}

/* Under a head row: names of sub-columns, the first column empty. */
static bool second_head(const struct columns *c, const struct cell *const *cell, size_t n)
{
	size_t filled = 0;
	for (size_t i = 0; i < n; i++) {
		bool text = cell[i] != NULL && cell[i]->text.s.n > 0;
		bool quiet = c->role[i] == ROLE_NUMBER || c->role[i] == ROLE_ACTIVITY ||
		             c->role[i] == ROLE_RESPONSIBLE;
		if (text && (quiet || cell[i]->text.s.n > 160))
			return false;
		filled += text;
	}
	return filled > 0;
}

/* A head cell without words belongs to the one on its left (merged heads), unless a word under it
 * says more. */
static void fill_roles(struct parse *p, struct columns *c, const struct cell *const *sub, size_t n)
{
	enum role left = ROLE_OTHER;
	bool left_named = false;
	for (size_t i = 0; i < c->n; i++) {
		bool named = c->label[i].s.n > 0;
		const struct cell *under = sub != NULL && i < n ? sub[i] : NULL;
		bool has_under = under != NULL && under->text.s.n > 0;
		if (named) {
			left = c->role[i];
			left_named = true;
		} else if (has_under && left_named) {
			c->role[i] = left;
		}
		if (has_under) {
			enum role r = column_role_of(words_fold(p->a, under->text.s));
			if (r != ROLE_OTHER && c->role[i] == ROLE_OTHER)
				c->role[i] = r;
			c->label[i] = under->text;
		}
	}
}

static void prefer_activity(struct parse *p, struct columns *c)
{
	if (column_with(c, ROLE_ACTIVITY) == SIZE_MAX) {
		size_t s = column_with(c, ROLE_SECTION);
		if (s != SIZE_MAX)
			c->role[s] = ROLE_ACTIVITY;
		return;
	}
	if (columns_count(c, ROLE_ACTIVITY) < 2)
		return;
	static const char *const strong[] = {"мероприят", "содержани", "поручени", NULL};
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < c->n; i++)
		if (c->role[i] == ROLE_ACTIVITY &&
		        (best == SIZE_MAX || has_any(words_fold(p->a, c->label[i].s), strong))) {
			if (best != SIZE_MAX && has_any(words_fold(p->a, c->label[best].s), strong))
				continue;
			best = i;
		}
	for (size_t i = 0; i < c->n; i++)
		if (c->role[i] == ROLE_ACTIVITY && i != best)
			c->role[i] = ROLE_OTHER;
}

/* A column of results that holds nothing but deadlines («Предоставление результатов»: «до 19.03»).
 */
static void deadlines_by_content(
        struct parse *p, const struct block *table, size_t from, struct columns *c)
{
	static const char *const facts[] = {"факт", "реализ", "отметк", "выполн", "примеч", NULL};
	for (size_t i = 0; i < c->n; i++) {
		bool open = c->role[i] == ROLE_OTHER || c->role[i] == ROLE_RESULT ||
		            c->role[i] == ROLE_DOCUMENT;
		if (!open || has_any(words_fold(p->a, c->label[i].s), facts))
			continue;
		size_t filled = 0, dates = 0;
		for (size_t r = from; r < table->n_rows && r < from + 12; r++) {
			const struct cell *cell[TABLE_COLS];
			struct str *found;
			if (grid_of(&table->row[r], cell) <= i || cell[i] == NULL ||
			        letters(cell[i]->text.s) + word_nth(cell[i]->text.s, 0).n == 0)
				continue;
			struct str s = cell[i]->text.s;
			filled++;
			dates += s.n < 80 && deadline_find(p->a, s, &found) == 1 &&
			         found[0].n + 6 >= s.n;
			if (filled == 4 && dates == 0)
				break;
		}
		if (filled >= 2 && dates * 4 > filled * 3)
			c->role[i] = ROLE_DEADLINE;
	}
}

/* «№ | Исследование | Дата | Ответственный»: beside dates and a number or an executor the column of
 * longest words says what is done, whatever it is called. */
static bool activity_by_content(
        struct parse *p, const struct block *table, size_t from, struct columns *c)
{
	if (column_with(c, ROLE_DEADLINE) == SIZE_MAX ||
	        (column_with(c, ROLE_NUMBER) == SIZE_MAX &&
	                column_with(c, ROLE_RESPONSIBLE) == SIZE_MAX))
		return false;
	size_t best = SIZE_MAX, longest = 0;
	for (size_t i = 0; i < c->n; i++) {
		size_t sum = 0;
		for (size_t r = from; r < table->n_rows && r < from + 20; r++) {
			const struct cell *cell[TABLE_COLS];
			if (grid_of(&table->row[r], cell) > i && cell[i] != NULL)
				sum += letters(cell[i]->text.s);
		}
		bool named = c->role[i] == ROLE_OTHER && c->label[i].s.n > 0 &&
		             !starts_any(words_fold(p->a, c->label[i].s), rules[0].words);
		if (named && sum > longest) {
			longest = sum;
			best = i;
		}
	}
	if (best == SIZE_MAX || longest < 20)
		return false;
	c->role[best] = ROLE_ACTIVITY;
	c->guessed = true;
	return true;
}

/* «Показатель | 2023 | 2024»: values of the measure by years. */
static void targets_by_year(struct parse *p, struct columns *c)
{
	bool measure = false;
	for (size_t i = 0; i < c->n; i++) {
		struct str f = str_trim(words_fold(p->a, c->label[i].s));
		size_t digits = 0;
		while (digits < f.n && f.p[digits] >= '0' && f.p[digits] <= '9')
			digits++;
		bool year = digits == 4 && str_starts(f, STR("20")) && f.n <= STR("2023 год").n;
		if (c->role[i] == ROLE_INDICATOR)
			measure = true;
		else if (c->role[i] == ROLE_OTHER && year && measure)
			c->role[i] = ROLE_TARGET;
		else if (c->role[i] != ROLE_UNIT && c->role[i] != ROLE_TARGET)
			measure = false;
	}
}

bool columns_read(struct parse *p, const struct block *table, size_t from, struct columns *ret)
{
	const struct cell *cell[TABLE_COLS], *sub[TABLE_COLS];
	struct columns c = {.head_rows = 1};
	c.n = grid_of(&table->row[from], cell);
	size_t known = 0, long_cells = 0;
	for (size_t i = 0; i < c.n; i++) {
		if (cell[i] == NULL)
			continue;
		c.label[i] = cell[i]->text;
		c.role[i] = column_role_of(words_fold(p->a, cell[i]->text.s));
		known += c.role[i] != ROLE_OTHER;
		long_cells += cell[i]->text.s.n > 300;
	}
	bool activity = column_with(&c, ROLE_ACTIVITY) != SIZE_MAX ||
	                column_with(&c, ROLE_SECTION) != SIZE_MAX;
	if (!activity)
		activity = activity_by_content(p, table, from + 1, &c);
	bool other = column_with(&c, ROLE_DEADLINE) != SIZE_MAX ||
	             column_with(&c, ROLE_DUE_AND_WHO) != SIZE_MAX ||
	             column_with(&c, ROLE_RESPONSIBLE) != SIZE_MAX ||
	             column_with(&c, ROLE_DOCUMENT) != SIZE_MAX;
	if (known < 2 || long_cells > 0 || !activity || !other)
		return false;
	size_t n = 0;
	bool two = false;
	if (from + 1 < table->n_rows) {
		n = grid_of(&table->row[from + 1], sub);
		two = n >= c.n && second_head(&c, sub, c.n);
	}
	fill_roles(p, &c, two ? sub : NULL, n);
	prefer_activity(p, &c);
	c.head_rows = two ? 2 : 1;
	targets_by_year(p, &c);
	deadlines_by_content(p, table, from + c.head_rows, &c);
	*ret = c;
	return true;
}

/* Sums over the cells of one column. */
struct content {
	size_t filled, deadlines, numbers, length;
};

bool columns_guess(struct parse *p, const struct block *table, struct columns *ret)
{
	struct content sum[TABLE_COLS] = {0};
	struct columns c = {.guessed = true};
	for (size_t r = 0; r < table->n_rows && r < 40; r++) {
		const struct cell *cell[TABLE_COLS];
		size_t n = grid_of(&table->row[r], cell);
		c.n = n > c.n ? n : c.n;
		for (size_t i = 0; i < n; i++) {
			if (cell[i] == NULL || cell[i]->text.s.n == 0)
				continue;
			struct str s = cell[i]->text.s;
			struct str *found;
			uint16_t number[CLAUSE_DEPTH];
			size_t depth;
			sum[i].filled++;
			sum[i].length += s.n;
			if (s.n < 200)
				sum[i].deadlines += deadline_find(p->a, s, &found) > 0;
			struct str with_text =
			        str_printf(p->a, STR_FMT " x", STR_ARG(str_sub(s, 0, 20)));
			sum[i].numbers +=
			        s.n < 10 && (clause_number(with_text, number, &depth) > 0 ||
			                            word_nth(s, 0).n <= 2);
		}
	}
	if (c.n < 3)
		return false;
	size_t best_due = SIZE_MAX, best_act = SIZE_MAX;
	for (size_t i = 0; i < c.n; i++) {
		if (sum[i].numbers * 2 > sum[i].filled && i == 0) {
			c.role[i] = ROLE_NUMBER;
			continue;
		}
		if (sum[i].deadlines * 2 > sum[i].filled &&
		        (best_due == SIZE_MAX || sum[i].deadlines > sum[best_due].deadlines))
			best_due = i;
		else if (sum[i].filled > 0 && sum[i].deadlines * 2 <= sum[i].filled &&
		         (best_act == SIZE_MAX || sum[i].length > sum[best_act].length))
			best_act = i;
	}
	if (best_due == SIZE_MAX || best_act == SIZE_MAX)
		return false;
	c.role[best_due] = ROLE_DEADLINE;
	c.role[best_act] = ROLE_ACTIVITY;
	for (size_t i = best_act + 1; i < c.n; i++)
		if (c.role[i] == ROLE_OTHER && sum[i].filled > 0) {
			c.role[i] = ROLE_RESPONSIBLE;
			break;
		}
	*ret = c;
	return true;
}
