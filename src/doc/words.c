#include "doc/words.h"

#include <string.h>

enum letter_class { OTHER, UPPER, LOWER, DIGIT };

static enum letter_class class_of(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return DIGIT;
	if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F) || c == 0x401)
		return UPPER;
	if ((c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F) || c == 0x451)
		return LOWER;
	return OTHER;
}

static bool is_letter(uint32_t c)
{
	enum letter_class k = class_of(c);
	return k == UPPER || k == LOWER;
}

struct str words_fold(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	size_t i = 0;
	while (i < s.n) {
		size_t from = i;
		uint32_t c = utf8_next(s, &i);
		if (c >= 'A' && c <= 'Z')
			c += 32;
		else if (c >= 0x410 && c <= 0x42F)
			c += 32;
		else if (c == 0x401 || c == 0x451)
			c = 0x435;
		else if (c == '\t' || c == '\n')
			c = ' ';
		char out[4];
		if (utf8_put(out, c) == i - from)
			memcpy(p + from, out, i - from);
		else
			memcpy(p + from, s.p + from, i - from);
	}
	return (struct str){p, s.n};
}

bool word_next(struct str s, size_t *i, struct word *ret)
{
	size_t at = *i;
	while (at < s.n) {
		size_t from = at;
		if (class_of(utf8_next(s, &at)) != OTHER) {
			size_t end = at;
			while (at < s.n) {
				size_t next = at;
				uint32_t c = utf8_next(s, &next);
				if (class_of(c) == OTHER) {
					size_t after = next;
					if ((c != '-' && c != 0x2011) || next >= s.n ||
					        class_of(utf8_next(s, &after)) == OTHER)
						break;
				}
				at = end = next;
			}
			*ret = (struct word){from, end};
			*i = end;
			return true;
		}
	}
	*i = s.n;
	return false;
}

struct str word_nth(struct str s, size_t n)
{
	struct word w;
	size_t i = 0;
	while (word_next(s, &i, &w))
		if (n-- == 0)
			return str_sub(s, w.from, w.to);
	return STR_NONE;
}

bool has_any(struct str folded, const char *const *list)
{
	size_t n;
	return find_any(folded, 0, list, &n) != SIZE_MAX;
}

bool starts_any(struct str folded, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_starts(folded, str_c(*list)))
			return true;
	return false;
}

size_t find_any(struct str folded, size_t from, const char *const *list, size_t *ret_len)
{
	size_t best = SIZE_MAX;
	for (; *list != NULL; list++) {
		size_t at = str_find(folded, str_c(*list), from);
		if (at < best) {
			best = at;
			*ret_len = strlen(*list);
		}
	}
	return best;
}

bool word_infinitive(struct str w)
{
	static const char *const endings[] = {
	        "ить", "ать", "ять", "еть", "уть", "оть", "ыть", "ться", "тись", NULL};
	static const char *const nouns[] = {"печать", "сеть", "треть", "пять", "девять", "десять",
	        "нить", "память", "мать", "связь", "кровать", "тетрадь", "медиасеть", "шесть",
	        "двадцать", "тридцать", "пятнадцать", "путь", NULL};
	static const char *const verbs[] = {"провести", "внести", "ввести", "довести", "вести",
	        "привести", "перевести", "произвести", "нести", "вывести", "завести", "свести",
	        "отнести", "перенести", "принести", "обрести", "учесть", "прочесть", "зачесть",
	        "пойти", "найти", "пройти", "перейти", "прийти", "привлечь", "обеспечь", "помочь",
	        "извлечь", "сберечь", "вовлечь", "пресечь", "отвести", "изобрести", NULL};
	for (const char *const *v = verbs; *v != NULL; v++)
		if (str_eq_z(w, *v))
			return true;
	for (const char *const *v = nouns; *v != NULL; v++)
		if (str_eq_z(w, *v))
			return false;
	if (w.n < 10)
		return false;
	for (const char *const *v = endings; *v != NULL; v++)
		if (str_ends(w, str_c(*v)))
			return true;
	return false;
}

bool word_dative(struct str w)
{
	static const char *const endings[] = {"ам", "ям", "ому", "ему", "ым", "им", "ой", "ей",
	        "нию", "тию", "ству", "лу", "ту", "ру", "ку", "ию", "лю", "рю", "ии", "ше", "ве",
	        "де", "не", "те", "це", "же", "ке", "зу", "су", "ну", "ву", "ду", "бу", "пу", "гу",
	        "му", "ю", NULL};
	static const char *const other[] = {"информацию", "организацию", "работу", "в", "при", "не",
	        "на", "по", "до", "или", "также", "реализацию", "ответственность", "проверку",
	        "оценку", "подготовку", "меру", "группу", "комиссию", NULL};
	for (const char *const *v = other; *v != NULL; v++)
		if (str_eq_z(w, *v))
			return false;
	for (const char *const *v = endings; *v != NULL; v++)
		if (w.n > strlen(*v) + 2 && str_ends(w, str_c(*v)))
			return true;
	return false;
}

static enum letter_class first_letter(struct str s)
{
	size_t i = 0;
	while (i < s.n) {
		enum letter_class k = class_of(utf8_next(s, &i));
		if (k != OTHER)
			return k;
	}
	return OTHER;
}

