#include "pack/html_scan.h"

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Position behind the tag that begins at s[i] == '<': quotes may hide a '>'. */
static size_t tag_end(struct str s, size_t i)
{
	char quote = 0;
	for (; i < s.n; i++) {
		char c = s.p[i];
		if (quote != 0)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') && i > 0 &&
		         (s.p[i - 1] == '=' || blank(s.p[i - 1])))
			quote = c;
		else if (c == '>')
			return i + 1;
	}
	return s.n;
}

static size_t behind(struct str s, struct str mark, size_t from)
{
	size_t at = str_find(s, mark, from);
	return at == SIZE_MAX ? s.n : at + mark.n;
}

/* Where the content of an element that is not text ends: at "</name". */
static size_t raw_end(struct str s, size_t from, struct str name)
{
	for (size_t i = from; (i = str_find(s, STR("</"), i)) != SIZE_MAX; i += 2)
		if (str_ieq_ascii(str_sub(s, i + 2, i + 2 + name.n), name))
			return i;
	return s.n;
}

bool html_tag(const struct html_token *t, const char *name)
{
	return t->kind != HTML_TEXT && str_ieq_ascii(t->name, str_c(name));
}

static void read_tag(struct html_scan *h, struct html_token *ret)
{
	static const char *const raw[] = {
	        "script", "style", "textarea", "select", "noscript", "template", "svg", "title"};
	size_t from = h->i + 1, end = tag_end(h->s, h->i);
	bool close = h->s.p[from] == '/';
	from += close;
	size_t to = from;
	while (to < end && !blank(h->s.p[to]) && h->s.p[to] != '>' && h->s.p[to] != '/')
		to++;
	size_t inside = end > to && h->s.p[end - 1] == '>' ? end - 1 : end;
	*ret = (struct html_token){
	        .kind = close ? HTML_CLOSE : HTML_OPEN,
	        .name = str_sub(h->s, from, to),
	        .attrs = str_sub(h->s, to, inside),
	};
	h->i = end;
	for (size_t i = 0; !close && i < ARRAY_LEN(raw); i++)
		if (html_tag(ret, raw[i]))
			h->i = raw_end(h->s, end, str_c(raw[i]));
}

bool html_next(struct html_scan *h, struct html_token *ret)
{
	while (h->i < h->s.n) {
		struct str rest = str_skip(h->s, h->i);
		char next = rest.n > 1 ? rest.p[1] : '\0', third = rest.n > 2 ? rest.p[2] : '\0';
		if (str_starts(rest, STR("<!--"))) {
			h->i = behind(h->s, STR("-->"), h->i + 2);
		} else if (rest.p[0] == '<' && (next == '!' || next == '?')) {
			h->i = behind(h->s, STR(">"), h->i);
		} else if (rest.p[0] == '<' && (letter(next) || (next == '/' && letter(third)))) {
			read_tag(h, ret);
			return true;
		} else {
			size_t to = str_find_byte(h->s, '<', h->i + 1);
			to = to == SIZE_MAX ? h->s.n : to;
			*ret = (struct html_token){
			        .kind = HTML_TEXT, .text = str_sub(h->s, h->i, to)};
			h->i = to;
			return true;
		}
	}
	return false;
}

static size_t skip_blank(struct str s, size_t i)
{
	while (i < s.n && (blank(s.p[i]) || s.p[i] == '/'))
		i++;
	return i;
}

