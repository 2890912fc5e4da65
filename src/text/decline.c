#include "text/decline.h"

#include "base/buf.h"
#include "text/fold.h"

/* An ending and what stands instead of it in the three cases; "" cuts it off. */
struct ending {
	const char *is, *genitive, *dative, *accusative;
};

/* Adjectives and participles, longest first; a living noun takes its accusative from the genitive.
 */
static const struct ending adjectives[] = {
        {"ийся", "егося", "емуся", "ийся"},
        {"аяся", "ейся", "ейся", "уюся"},
        {"щий", "щего", "щему", "щий"},
        {"кий", "кого", "кому", "кий"},
        {"гий", "гого", "гому", "гий"},
        {"ний", "него", "нему", "ний"},
        {"чий", "чего", "чему", "чий"},
        {"ый", "ого", "ому", "ый"},
        {"ой", "ого", "ому", "ой"},
        {"щая", "щей", "щей", "щую"},
        {"няя", "ней", "ней", "нюю"},
        {"ая", "ой", "ой", "ую"},
        {"щее", "щего", "щему", "щее"},
        {"нее", "него", "нему", "нее"},
        {"ое", "ого", "ому", "ое"},
};

static const struct ending nouns[] = {
        {"ция", "ции", "ции", "цию"},
        {"зия", "зии", "зии", "зию"},
        {"гия", "гии", "гии", "гию"},
        {"тие", "тия", "тию", "тие"},
        {"ние", "ния", "нию", "ние"},
        {"тель", "теля", "телю", "теля"},
        {"арь", "аря", "арю", "аря"},
        {"сть", "сти", "сти", "сть"},
        {"тво", "тва", "тву", "тво"},
        {"нец", "нца", "нцу", "нца"},
        {"ла", "лы", "ле", "лу"},
        {"ка", "ки", "ке", "ку"},
        {"па", "пы", "пе", "пу"},
        {"ва", "вы", "ве", "ву"},
        {"да", "ды", "де", "ду"},
        {"ия", "ии", "ии", "ию"},
        {"ей", "ея", "ею", "ей"},
};

/* Nouns of people: their accusative is the genitive. */
static const char *const living[] = {"директор", "начальник", "специалист", "методист",
        "координатор", "куратор", "министр", "ректор", "педагог", "инспектор", "эксперт",
        "советник", "помощник", "консультант", "проректор", "завуч", "психолог", "логопед"};

static bool is_living(struct str low)
{
	for (size_t i = 0; i < ARRAY_LEN(living); i++)
		if (str_eq_z(low, living[i]))
			return true;
	return false;
}

static struct str put(struct arena *a, struct str word, size_t cut, const char *end)
{
	return str_cat(a, str_sub(word, 0, word.n - cut), str_c(end));
}

static const char *in_case(const struct ending *x, enum ru_case to)
{
	return to == CASE_GENITIVE ? x->genitive : to == CASE_DATIVE ? x->dative : x->accusative;
}

static const struct ending *find(const struct ending *v, size_t n, struct str low)
{
	for (size_t i = 0; i < n; i++)
		if (low.n > str_c(v[i].is).n && str_ends(low, str_c(v[i].is)))
			return &v[i];
	return NULL;
}

static uint32_t last_cp(struct str s)
{
	uint32_t cp = 0;
	size_t at = 0;
	while (at < s.n)
		cp = utf8_next(s, &at);
	return cp;
}

static bool consonant(uint32_t cp)
{
	struct str s = STR("бвгджзклмнпрстфхцчшщ");
	size_t at = 0;
	while (at < s.n)
		if (utf8_next(s, &at) == cp)
			return true;
	return false;
}

/* «МКУ», «УО»: all letters are capitals. */
static bool abbreviation(struct arena *a, struct str w)
{
	return str_eq(w, text_upper(a, w)) && !str_eq(w, text_lower(a, w));
}

/* The noun itself; false: not known. */
static bool decline_noun(struct arena *a, struct str *w, struct str low, enum ru_case to)
{
	const struct ending *x = find(nouns, ARRAY_LEN(nouns), low);
	if (x != NULL) {
		*w = put(a, *w, str_c(x->is).n, in_case(x, to));
		return true;
	}
	if (!consonant(last_cp(low)))
		return false;
	if (to == CASE_ACCUSATIVE && !is_living(low))
		return true;
	*w = put(a, *w, 0, to == CASE_DATIVE ? "у" : "а");
	return true;
}

struct str text_decline(struct arena *a, struct str phrase, enum ru_case to)
{
	struct buf b;
	if (to == CASE_NOMINATIVE)
		return phrase;
	buf_init(&b, a, 8 * phrase.n + 64);
	struct str rest = phrase;
	struct str w;
	bool done = false;
	while (str_next(&rest, ' ', &w)) {
		struct str low = text_lower(a, w);
		if (b.n > 0)
			buf_byte(&b, ' ');
		if (done || w.n == 0 || !cp_cyrillic(last_cp(low)) || abbreviation(a, w)) {
			done = done || abbreviation(a, w) ||
			       (w.n > 0 && !cp_cyrillic(last_cp(low)));
			buf_add(&b, w);
			continue;
		}
		const struct ending *adj = find(adjectives, ARRAY_LEN(adjectives), low);
		bool person = str_starts(low, STR("заведующ")) || str_starts(low, STR("управляющ"));
		/* a participle of a person is the noun itself; its accusative is the genitive */
		if (adj != NULL) {
			enum ru_case as =
			        person && to == CASE_ACCUSATIVE && str_ends(low, STR("щий"))
			                ? CASE_GENITIVE
			                : to;
			buf_add(&b, put(a, w, str_c(adj->is).n, in_case(adj, as)));
			done = person;
			continue;
		}
		(void)decline_noun(a, &w, low, to);
		buf_add(&b, w);
		done = true;
	}
	return buf_str(&b);
}

static const struct ending surnames[] = {
        {"ова", "овой", "овой", "ову"},
        {"ева", "евой", "евой", "еву"},
        {"ёва", "ёвой", "ёвой", "ёву"},
        {"ина", "иной", "иной", "ину"},
        {"ына", "ыной", "ыной", "ыну"},
        {"ская", "ской", "ской", "скую"},
        {"цкая", "цкой", "цкой", "цкую"},
        {"ский", "ского", "скому", "ского"},
        {"цкий", "цкого", "цкому", "цкого"},
        {"ов", "ова", "ову", "ова"},
        {"ев", "ева", "еву", "ева"},
        {"ёв", "ёва", "ёву", "ёва"},
        {"ин", "ина", "ину", "ина"},
        {"ын", "ына", "ыну", "ына"},
};

struct str text_decline_name(struct arena *a, struct str name, enum ru_case to)
{
	struct buf b;
	if (to == CASE_NOMINATIVE)
		return name;
	buf_init(&b, a, 8 * name.n + 64);
	struct str w;
	while (str_next(&name, ' ', &w)) {
		struct str low = text_lower(a, w);
		const struct ending *x = find(surnames, ARRAY_LEN(surnames), low);
		if (b.n > 0)
			buf_byte(&b, ' ');
		buf_add(&b, x != NULL && str_find_byte(w, '.', 0) == SIZE_MAX
		                    ? put(a, w, str_c(x->is).n, in_case(x, to))
		                    : w);
	}
	return buf_str(&b);
}
