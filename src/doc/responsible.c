/* Executors: a cell, a «Ответственные – …» line or the beginning of a clause → persons and offices.
 * Rules: docs/methods/documents.md, "Responsibles". */
#include "doc/parse.h"
#include "doc/words.h"
#include "text/fold.h"

#include <string.h>

#define MAX_LIST 12000 /* bytes of one list of executors */

/* Words with which a comma goes on with the same name («органы …, осуществляющие управление»). */
static bool goes_on(struct str f)
{
	static const char *const stems[] = {"имеющ", "осуществляющ", "показавш", "участвующ",
	        "вошедш", "реализующ", "включенн", "подведомственн", "находящ", "расположенн",
	        "являющ", "ответственн", "обеспечивающ", "котор", "не имеющ", "прошедш",
	        "демонстрир", "курирующ", "принявш", "преподающ", "работающ", "назначенн",
	        "подтвердивш", "привлекаем", "определенн", "вошедши", "чьи ", NULL};
	if (starts_any(f, stems))
		return true;
	struct str first = word_nth(f, 0);
	if (str_eq_z(first, "не"))
		first = word_nth(f, 1);
	static const char *const participles[] = {"вших", "вшим", "вшие", "вшими", "ющих", "ющим",
	        "ющие", "ящих", "ящим", "ящие", "щихся", "щимся", "щиеся", "вшихся", "емых", "имых",
	        NULL};
	for (const char *const *e = participles; *e != NULL; e++)
		if (str_ends(first, str_c(*e)) && first.n > 14)
			return true;
	return false;
}

bool responsible_is_deadline(struct parse *p, struct str s)
{
	struct str *found;
	size_t n = deadline_find(p->a, s, &found);
	return n == 1 && found[0].n + 4 >= str_trim(s).n;
}

static struct traced unwrap(struct traced t)
{
	t = traced_trim(t);
	t = traced_of(t, trim_end_marks(t.s));
	while (t.s.n > 1 &&
	        (t.s.p[t.s.n - 1] == ':' || t.s.p[t.s.n - 1] == '-' || t.s.p[t.s.n - 1] == ' '))
		t = traced_sub(t, 0, t.s.n - 1);
	while (t.s.n > 1 && t.s.p[0] == '(' && t.s.p[t.s.n - 1] == ')')
		t = traced_trim(traced_sub(t, 1, t.s.n - 1));
	if (t.s.n > 0 && t.s.p[t.s.n - 1] == ')' && str_find_byte(t.s, '(', 0) == SIZE_MAX)
		t = traced_sub(t, 0, t.s.n - 1);
	while (t.s.n > 0 &&
	        (t.s.p[0] == '-' || t.s.p[0] == ',' || t.s.p[0] == ' ' || t.s.p[0] == '('))
		t = traced_sub(t, 1, t.s.n);
	/* a bracket opened before a name that was cut out: «Центру (директор» */
	size_t open = str_find_byte(t.s, '(', 0);
	if (open != SIZE_MAX && str_find_byte(t.s, ')', open) == SIZE_MAX)
		t = traced_sub(t, 0, open);
	return traced_trim(t);
}

/* «Руководителям МБОУ «Луговская СОШ»», «… учреждения «Школа №6»» with a person: the quoted name
 * and what identifies it stay. */
static struct traced school_of_person(struct parse *p, struct traced t)
{
	size_t quote = str_find(t.s, STR("«"), 0);
	if (quote == SIZE_MAX || quote == 0)
		return t;
	struct str before = str_sub(t.s, 0, quote);
	size_t cut = quote;
	struct word w;
	struct str f = words_fold(p->a, before);
	bool lower = false;
	for (size_t i = 0; word_next(before, &i, &w);) {
		struct str word = str_sub(before, w.from, w.to);
		bool keep = all_upper(word) || (word.p[0] >= '0' && word.p[0] <= '9');
		if (keep) {
			cut = w.from;
			if (cut >= 3 && str_eq(str_sub(before, cut - 3, cut), STR("№")))
				cut -= 3;
			break;
		}
		lower |= starts_lower(word) || starts_any(str_sub(f, w.from, w.to),
		                                       (const char *const[]){"руководител",
		                                               "директор", "заведующ", NULL});
	}
	return lower ? traced_trim(traced_sub(t, cut, t.s.n)) : t;
}

