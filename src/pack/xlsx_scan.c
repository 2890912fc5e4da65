#include "pack/xlsx_scan.h"

#include "base/buf.h"
#include "base/limits.h"
#include "pack/xml.h"

#include <string.h>

struct scan {
	const char *p, *end;
	struct arena *text; /* for decoded entities */
};

/* One attribute of a tag. */
struct attr {
	struct str name, value;
};

enum { ATTRS_MAX = 16, TAG_MAX = 4096 };

struct tag {
	struct attr attr[ATTRS_MAX];
	size_t n;
	bool empty; /* <x/> */
};

/* Classes of bytes. */
enum {
	C_NAME = 1,   /* in names of attributes, ASCII */
	C_ALPHA = 2,  /* first in such a name */
	C_VALUE = 4,  /* plain in an attribute value */
	C_TEXT = 8,   /* plain in text */
	C_SPACE = 16, /* blank between tags; a carriage return is left to expat */
};

#define LETTER (C_NAME | C_ALPHA | C_VALUE | C_TEXT)
#define OTHER  (C_VALUE | C_TEXT)
/* `"` ends a value, `]` may begin "]]>", `&` and bytes past ASCII need a second look. */
static const unsigned char class[256] = {
        ['\t'] = C_TEXT | C_SPACE,
        ['\n'] = C_TEXT | C_SPACE,
        [' '] = OTHER | C_SPACE,
        ['!'] = OTHER,
        ['"'] = C_TEXT,
        ['#' ... '%'] = OTHER,
        ['\'' ... ','] = OTHER,
        ['-'] = OTHER | C_NAME,
        ['.'] = OTHER | C_NAME,
        ['/'] = OTHER,
        ['0' ... '9'] = OTHER | C_NAME,
        [':'] = OTHER | C_NAME,
        [';'] = OTHER,
        ['='] = OTHER,
        ['>'] = OTHER,
        ['?' ... '@'] = OTHER,
        ['A' ... 'Z'] = LETTER,
        ['['] = OTHER,
        ['\\'] = OTHER,
        [']'] = C_VALUE,
        ['^'] = OTHER,
        ['_'] = LETTER,
        ['`'] = OTHER,
        ['a' ... 'z'] = LETTER,
        ['{' ... '~'] = OTHER,
};

static bool is(const char *p, unsigned char what)
{
	return class[(unsigned char)*p] & what;
}

static void blanks(struct scan *s)
{
	while (s->p < s->end && is(s->p, C_SPACE))
		s->p++;
}

static bool lit(struct scan *s, struct str what)
{
	if ((size_t)(s->end - s->p) < what.n || memcmp(s->p, what.p, what.n) != 0)
		return false;
	s->p += what.n;
	return true;
}

/* name="value" */
static bool attribute(struct scan *s, struct attr *ret)
{
	const char *p = s->p, *end = s->end;
	if (p == end || !is(p, C_ALPHA))
		return false;
	while (p < end && is(p, C_NAME))
		p++;
	ret->name = (struct str){s->p, (size_t)(p - s->p)};
	if (end - p < 2 || p[0] != '=' || p[1] != '"')
		return false;
	const char *from = p += 2;
	while (p < end && is(p, C_VALUE))
		p++;
	if (p == end || *p != '"')
		return false;
	ret->value = (struct str){from, (size_t)(p - from)};
	s->p = p + 1;
	return true;
}

/* After the name of a tag: attributes and ">" or "/>". Namespaces and repeated names go to expat.
 */
static bool tag_rest(struct scan *s, struct tag *t)
{
	const char *from = s->p;
	t->n = 0;
	while (s->p < s->end && s->p - from < TAG_MAX) { /* longer ones meet the limits of xml.h */
		if (*s->p == '>') {
			s->p++;
			t->empty = false;
			return true;
		}
		if (*s->p == '/') {
			t->empty = true;
			return lit(s, STR("/>"));
		}
		if (*s->p != ' ')
			return false;
		blanks(s);
		if (s->p < s->end && (*s->p == '>' || *s->p == '/'))
			continue;
		struct attr *new = &t->attr[t->n];
		if (t->n == ATTRS_MAX || !attribute(s, new) || str_starts(new->name, STR("xmlns")))
			return false;
		for (size_t i = 0; i < t->n; i++)
			if (str_eq(t->attr[i].name, new->name))
				return false;
		t->n++;
	}
	return false;
}

