/* Measures in text: «доля участников не менее 95 %» → name, comparison, target, unit; and names of
 * documents that prove execution. */
#include "doc/parse.h"
#include "doc/words.h"
#include "text/fold.h"

#include <math.h>
#include <string.h>

#define MAX_TEXT     6000 /* bytes of a clause or cell that are searched for measures */
#define MAX_MEASURES 32

struct compare_word {
	const char *words, *sign;
};

/* Longer ones first. */
static const struct compare_word compares[] = {
        {"не менее чем на", ">="},
        {"не менее чем в", ">="},
        {"не менее, чем", ">="},
        {"не менее чем", ">="},
        {"не менее", ">="},
        {"не ниже", ">="},
        {"не меньше", ">="},
        {"минимум", ">="},
        {"не более чем", "<="},
        {"не более", "<="},
        {"не выше", "<="},
        {"не превышает", "<="},
        {"не превышающ", "<="},
        {"снижение до", "<="},
        {"более чем", ">"},
        {"более", ">"},
        {"свыше", ">"},
        {"выше", ">"},
        {"больше", ">"},
        {"менее чем", "<"},
        {"менее", "<"},
        {"ниже", "<"},
        {"≥", ">="},
        {"≤", "<="},
        {">=", ">="},
        {"<=", "<="},
        {">", ">"},
        {"<", "<"},
};

struct unit_word {
	const char *stem, *unit;
	bool noun; /* the word is what is counted: it stays in the name («40 экспертов») */
};

static const struct unit_word units[] = {
        {"процентн", "п.п.", false},
        {"п.п", "п.п.", false},
        {"п. п", "п.п.", false},
        {"%", "%", false},
        {"процент", "%", false},
        {"чел", "чел.", false},
        {"человек", "чел.", false},
        {"обучающ", "чел.", true},
        {"педагог", "чел.", true},
        {"учител", "чел.", true},
        {"участник", "чел.", true},
        {"слушател", "чел.", true},
        {"руководител", "чел.", true},
        {"специалист", "чел.", true},
        {"ученик", "чел.", true},
        {"работник", "чел.", true},
        {"школьник", "чел.", true},
        {"эксперт", "чел.", true},
        {"шт", "шт.", false},
        {"ед.", "ед.", false},
        {"единиц", "ед.", false},
};

struct str indicator_unit(struct str f)
{
	f = str_trim(f);
	for (size_t k = 0; k < ARRAY_LEN(units); k++)
		if (!units[k].noun && str_starts(f, str_c(units[k].stem)))
			return str_c(units[k].unit);
	return STR_NONE;
}

/* After these a number is no measure. */
static bool no_measure_unit(struct str f)
{
	static const char *const stems[] = {"дн", "день", "час", "минут", "месяц", "раз", "лет",
	        "год", "недел", "класс", "квартал", "г.", "январ", "феврал", "март", "апрел", "мая",
	        "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр", "рабоч",
	        "календарн", "курс", "этап", "-", "–", "г ", "числа", "экз", "учебн", "вариант",
	        "полугод", "балл", NULL};
	return starts_any(f, stems);
}

static size_t skip_blank(struct str s, size_t i)
{
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t'))
		i++;
	return i;
}

/* Decimal number at i: its value and end; grouping blanks are not read («4 7 классы»). */
static bool number_at(struct str s, size_t i, double *ret, size_t *ret_end)
{
	double v = 0, scale = 1;
	size_t j = i, n = 0;
	while (j < s.n && s.p[j] >= '0' && s.p[j] <= '9' && n++ < 9)
		v = v * 10 + (s.p[j++] - '0');
	if (n == 0)
		return false;
	if (j + 1 < s.n && (s.p[j] == ',' || s.p[j] == '.') && s.p[j + 1] >= '0' &&
	        s.p[j + 1] <= '9') {
		j++;
		for (n = 0; j < s.n && s.p[j] >= '0' && s.p[j] <= '9' && n < 6; n++) {
			scale *= 10;
			v = v * 10 + (s.p[j++] - '0');
		}
	}
	*ret = v / scale;
	*ret_end = j;
	return true;
}