struct str html_attr(const struct html_token *t, const char *name)
{
	struct str s = t->attrs;
	for (size_t i = skip_blank(s, 0); i < s.n; i = skip_blank(s, i)) {
		size_t from = i;
		while (i < s.n && !blank(s.p[i]) && s.p[i] != '=')
			i++;
		struct str key = str_sub(s, from, i), value = STR("");
		size_t eq = skip_blank(s, i);
		if (eq < s.n && s.p[eq] == '=') {
			i = skip_blank(s, eq + 1);
			char quote = i < s.n ? s.p[i] : '\0';
			if (quote == '"' || quote == '\'') {
				size_t end = str_find_byte(s, quote, i + 1);
				end = end == SIZE_MAX ? s.n : end;
				value = str_sub(s, i + 1, end);
				i = end + 1;
			} else {
				size_t start = i;
				while (i < s.n && !blank(s.p[i]))
					i++;
				value = str_sub(s, start, i);
			}
		}
		if (str_ieq_ascii(key, str_c(name)))
			return value;
		if (i == from)
			i++;
	}
	return STR_NONE;
}

/* &#1087; and &#x43F; */
static uint32_t numeric(struct str s, size_t *i)
{
	size_t k = *i + 2;
	bool hex = k < s.n && (s.p[k] == 'x' || s.p[k] == 'X');
	k += hex;
	uint32_t v = 0;
	size_t digits = 0;
	for (; k < s.n && digits < 8; k++, digits++) {
		char c = s.p[k];
		if (c >= '0' && c <= '9')
			v = v * (hex ? 16 : 10) + (uint32_t)(c - '0');
		else if (hex && ((c | 32) >= 'a' && (c | 32) <= 'f'))
			v = v * 16 + (uint32_t)((c | 32) - 'a') + 10;
		else
			break;
	}
	if (digits == 0)
		return 0;
	*i = k < s.n && s.p[k] == ';' ? k + 1 : k;
	bool bad = v < 9 || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000) || v == 0x0C;
	return bad ? 0xFFFD : v;
}

uint32_t html_entity(struct str s, size_t *i)
{
	/* those that Russian office texts meet; HTML Living Standard, 13.5 */
	static const struct {
		struct str name;
		uint32_t cp;
	} names[] = {{STR_INIT("amp"), '&'}, {STR_INIT("lt"), '<'}, {STR_INIT("gt"), '>'},
	        {STR_INIT("quot"), '"'}, {STR_INIT("apos"), '\''}, {STR_INIT("nbsp"), 0xA0},
	        {STR_INIT("laquo"), 0xAB}, {STR_INIT("raquo"), 0xBB}, {STR_INIT("mdash"), 0x2014},
	        {STR_INIT("ndash"), 0x2013}, {STR_INIT("minus"), 0x2212},
	        {STR_INIT("hellip"), 0x2026}, {STR_INIT("shy"), 0xAD}, {STR_INIT("ldquo"), 0x201C},
	        {STR_INIT("rdquo"), 0x201D}, {STR_INIT("bdquo"), 0x201E},
	        {STR_INIT("lsquo"), 0x2018}, {STR_INIT("rsquo"), 0x2019}, {STR_INIT("sect"), 0xA7},
	        {STR_INIT("deg"), 0xB0}, {STR_INIT("middot"), 0xB7}, {STR_INIT("bull"), 0x2022},
	        {STR_INIT("times"), 0xD7}, {STR_INIT("ensp"), 0x2002}, {STR_INIT("emsp"), 0x2003},
	        {STR_INIT("thinsp"), 0x2009}, {STR_INIT("numero"), 0x2116},
	        {STR_INIT("le"), 0x2264}, {STR_INIT("ge"), 0x2265}, {STR_INIT("frac12"), 0xBD},
	        {STR_INIT("plusmn"), 0xB1}};
	if (*i + 2 < s.n && s.p[*i + 1] == '#')
		return numeric(s, i);
	size_t to = *i + 1;
	while (to < s.n && to < *i + 10 && (letter(s.p[to]) || (s.p[to] >= '0' && s.p[to] <= '9')))
		to++;
	struct str name = str_sub(s, *i + 1, to);
	for (size_t k = 0; k < ARRAY_LEN(names); k++)
		if (str_eq(name, names[k].name)) {
			*i = to < s.n && s.p[to] == ';' ? to + 1 : to;
			return names[k].cp;
		}
	return 0;
}