/* «руководители ОО Управление образования»: a second office begins where a separator was lost. */
static bool two_offices(struct str s)
{
	static const char *const heads[] = {"Управление", "Отдел", "Министерство", "Департамент",
	        "Комитет", "Руководители", "Директора", "Администрация", "Методисты", "Заместитель",
	        "Специалисты", "Учителя", NULL};
	struct word w;
	size_t i = 0, n = 0;
	for (; word_next(s, &i, &w); n++)
		for (const char *const *h = heads; n > 0 && *h != NULL; h++)
			if (s.p[w.from - 1] == ' ' && str_eq_z(str_sub(s, w.from, w.to), *h))
				return true;
	return false;
}

/* A name of a body, an office or a role is short and closes its quotes; a clerk looks at others. */
static enum trust office_trust(struct parse *p, struct str s)
{
	enum { LONG = 300 };
	struct str f = words_fold(p->a, s);
	size_t open = 0, close = 0;
	for (size_t i = 0; i + 1 < s.n; i++) {
		open += s.p[i] == '\xC2' && s.p[i + 1] == '\xAB';
		close += s.p[i] == '\xC2' && s.p[i + 1] == '\xBB';
	}
	static const char *const odd[] = {" тел.", "@", "срок", "приложен", " от ", ": ", NULL};
	bool strange = s.n > LONG || two_offices(s) || open > close + 1 ||
	               (open > 0 && close == 0) ||
	               starts_any(f, (const char *const[]){"не ", "в ", "и ", "до ", NULL}) ||
	               has_any(f, odd);
	return strange ? TRUST_DOUBTFUL : TRUST_SURE;
}

/* One executor: takes a personal name out of it. */
static void add_one(struct parse *p, struct traced t, executors *ret)
{
	t = unwrap(t);
	if (t.s.n == 0 || (letters(t.s) == 0 && word_nth(t.s, 0).n == 0) ||
	        responsible_is_deadline(p, t.s))
		return;
	struct word name;
	if (!person_find(t.s, 0, &name)) {
		vec_push(p->a, ret)->name = field_flat(p, t, office_trust(p, t.s));
		return;
	}
	struct executor *e = vec_push(p->a, ret);
	e->person = field_flat(p, traced_sub(t, name.from, name.to), TRUST_SURE);
	struct traced before = unwrap(traced_sub(t, 0, name.from));
	struct traced after = unwrap(traced_sub(t, name.to, t.s.n));
	struct traced office = letters(before.s) >= 2 ? before : after;
	if (letters(office.s) >= 2)
		e->name = field_flat(p, school_of_person(p, office), office_trust(p, office.s));
}

/* «классные руководители», «учителя»: not the post of one person. */
static bool plural(struct str f)
{
	static const char *const words[] = {"руководители", "учителя", "педагоги", "члены",
	        "специалисты", "методисты", "заместители", "школы", "работники", "координаторы",
	        "организаторы", "родители", "воспитатели", "эксперты", "кураторы", "операторы",
	        NULL};
	struct str first = word_nth(f, 0);
	return starts_any(first, words) || str_ends(first, STR("ые")) || str_ends(first, STR("ие"));
}

/* A post after a bare person (or the other way round) belongs to the same executor. */
static void add_piece(struct parse *p, struct traced t, executors *ret, bool *ret_pair)
{
	size_t before = ret->n;
	add_one(p, t, ret);
	if (ret->n == before)
		return;
	struct executor *now = &ret->v[ret->n - 1];
	if (before > 0 && *ret_pair) {
		struct executor *last = &ret->v[before - 1];
		bool person_then_post = last->person.text.n > 0 && last->name.text.n == 0 &&
		                        now->person.text.n == 0 && starts_lower(now->name.text) &&
		                        !plural(words_fold(p->a, now->name.text));
		if (person_then_post) {
			last->name = now->name;
			*now = (struct executor){0};
			ret->n--;
			*ret_pair = false;
			return;
		}
	}
	*ret_pair = now->person.text.n > 0 && now->name.text.n == 0;
}

/* A line of its own that begins with a small letter is the next executor where the one above is
 * complete, or where it names a plural nobody could govern. */
static bool next_executor(struct parse *p, struct str above, struct str f)
{
	static const char *const plurals[] = {"руководители", "учителя", "методисты", "специалисты",
	        "педагоги", "кураторы", "координаторы", "органы", "муниципальные", "классные рук",
	        "общеобразовательные", "образовательные", "школьные", "администрация", NULL};
	size_t k = above.n;
	while (k > 0 && above.p[k - 1] != ' ' && above.p[k - 1] != '\n' && above.p[k - 1] != ',')
		k--;
	struct str last = str_skip(above, k);
	bool closed = str_ends(last, STR("»")) || str_ends(last, STR(")")) ||
	              (letters(last) > 1 && all_upper(last));
	struct str w = words_fold(p->a, last);
	bool governs = str_ends(w, STR("и")) || starts_any(w, plurals);
	return closed || (starts_any(f, plurals) && !governs);
}