/* The comparison that ends right before i; its start goes to *ret_from. */
static const char *compare_before(struct str f, size_t i, size_t *ret_from)
{
	size_t end = i;
	while (end > 0 && (f.p[end - 1] == ' ' || f.p[end - 1] == '\n'))
		end--;
	struct str head = str_sub(f, 0, end);
	/* «не менее чем в 30%», «не менее чем у 30%» */
	static const char *const small[] = {" в", " у", " на", " чем", " чем в", NULL};
	for (int pass = 0; pass < 2; pass++) {
		for (size_t k = 0; k < ARRAY_LEN(compares); k++)
			if (str_ends(head, str_c(compares[k].words)) &&
			        word_start_at(head, head.n - strlen(compares[k].words))) {
				*ret_from = head.n - strlen(compares[k].words);
				return compares[k].sign;
			}
		for (const char *const *x = small; *x != NULL; x++)
			if (str_ends(head, str_c(*x))) {
				head = str_sub(head, 0, head.n - strlen(*x));
				break;
			}
	}
	/* «снижение доли … до 3,5 %» */
	if (str_ends(str_sub(f, 0, end), STR(" до"))) {
		*ret_from = end - STR("до").n;
		struct str clause = str_sub(f, end > 160 ? end - 160 : 0, end);
		static const char *const down[] = {
		        "снижени", "сниз", "сокращени", "сократ", "уменьшени", "уменьш", NULL};
		return has_any(clause, down) ? "<=" : "=";
	}
	return NULL;
}

/* «90 % и более», «5 и менее»: the comparison behind the number. */
static const char *compare_after(struct str f, size_t i, size_t *ret_end)
{
	static const struct compare_word behind[] = {{"и более", ">="}, {"и выше", ">="},
	        {"и больше", ">="}, {"и менее", "<="}, {"и ниже", "<="}, {"и меньше", "<="}};
	size_t at = skip_blank(f, i);
	for (size_t k = 0; k < ARRAY_LEN(behind); k++)
		if (str_starts(str_skip(f, at), str_c(behind[k].words))) {
			*ret_end = at + strlen(behind[k].words);
			return behind[k].sign;
		}
	return NULL;
}

/* «с 70 до 85 %», «от 12 % до 15 %»: the first number is where the change begins, no target. */
static bool base_of_change(struct str f, size_t i, size_t end)
{
	struct str before = str_trim(str_sub(f, i > 6 ? i - 6 : 0, i));
	bool opens = str_ends(before, STR(" с")) || str_ends(before, STR(" от")) ||
	             str_eq_z(before, "с") || str_eq_z(before, "от");
	struct str rest = str_trim(str_skip(f, end));
	if (!opens || !str_starts(rest, STR("до ")))
		return false;
	size_t k = STR("до ").n;
	return k < rest.n && rest.p[k] >= '0' && rest.p[k] <= '9';
}

/* Start of the phrase the measure stands in: after a bracket, a comma or a sentence end. */
static size_t phrase_start(struct str s, size_t i)
{
	size_t k = i;
	while (k > 0) {
		char c = s.p[k - 1];
		if (c == ';' || c == '\n' || c == '(')
			break;
		if (c == '.' && k < s.n && s.p[k] == ' ')
			break;
		k--;
	}
	return skip_blank(s, k);
}

static size_t phrase_end(struct str s, size_t i)
{
	while (i < s.n && s.p[i] != ';' && s.p[i] != '\n' && s.p[i] != ')' &&
	        !(s.p[i] == '.' && (i + 1 == s.n || s.p[i + 1] == ' ')))
		i++;
	return i;
}

/* Without dashes, brackets and commas at both ends. */
static struct traced bare_name(struct traced t)
{
	for (bool more = true; more;) {
		t = traced_trim(t);
		t = traced_of(t, trim_end_marks(t.s));
		more = false;
		static const char *const ends[] = {"–", "-", "—", "(", ")", NULL};
		for (const char *const *x = ends; *x != NULL; x++) {
			if (t.s.n > 0 && str_ends(t.s, str_c(*x))) {
				t = traced_sub(t, 0, t.s.n - strlen(*x));
				more = true;
			}
			if (t.s.n > 0 && str_starts(t.s, str_c(*x))) {
				t = traced_sub(t, strlen(*x), t.s.n);
				more = true;
			}
		}
	}
	return t;
}

struct measure {
	size_t from, to; /* comparison, number, unit */
	double value;
	const char *sign, *unit;
};

