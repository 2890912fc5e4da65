/* Names of bodies as letterheads and stamps write them: capitals → sentence case, genitive →
 * nominative. */
#include "doc/parse.h"
#include "doc/words.h"
#include "text/fold.h"

/* Words after which (or before which) a place is named. */
static bool territory_word(struct str w)
{
	static const char *const stems[] = {"област", "кра", "район", "округ", "республик",
	        "федераци", "городск", "муниципальн", "автономн", "сельск", "поселен", NULL};
	return starts_any(w, stems);
}

static bool adjective(struct str w)
{
	static const char *const endings[] = {"ой", "ого", "ский", "ская", "ское", "ского", NULL};
	static const char *const common[] = {"муниципального", "городского", "автономного",
	        "сельского", "общего", "городской", "молодежной", "районного", "муниципальной",
	        "среднего", "высшего", "дополнительного", "основного", "дошкольного", "социального",
	        "школьного", "начального", "профессионального", "государственного", NULL};
	for (const char *const *c = common; *c != NULL; c++)
		if (str_eq_z(w, *c))
			return false;
	for (const char *const *e = endings; *e != NULL; e++)
		if (str_ends(w, str_c(*e)) && w.n > 8)
			return true;
	return false;
}

/* The word at `k` of the folded text is the name of a place: an adjective before «области», the
 * word after «города». */
static bool place_name(struct str f, const struct word *w, size_t n, size_t k)
{
	struct str word = str_sub(f, w[k].from, w[k].to);
	if (k > 0) {
		struct str before = str_sub(f, w[k - 1].from, w[k - 1].to);
		static const char *const after[] = {
		        "города", "городе", "город", "округ", "республики", "г", NULL};
		for (const char *const *a = after; *a != NULL; a++)
			if (str_eq_z(before, *a))
				return true;
		if (str_eq_z(before, "округа") && k + 1 == n)
			return true;
	}
	if (!adjective(word) || territory_word(word))
		return false;
	for (size_t j = k + 1; j < n && j < k + 4; j++) {
		struct str next = str_sub(f, w[j].from, w[j].to);
		if (territory_word(next))
			return true;
		if (!adjective(next))
			break;
	}
	return false;
}

/* «МБОУ», «СОШ»: stay in capitals. */
static bool abbreviation(struct str f)
{
	static const char *const words[] = {"мбоу", "маоу", "мкоу", "моу", "мобу", "мбу", "мку",
	        "мау", "гбоу", "гаоу", "гкоу", "гау", "гбу", "гку", "фгбу", "фгбоу", "сош", "оош",
	        "нош", "дпо", "мдоу", "мбдоу", "мадоу", "цро", "имц", "ано", "чоу", "ноу", "рф",
	        "зато", NULL};
	for (const char *const *w = words; *w != NULL; w++)
		if (str_eq_z(f, *w))
			return true;
	return false;
}

struct str body_sentence_case(struct arena *a, struct str s)
{
	if (!all_upper(s))
		return s;
	enum { MAX_WORDS = 64 };
	struct word w[MAX_WORDS];
	size_t n = 0;
	for (size_t i = 0; n < MAX_WORDS && word_next(s, &i, &w[n]);)
		n++;
	struct str f = words_fold(a, s), low = text_lower(a, s);
	if (low.n != s.n || f.n != s.n)
		return s;
	struct buf b;
	buf_init(&b, a, s.n * 2 + 16);
	size_t done = 0;
	for (size_t k = 0; k < n; k++) {
		buf_add(&b, str_sub(low, done, w[k].from));
		struct str word = str_sub(low, w[k].from, w[k].to);
		if (abbreviation(str_sub(f, w[k].from, w[k].to))) {
			buf_add(&b, str_sub(s, w[k].from, w[k].to));
			done = w[k].to;
			continue;
		}
		bool quoted = w[k].from > 0 &&
		              (s.p[w[k].from - 1] == '"' ||
		                      (w[k].from > 1 && str_eq(str_sub(s, w[k].from - 2, w[k].from),
		                                                STR("«"))));
		if (k == 0 || quoted || place_name(f, w, n, k))
			word = text_capital(a, word);
		buf_add(&b, word);
		done = w[k].to;
	}
	buf_add(&b, str_skip(low, done));
	return buf_str(&b);
}

struct ending {
	const char *from, *to;
};

static bool replace_word(struct str w, const struct ending *table, size_t n, struct str *ret)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_z(w, table[i].from)) {
			*ret = str_c(table[i].to);
			return true;
		}
	return false;
}

struct str body_nominative(struct arena *a, struct str s)
{
	static const struct ending heads[] = {
	        {"управления", "управление"},
	        {"департамента", "департамент"},
	        {"министерства", "министерство"},
	        {"комитета", "комитет"},
	        {"отдела", "отдел"},
	        {"администрации", "администрация"},
	        {"службы", "служба"},
	        {"правительства", "правительство"},
	        {"института", "институт"},
	        {"центра", "центр"},
	        {"школы", "школа"},
	        {"гимназии", "гимназия"},
	        {"лицея", "лицей"},
	        {"учреждения", "учреждение"},
	        {"агентства", "агентство"},
	        {"начальника", "начальник"},
	        {"заместителя", "заместитель"},
	        {"директора", "директор"},
	        {"руководителя", "руководитель"},
	        {"специалиста", "специалист"},
	        {"методиста", "методист"},
	        {"председателя", "председатель"},
	        {"министра", "министр"},
	        {"заведующего", "заведующий"},
	        {"заведующую", "заведующая"},
	        {"инспектора", "инспектор"},
	        {"консультанта", "консультант"},
	        {"секретаря", "секретарь"},
	        {"координатора", "координатор"},
	        {"главы", "глава"},
	};
	static const struct ending adjectives[] = {{"первого", "первый"}, {"главного", "главный"},
	        {"ведущего", "ведущий"}, {"старшего", "старший"}};
	struct str f = words_fold(a, s);
	struct word w;
	size_t i = 0, k = 0;
	struct buf b;
	buf_init(&b, a, s.n * 2 + 64);
	size_t done = 0;
	while (k++ < 4 && word_next(f, &i, &w)) {
		struct str word = str_sub(f, w.from, w.to), to;
		bool head = replace_word(word, heads, ARRAY_LEN(heads), &to);
		if (!head && !replace_word(word, adjectives, ARRAY_LEN(adjectives), &to))
			break;
		buf_add(&b, str_sub(s, done, w.from));
		buf_add(&b, starts_upper(str_sub(s, w.from, w.to)) ? text_capital(a, to) : to);
		done = w.to;
		if (head)
			break;
	}
	buf_add(&b, str_skip(s, done));
	return buf_str(&b);
}