/* «№ 8» and nothing more before the next comma. */
static bool only_number(struct str s)
{
	if (!str_starts(s, STR("№")))
		return false;
	size_t i = STR("№").n;
	while (i < s.n && s.p[i] == ' ')
		i++;
	size_t from = i;
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i > from && (i == s.n || s.p[i] == ',' || s.p[i] == ';');
}

static bool list_break(struct parse *p, struct traced t, size_t at, size_t next)
{
	struct str rest = str_trim(str_skip(t.s, next));
	struct str f = words_fold(p->a, str_sub(rest, 0, 60));
	if (t.s.p[at] == ';')
		return true;
	if (t.s.p[at] == '\n') {
		char before = at > 0 ? t.s.p[at - 1] : ' ';
		return before != '-' && before != ',' &&
		       (starts_upper(rest) || before == ';' ||
		               next_executor(p, str_sub(t.s, 0, at), f));
	}
	/* «школ № 2, 5, 11», «школ № 2, № 8» */
	if ((rest.n > 0 && rest.p[0] >= '0' && rest.p[0] <= '9') || only_number(rest))
		return false;
	return !goes_on(f);
}

/* Splits at commas, semicolons and line breaks outside brackets and quotes. */
static void split_marks(struct parse *p, struct traced t, executors *ret)
{
	int depth = 0;
	size_t from = 0;
	bool pair = false;
	for (size_t i = 0; i <= t.s.n; i++) {
		if (i == t.s.n) {
			add_piece(p, traced_sub(t, from, i), ret, &pair);
			break;
		}
		char c = t.s.p[i];
		if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (c == '\xC2' && i + 1 < t.s.n)
			depth += t.s.p[i + 1] == '\xAB'                ? 1
			         : t.s.p[i + 1] == '\xBB' && depth > 0 ? -1
			                                               : 0;
		if ((c != ',' && c != ';' && c != '\n') || (depth > 0 && c != ';'))
			continue;
		if (!list_break(p, t, i, i + 1))
			continue;
		add_piece(p, traced_sub(t, from, i), ret, &pair);
		if (c == ';')
			pair = false;
		from = i + 1;
		depth = 0;
	}
}

/* «…: «Школа №1» А.В. Петрову, «Школа №2» …» — a list of persons with their schools: the words
 * before the colon only say what they are. */
static struct traced after_colon(struct traced t)
{
	size_t colon = str_find(t.s, STR(":"), 0);
	struct word name;
	if (colon == SIZE_MAX || colon + 2 >= t.s.n || !person_find(t.s, colon, &name))
		return t;
	return traced_sub(t, colon + 1, t.s.n);
}

/* «Отделу … совместно с Центром …»: the words between the lead and those who help. */
static size_t together(struct str f, size_t from, size_t *ret_len)
{
	static const char *const words[] = {" совместно с ", " совместно со ", " при участии ",
	        " во взаимодействии с ", " с привлечением ", NULL};
	size_t at = find_any(f, from, words, ret_len);
	for (const char *const *w = words; at != SIZE_MAX && *w != NULL; w++)
		if (str_starts(str_skip(f, at), str_c(*w)) && strlen(*w) > *ret_len)
			*ret_len = strlen(*w);
	return at;
}

static void split_list(struct parse *p, struct traced text, executors *ret);

void responsible_split(struct parse *p, struct traced text, executors *ret)
{
	text = traced_head(traced_trim(text), MAX_LIST);
	struct str f = words_fold(p->a, text.s);
	size_t len = 0, from = 0;
	for (size_t at; (at = together(f, from, &len)) != SIZE_MAX; from = at + len)
		split_list(p, traced_trim(traced_sub(text, from, at)), ret);
	split_list(p, traced_trim(traced_sub(text, from, text.s.n)), ret);
}

static void split_list(struct parse *p, struct traced text, executors *ret)
{
	struct word name, second;
	bool list = person_find(text.s, 0, &name) && person_find(text.s, name.to, &second);
	if (list)
		text = after_colon(text);
	/* «…: муниципального учреждения «Школа №6» Т.А. …»: a second group behind a colon */
	size_t colon = list ? str_find(text.s, STR(":"), 0) : SIZE_MAX;
	if (colon != SIZE_MAX && colon + 1 < text.s.n) {
		split_marks(p, traced_sub(text, 0, colon), ret);
		split_marks(p, traced_sub(text, colon + 1, text.s.n), ret);
		return;
	}
	split_marks(p, text, ret);
}

/* ---- the addressee at the beginning of a clause ---- */