/* Is there a measure whose number begins at i? */
static bool measure_at(struct str f, size_t i, bool column, struct measure *ret)
{
	double value;
	size_t end, from = i;
	if (!number_at(f, i, &value, &end))
		return false;
	if (i > 0) {
		struct str before = str_trim(str_sub(f, i > 8 ? i - 8 : 0, i));
		if (str_ends(before, STR("№")) || str_ends(before, STR("-")) ||
		        str_ends(before, STR("/")) || str_ends(before, STR("+")) ||
		        (f.p[i - 1] == '.' || f.p[i - 1] == ','))
			return false;
		if (!word_start_at(f, i))
			return false;
	}
	const char *sign = compare_before(f, i, &from), *unit = NULL;
	size_t after = skip_blank(f, end);
	struct str rest = str_skip(f, after);
	size_t unit_end = end;
	for (size_t k = 0; k < ARRAY_LEN(units) && unit == NULL; k++)
		if (str_starts(rest, str_c(units[k].stem))) {
			unit = units[k].unit;
			if (units[k].noun)
				break;
			unit_end = after + strlen(units[k].stem);
			while (unit_end < f.n && (unsigned char)f.p[unit_end] >= 0x80)
				unit_end++;
			if (unit_end < f.n && f.p[unit_end] == '.' && strcmp(unit, "%") != 0)
				unit_end++;
		}
	bool percent = unit != NULL && strcmp(unit, "%") == 0;
	if (sign == NULL && base_of_change(f, i, unit_end))
		return false;
	if (sign == NULL)
		sign = compare_after(f, unit_end, &unit_end);
	if (unit == NULL && no_measure_unit(rest))
		return false;
	if (end < f.n && (f.p[end] == '/' || f.p[end] == '-' || f.p[end] == ':'))
		return false;
	if (value >= 1990 && value <= 2100 && unit == NULL)
		return false;
	bool compared = sign != NULL && strcmp(sign, "=") != 0;
	if (!percent && !compared &&
	        !(column && (unit != NULL || starts_lower(rest) || (after >= f.n && from <= 2))))
		return false;
	if (!percent && !compared && sign != NULL)
		return false; /* «до 5 школ» names a bound of time far more often */
	if (unit == NULL && !compared &&
	        (f.p[end == f.n ? end - 1 : end] == ',' || f.p[end == f.n ? end - 1 : end] == ')'))
		return false; /* «9, 11 классы», «приложение 2)» */
	if (unit == NULL)
		unit = starts_lower(rest) && rest.p[0] != '(' ? "ед." : NULL;
	*ret = (struct measure){from, unit_end, value, sign == NULL ? "=" : sign, unit};
	return true;
}

void indicators_find(struct parse *p, struct traced text, bool column, indicators *ret)
{
	text = traced_head(text, MAX_TEXT);
	struct str f = words_fold(p->a, text.s);
	size_t low = 0;
	for (size_t i = 0; i < f.n; i++) {
		struct measure m;
		if (f.p[i] < '0' || f.p[i] > '9')
			continue;
		bool inside = i > 0 && f.p[i - 1] >= '0' && f.p[i - 1] <= '9';
		if (inside || !measure_at(f, i, column, &m))
			continue;
		size_t from = phrase_start(text.s, m.from), to = phrase_end(text.s, m.to);
		/* in an activity only the words right before the number belong to the measure */
		size_t comma = SIZE_MAX;
		for (size_t k = from; k < m.from && !column; k++)
			if (f.p[k] == ',')
				comma = k;
		if (comma != SIZE_MAX && m.from - comma > 20)
			from = skip_blank(text.s, comma + 1);
		from = from < low ? low : from;
		struct indicator *d = vec_push(p->a, ret);
		d->text = field_flat(p, traced_trim(traced_sub(text, from, to)), TRUST_SURE);
		struct traced before = bare_name(traced_sub(text, from, m.from));
		struct traced after = bare_name(traced_sub(text, m.to, to));
		struct traced name = letters(before.s) == 0  ? after
		                     : letters(after.s) == 0 ? before
		                                             : traced_join(p->a, before, after);
		if (letters(name.s) == 0)
			name = bare_name(traced_sub(text, 0, m.from));
		d->name = field_flat(p, name, TRUST_SURE);
		d->comparison = str_c(m.sign);
		d->target = m.value;
		d->unit = m.unit == NULL ? STR_NONE : str_c(m.unit);
		low = m.to;
		i = m.to - 1;
		if (ret->n >= MAX_MEASURES)
			return;
	}
}

/* ---- evidence ---- */

static const char *const documents[] = {"приказ", "распоряжен", "справк", "протокол", "отчет",
        "акт ", "акты", "акт", "план", "график", "положени", "письм", "списк", "список", "реестр",
        "программ", "рекомендаци", "журнал", "лист", "ведомост", "перечень", "перечн", "копи",
        "материал", "информаци", "публикаци", "договор", "соглашени", "педсовет", "доклад",
        "паспорт", "карт", "банк", "заявк", "сертификат", "анкет", "регламент", "решени",
        "презентаци", "запис", "докумен", "методичк", "сборник", "база", "форма", "таблиц", "свод",
        "мониторинг", "аналитическ", "постановлени", "устав", "порядок", "модел", "инструкци",
        "памятк", "резолюци", "предложени", "удостоверени", "собеседован", "заседани",
        "свидетельств", "расписани", "буклет", "ссылк", "скриншот", "фотоотчет", "совещани",
        "дорожн", "локальн", "статистико", NULL};