/* &amp; and its like at *i; the character must be one XML allows. */
static bool entity(struct str s, size_t *i, struct buf *b)
{
	static const struct {
		struct str name;
		char c;
	} named[] = {
	        {STR_INIT("&amp;"), '&'},
	        {STR_INIT("&lt;"), '<'},
	        {STR_INIT("&gt;"), '>'},
	        {STR_INIT("&quot;"), '"'},
	        {STR_INIT("&apos;"), '\''},
	};
	struct str rest = str_skip(s, *i);
	for (size_t k = 0; k < ARRAY_LEN(named); k++)
		if (str_starts(rest, named[k].name)) {
			buf_byte(b, named[k].c);
			*i += named[k].name.n;
			return true;
		}
	bool hex = str_starts(rest, STR("&#x"));
	if (!hex && !str_starts(rest, STR("&#")))
		return false;
	size_t k = hex ? 3 : 2, digits = k;
	uint32_t cp = 0;
	for (; k < rest.n && k - digits < 7; k++) {
		unsigned char c = (unsigned char)rest.p[k];
		if (c >= '0' && c <= '9')
			cp = cp * (hex ? 16 : 10) + (c - '0');
		else if (hex && (c | 32) >= 'a' && (c | 32) <= 'f')
			cp = cp * 16 + (c | 32u) - 'a' + 10;
		else
			break;
	}
	if (k == digits || k >= rest.n || rest.p[k] != ';')
		return false;
	if (!(cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x20 && cp < 0xD800) ||
	            (cp >= 0xE000 && cp < 0xFFFE) || (cp >= 0x10000 && cp <= 0x10FFFF)))
		return false;
	buf_cp(b, cp);
	*i += k + 1;
	return true;
}

static bool decode(struct scan *s, struct str raw, struct str *ret)
{
	struct buf b;
	buf_init(&b, s->text, raw.n);
	size_t i = 0;
	while (i < raw.n) {
		size_t amp = str_find_byte(raw, '&', i);
		if (amp == SIZE_MAX)
			amp = raw.n;
		buf_add(&b, str_sub(raw, i, amp));
		i = amp;
		if (i < raw.n && !entity(raw, &i, &b))
			return false;
	}
	*ret = b.n > 0 ? buf_str(&b) : STR("");
	return true;
}

/* Text up to the next "<". */
static bool text(struct scan *s, struct str *ret)
{
	const char *from = s->p, *p = from, *end = s->end;
	while (p < end && is(p, C_TEXT))
		p++;
	bool plain = p < end && *p == '<';
	if (!plain) {
		p = memchr(p, '<', (size_t)(end - p));
		if (p == NULL)
			return false;
	}
	*ret = (struct str){from, (size_t)(p - from)};
	s->p = p;
	if (plain)
		return true;
	bool amp = false, high = false;
	for (size_t i = 0; i < ret->n; i++) {
		unsigned char c = (unsigned char)from[i];
		amp |= c == '&';
		high |= c >= 0x80;
		if (c < 0x20 && c != '\t' && c != '\n')
			return false;
	}
	/* U+FFFE and U+FFFF, which XML forbids, begin with EF BF; so do a few rare signs */
	if (high && (!utf8_valid(*ret) || str_has(*ret, STR("\xEF\xBF"))))
		return false;
	if (str_has(*ret, STR("]]>")))
		return false;
	return !amp || decode(s, *ret, ret);
}

/* <v>…</v>, the cursor behind "<v". */
static bool leaf(struct scan *s, struct str closing, struct str *ret)
{
	struct tag t;
	*ret = STR("");
	if (!tag_rest(s, &t))
		return false;
	return t.empty || (text(s, ret) && lit(s, closing));
}

/* <is><t>…</t></is>, the cursor behind "<is>". */
static bool inlined(struct scan *s, struct str *ret)
{
	return lit(s, STR("<t")) && leaf(s, STR("</t>"), ret) && lit(s, STR("</is>"));
}

static bool cell_attrs(const struct tag *t, struct xlsx_cell *c)
{
	for (size_t i = 0; i < t->n; i++) {
		struct str name = t->attr[i].name;
		if (name.n != 1) {
			if (str_find_byte(name, ':', 0) != SIZE_MAX)
				return false;
			continue;
		}
		switch (name.p[0]) {
		case 'r':
			c->ref = t->attr[i].value;
			break;
		case 't':
			c->type = t->attr[i].value;
			break;
		case 's':
			c->style = t->attr[i].value;
			break;
		default:
			break;
		}
	}
	return true;
}