static const char *const roles[] = {"управлен", "отдел", "департамент", "министерств", "комитет",
        "центр", "институт", "учрежден", "организаци", "директор", "руководител", "заместител",
        "начальник", "специалист", "методист", "учител", "педагог", "координатор", "оператор",
        "председател", "секретар", "заведующ", "школ", "служб", "администраци", "орган", "куратор",
        "наставник", "эксперт", "комисси", "совет", "работник", "инженер", "бухгалтер", "завхоз",
        "гимнази", "лице", "колледж", "техникум", "университет", "академи", "глав", "исполнител",
        "член", "родител", "тьютор", "психолог", "библиотек", "классн", "техническ", "социальн",
        "завуч", "ответственн", "рабоч", "групп", "инспектор", "консультант", "сектор", "бюро",
        "методическ", "объединени", "участник", "организатор", "наблюдател", "воспитател", "районн",
        "муниципальн", "региональн", "областн", "общеобразовательн", NULL};

static const char *const advice[] = {"рекомендовать", "поручить", "обязать", "предложить",
        "просить", "рекомендуется", "указать", "поручаю", "прошу", "просим", NULL};

static bool addressee_like(struct parse *p, struct str text)
{
	struct str f = words_fold(p->a, text);
	struct word w, name;
	size_t i = 0, n = 0;
	static const char *const prepositions[] = {"в", "во", "на", "до", "не", "с", "со", "по",
	        "при", "для", "за", "из", "к", "о", "об", "ежегодно", "ежемесячно", "ежеквартально",
	        "еженедельно", "после", "совместно", "своевременно", "также", NULL};
	struct str first = word_nth(f, 0);
	if (str_eq_z(first, "всем") && word_next(f, &i, &w)) {
		text = str_trim(str_skip(text, i));
		f = words_fold(p->a, text);
		i = 0;
		first = word_nth(f, 0);
	}
	for (const char *const *x = prepositions; *x != NULL; x++)
		if (str_eq_z(first, *x))
			return false;
	bool person = person_find(text, 0, &name);
	while (n < 4 && word_next(f, &i, &w)) {
		struct str word = str_sub(f, w.from, w.to);
		struct str raw = str_sub(text, w.from, w.to);
		if (n == 0 && all_upper(raw) && letters(raw) <= 10)
			return true; /* МКУ, РЦОИ, ИРО */
		if (starts_any(word, roles) && word_dative(word))
			return true;
		if (n == 0 && !word_dative(word) && !(person && name.from == 0))
			return false;
		n++;
	}
	return person && name.from < 60;
}

/* «МУП «Теплосеть»»: a name, whatever it ends with. */
static bool in_quotes(struct str s, size_t at)
{
	int depth = 0;
	for (size_t i = 0; i + 1 < at; i++)
		if (s.p[i] == '\xC2')
			depth += s.p[i + 1] == '\xAB'                ? 1
			         : s.p[i + 1] == '\xBB' && depth > 0 ? -1
			                                             : 0;
	return depth > 0 && str_find(str_sub(s, at, at + 200), STR("»"), 0) != SIZE_MAX;
}

struct traced responsible_inline(struct parse *p, struct traced text)
{
	struct str f = words_fold(p->a, text.s);
	size_t from = 0;
	struct word w;
	if (starts_any(f, advice)) {
		size_t i = 0;
		if (word_next(f, &i, &w))
			from = w.to;
	}
	for (size_t i = from; word_next(f, &i, &w);) {
		if (!word_infinitive(str_sub(f, w.from, w.to)) || in_quotes(text.s, w.from))
			continue;
		struct traced head = traced_trim(traced_sub(text, from, w.from));
		/* «не допускать», deadline words between the addressee and the action */
		struct str *found;
		size_t n = deadline_find(p->a, head.s, &found);
		if (n > 0)
			head = traced_trim(traced_sub(head, 0, (size_t)(found[0].p - head.s.p)));
		while (str_ends(head.s, STR(" не")) || str_ends(head.s, STR(" срок")) ||
		        str_ends(head.s, STR(" в")))
			head = traced_trim(traced_sub(head, 0,
			        head.s.n - (str_ends(head.s, STR(" срок"))        ? 9
			                           : str_ends(head.s, STR(" не")) ? 5
			                                                          : 3)));
		if (head.s.n > 0 && head.s.p[head.s.n - 1] == ',')
			head = traced_sub(head, 0, head.s.n - 1);
		if (head.s.n > 0 && head.s.n < 900 && addressee_like(p, head.s))
			return head;
		return traced_sub(text, 0, 0);
	}
	return traced_sub(text, 0, 0);
}