static bool adjective_word(struct str f)
{
	static const char *const endings[] = {"ый", "ая", "ое", "ые", "ий", "ие", "ой", "яя", NULL};
	for (const char *const *e = endings; *e != NULL; e++)
		if (str_ends(f, str_c(*e)) && f.n > 8)
			return true;
	return false;
}

/* Short participles make a sentence of it: «отчет направлен в срок». */
static bool sentence_like(struct str f)
{
	struct word w;
	for (size_t i = 0; word_next(f, &i, &w);) {
		struct str word = str_sub(f, w.from, w.to);
		static const char *const endings[] = {"влен", "влена", "влены", "веден", "ведена",
		        "ведены", "чен", "чена", "чены", "щен", "щены", "тан", "таны", "тана",
		        "ован", "ована", "ованы", NULL};
		for (const char *const *e = endings; *e != NULL; e++)
			if (w.from > 0 && str_ends(word, str_c(*e)) && word.n > 12)
				return true;
	}
	return false;
}

bool evidence_like(struct parse *p, struct str text)
{
	struct str f = words_fold(p->a, str_trim(text));
	struct word w;
	size_t i = 0;
	if (f.n > 300 || sentence_like(f))
		return false;
	for (int n = 0; n < 3 && word_next(f, &i, &w); n++) {
		struct str word = str_sub(f, w.from, w.to);
		if (starts_any(word, documents))
			return true;
		if (!adjective_word(word))
			return false;
	}
	return false;
}

void evidence_split(struct parse *p, struct traced text, fields *ret)
{
	int depth = 0;
	size_t from = 0;
	for (size_t i = 0; i <= text.s.n; i++) {
		char c = i < text.s.n ? text.s.p[i] : ',';
		depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
		bool end = i == text.s.n || (depth == 0 && (c == ',' || c == ';' || c == '\n'));
		if (c == '\n' && i < text.s.n && end)
			end = starts_upper(str_skip(text.s, i));
		if (!end)
			continue;
		struct traced t = traced_trim(traced_sub(text, from, i));
		t = traced_of(t, trim_end_marks(t.s));
		if (letters(t.s) > 1 && ret->n < 64)
			*vec_push(p->a, ret) = field_flat(p, t, TRUST_SURE);
		from = i + 1;
	}
}

static bool accusative_adjective(struct str f)
{
	static const char *const endings[] = {
	        "ую", "юю", "ый", "ий", "ое", "ее", "ые", "ие", "ого", "ых", NULL};
	for (const char *const *e = endings; *e != NULL; e++)
		if (str_ends(f, str_c(*e)) && f.n > 8)
			return true;
	return false;
}

/* The document among the words after the verb that makes it: «… в комитет сводную аналитическую
 * справку». */
static bool made_document(struct str s, struct str f, size_t at, size_t *ret_from, size_t *ret_to)
{
	enum { REACH = 8 };
	static const char *const no_noun[] = {
	        "аналитическ", "дорожн", "статистико", "локальн", "сводн", "материальн", NULL};
	size_t k = at, begin = SIZE_MAX, before = at;
	struct word w;
	for (int n = 0; n < REACH && word_next(f, &k, &w); n++) {
		struct str word = str_sub(f, w.from, w.to), gap = str_sub(s, before, w.from);
		if (str_has(gap, STR(",")) || str_has(gap, STR(".")) || str_has(gap, STR(";")) ||
		        word_infinitive(word))
			return false;
		if (starts_any(word, documents) && !starts_any(word, no_noun)) {
			*ret_from = begin == SIZE_MAX ? w.from : begin;
			*ret_to = w.to;
			return true;
		}
		bool adjective = accusative_adjective(word) || starts_any(word, no_noun);
		begin = !adjective ? SIZE_MAX : begin == SIZE_MAX ? w.from : begin;
		before = w.to;
	}
	return false;
}

/* «подготовить статистико-аналитический отчет» → «статистико-аналитический отчет» */
void evidence_inline(struct parse *p, struct traced text, fields *ret)
{
	static const char *const makes[] = {"подготовить", "составить", "разработать",
	        "представлять", "предоставлять", "готовить", "составлять", "направить",
	        "направлять", "представить", "подать", "оформить", "издать", "сформировать",
	        "предоставить", "подготовку", NULL};
	struct str f = words_fold(p->a, text.s);
	struct word w;
	for (size_t i = 0; word_next(f, &i, &w);) {
		bool verb = false;
		for (const char *const *m = makes; *m != NULL; m++)
			verb |= str_eq_z(str_sub(f, w.from, w.to), *m);
		if (!verb)
			continue;
		size_t from = 0, to = 0;
		if (made_document(text.s, f, w.to, &from, &to)) {
			*vec_push(p->a, ret) = field_flat(
			        p, traced_trim(traced_sub(text, from, to)), TRUST_DOUBTFUL);
			return;
		}
	}
}