/* A cell, the cursor behind "<c". */
static bool cell(struct scan *s, struct xlsx_cell *c)
{
	struct tag t;
	*c = (struct xlsx_cell){0};
	if (!tag_rest(s, &t) || !cell_attrs(&t, c))
		return false;
	bool done = t.empty;
	struct str formula;
	while (!done) {
		if (s->p < s->end && *s->p != '<')
			blanks(s);
		if (lit(s, STR("</c>")))
			done = true;
		else if (c->value.p == NULL && lit(s, STR("<v"))) {
			if (!leaf(s, STR("</v>"), &c->value))
				return false;
		} else if (c->inlined.p == NULL && lit(s, STR("<is>"))) {
			if (!inlined(s, &c->inlined))
				return false;
		} else if (!lit(s, STR("<f")) || !leaf(s, STR("</f>"), &formula))
			return false;
	}
	return true;
}

static bool row_attrs(const struct tag *t, struct str *ref, bool *hidden)
{
	*ref = STR_NONE;
	*hidden = false;
	for (size_t i = 0; i < t->n; i++) {
		struct str name = t->attr[i].name, value = t->attr[i].value;
		if (str_eq(name, STR("r")))
			*ref = value;
		else if (str_eq(name, STR("hidden")))
			*hidden = xml_bool(value);
		else if (str_ends(name, STR(":r")) || str_ends(name, STR(":hidden")))
			return false;
	}
	return true;
}

/* A row, the cursor behind "<row". */
static enum xlsx_scan row(struct scan *s, struct xlsx_rows *rows, struct err *e)
{
	struct tag t;
	struct str ref;
	bool hidden;
	if (!tag_rest(s, &t) || !row_attrs(&t, &ref, &hidden))
		return XLSX_SCAN_UNUSUAL;
	if (xlsx_row_begin(rows, ref, hidden, e) != EC_OK)
		return XLSX_SCAN_STOPPED;
	bool done = t.empty;
	while (!done) {
		struct xlsx_cell c;
		blanks(s);
		if (lit(s, STR("<c"))) {
			if (!cell(s, &c))
				return XLSX_SCAN_UNUSUAL;
			if (xlsx_row_cell(rows, &c, e) != EC_OK)
				return XLSX_SCAN_STOPPED;
		} else if (lit(s, STR("</row>"))) {
			done = true;
		} else {
			return XLSX_SCAN_UNUSUAL;
		}
	}
	return xlsx_row_end(rows, e) == EC_OK ? XLSX_SCAN_DONE : XLSX_SCAN_STOPPED;
}

enum xlsx_scan xlsx_scan_rows(struct str xml, size_t *at, struct xlsx_rows *rows, struct err *e)
{
	struct scan s = {xml.p + *at, xml.p + xml.n, rows->text};
	for (;;) {
		blanks(&s);
		if (!lit(&s, STR("<row")))
			break;
		enum xlsx_scan r = row(&s, rows, e);
		if (r != XLSX_SCAN_DONE)
			return r;
	}
	*at = (size_t)(s.p - xml.p);
	return lit(&s, STR("</sheetData>")) ? XLSX_SCAN_DONE : XLSX_SCAN_UNUSUAL;
}

static enum ec root_start(
        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	(void)ns, (void)name, (void)attrs, (void)e;
	(*(unsigned *)user)++;
	return EC_OK;
}

bool xlsx_scan_strings(struct arena *a, struct str xml, struct xlsx_book *book)
{
	size_t first = str_find(xml, STR("<si>"), 0);
	if (first == SIZE_MAX)
		return false;
	unsigned elements = 0;
	const struct xml_sink sink = {.user = &elements, .start = root_start};
	AUTO_XML(x, "", &sink);
	struct err ignored;
	if (xml_feed(&x, str_sub(xml, 0, first), false, &ignored) != EC_OK || elements != 1)
		return false;
	struct scan s = {xml.p + first, xml.p + xml.n, a};
	for (;;) {
		struct str t;
		blanks(&s);
		if (!lit(&s, STR("<si>")))
			break;
		if (book->shared.n == LIMIT_SHARED_STRINGS ||
		        arena_left(a) / 4 < book->shared.n * sizeof(struct str) + xml.n)
			return false;
		if (!lit(&s, STR("<t")) || !leaf(&s, STR("</t>"), &t) || !lit(&s, STR("</si>")))
			return false;
		*vec_push(a, &book->shared) = xlsx_unescape(a, t);
	}
	elements = 0;
	struct str tail = {s.p, (size_t)(s.end - s.p)};
	return xml_feed(&x, tail, true, &ignored) == EC_OK && elements == 0;
}