bool starts_upper(struct str s)
{
	return first_letter(s) == UPPER;
}

bool starts_lower(struct str s)
{
	return first_letter(s) == LOWER;
}

bool all_upper(struct str s)
{
	size_t i = 0, n = 0;
	while (i < s.n) {
		enum letter_class k = class_of(utf8_next(s, &i));
		if (k == LOWER)
			return false;
		n += k == UPPER;
	}
	return n >= 2;
}

size_t letters(struct str s)
{
	size_t i = 0, n = 0;
	while (i < s.n)
		n += is_letter(utf8_next(s, &i));
	return n;
}

bool word_start_at(struct str s, size_t i)
{
	if (i == 0)
		return true;
	size_t j = i - 1;
	while (j > 0 && ((unsigned char)s.p[j] & 0xC0) == 0x80)
		j--;
	return class_of(utf8_next(s, &j)) == OTHER;
}

static void skip_blanks(struct str s, size_t *i)
{
	while (*i < s.n && s.p[*i] == ' ')
		(*i)++;
}

/* «Директор И.И. Петров»: the first word is the post, not the surname. */
static bool post_before_name(struct str s, size_t at)
{
	static const char *const posts[] = {"Директор", "Начальник", "Председател", "Секретар",
	        "Глав", "Руководител", "Ректор", "Министр", "Заведующ", "Специалист", "Методист",
	        "Заместител", "ДИРЕКТОР", "НАЧАЛЬНИК", "ПРЕДСЕДАТЕЛ", "ГЛАВ", "РУКОВОДИТЕЛ",
	        "МИНИСТР", "Учител", "Губернатор", "Координатор", "Инженер", "Завуч", "Психолог",
	        NULL};
	return starts_any(str_skip(s, at), posts);
}

/* One capital letter and a dot, blanks after it included only when another initial follows. */
static bool initial_at(struct str s, size_t *i)
{
	size_t j = *i;
	if (j >= s.n || class_of(utf8_next(s, &j)) != UPPER || j >= s.n || s.p[j] != '.')
		return false;
	*i = j + 1;
	return true;
}

static bool initials_at(struct str s, size_t *i)
{
	size_t j = *i;
	if (!initial_at(s, &j))
		return false;
	size_t k = j;
	skip_blanks(s, &k);
	if (initial_at(s, &k))
		j = k;
	else
		return false; /* one initial alone is a section or a street far more often */
	*i = j;
	return true;
}

/* «Райдер», «Оглы-Петров»: a capital and at least one more letter; all capitals («ВЕРШИНИН») pass.
 */
static bool surname_at(struct str s, size_t *i)
{
	size_t j = *i;
	if (j >= s.n || class_of(utf8_next(s, &j)) != UPPER)
		return false;
	struct word w;
	size_t k = *i;
	if (!word_next(s, &k, &w) || w.from != *i || w.to <= j)
		return false;
	for (size_t m = j; m < w.to;)
		if (class_of(utf8_next(s, &m)) == DIGIT)
			return false;
	*i = w.to;
	return true;
}

static bool patronymic(struct str w)
{
	static const char *const endings[] = {"вич", "вича", "вичу", "вичем", "вна", "вны", "вне",
	        "вну", "вной", "ична", "ичны", "ичне", "ичну", "ичной", "ьич", "ьича", "ьичу",
	        NULL};
	for (const char *const *v = endings; *v != NULL; v++)
		if (str_ends(w, str_c(*v)))
			return true;
	return false;
}

static bool full_name_at(struct str s, size_t *i)
{
	size_t j = *i;
	if (!surname_at(s, &j))
		return false;
	skip_blanks(s, &j);
	if (!surname_at(s, &j))
		return false;
	skip_blanks(s, &j);
	size_t from = j;
	if (!surname_at(s, &j) || !patronymic(str_sub(s, from, j)))
		return false;
	*i = j;
	return true;
}

bool person_find(struct str text, size_t from, struct word *ret)
{
	for (size_t i = from; i < text.n;) {
		size_t at = i;
		if (class_of(utf8_next(text, &i)) != UPPER || !word_start_at(text, at))
			continue;
		size_t j = at;
		if (initials_at(text, &j)) {
			skip_blanks(text, &j);
			if (surname_at(text, &j)) {
				*ret = (struct word){at, j};
				return true;
			}
			continue;
		}
		j = at;
		if (full_name_at(text, &j)) {
			*ret = (struct word){at, j};
			return true;
		}
		j = at;
		if (!post_before_name(text, at) && surname_at(text, &j)) {
			skip_blanks(text, &j);
			if (initials_at(text, &j)) {
				*ret = (struct word){at, j};
				return true;
			}
		}
	}
	return false;
}

/* The dot at the end closes an initial («Гусев П.П.»). */
static bool ends_with_initial(struct str s)
{
	if (s.n < 4 || s.p[s.n - 1] != '.' || (s.p[s.n - 4] != '.' && s.p[s.n - 4] != ' '))
		return false;
	return starts_upper(str_sub(s, s.n - 3, s.n - 1));
}

struct str trim_end_marks(struct str s)
{
	s = str_trim(s);
	while (s.n > 0 && !ends_with_initial(s) &&
	        (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ';' || s.p[s.n - 1] == ',' ||
	                s.p[s.n - 1] == ':' || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}
