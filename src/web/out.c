#include "web/out.h"

#include "base/limits.h"
#include "base/num.h"

void out_init(struct out *o, struct arena *a)
{
	o->a = a;
	buf_init(&o->buf, a, LIMIT_PAGE);
}

struct str out_text(const struct out *o)
{
	return buf_str(&o->buf);
}

enum ec out_check(const struct out *o, struct err *e)
{
	return buf_check(&o->buf, "page", e);
}

struct html html_of(const struct out *o)
{
	return (struct html){str_dup(o->a, out_text(o))};
}

struct url url_local(struct str s)
{
	bool ours = s.n > 0 && (s.p[0] == '?' || s.p[0] == '#' || s.p[0] == '/');
	/* browsers read "//host" and "/\host" as another site */
	if (ours && s.n > 1 && s.p[0] == '/' && (s.p[1] == '/' || s.p[1] == '\\'))
		ours = false;
	return (struct url){ours ? s : STR("#")};
}

static bool unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static void percent(struct buf *b, char c)
{
	static const char hex[] = "0123456789ABCDEF";
	buf_byte(b, '%');
	buf_byte(b, hex[(unsigned char)c >> 4]);
	buf_byte(b, hex[(unsigned char)c & 15]);
}

static void put_encoded(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (unreserved(s.p[i]))
			buf_byte(b, s.p[i]);
		else
			percent(b, s.p[i]);
	}
}

struct str url_encode(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, 3 * s.n + 1);
	put_encoded(&b, s);
	return buf_str(&b);
}

struct url url_seg(struct arena *a, struct url u, struct str segment)
{
	bool slash = str_ends(u.s, STR("/"));
	return (struct url){str_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(u.s), slash ? "" : "/",
	        STR_ARG(url_encode(a, segment)))};
}

struct url url_int(struct arena *a, struct url u, int64_t segment)
{
	return url_seg(a, u, str_printf(a, "%lld", (long long)segment));
}

struct url url_arg(struct arena *a, struct url u, struct str name, struct str value)
{
	const char *sep = str_find_byte(u.s, '?', 0) == SIZE_MAX ? "?" : "&";
	return (struct url){str_printf(a, STR_FMT "%s" STR_FMT "=" STR_FMT, STR_ARG(u.s), sep,
	        STR_ARG(url_encode(a, name)), STR_ARG(url_encode(a, value)))};
}

struct json_html json_html_of(struct arena *a, struct str json)
{
	struct buf b;
	buf_init(&b, a, 6 * json.n + 1);
	for (size_t i = 0; i < json.n; i++) {
		char c = json.p[i];
		bool separator = c == '\xE2' && i + 2 < json.n && json.p[i + 1] == '\x80' &&
		                 (json.p[i + 2] == '\xA8' || json.p[i + 2] == '\xA9');
		if (separator) {
			buf_add_z(&b, json.p[i + 2] == '\xA8' ? "\\u2028" : "\\u2029");
			i += 2;
		} else if (c == '<' || c == '>' || c == '&') {
			buf_printf(&b, "\\u%04x", (unsigned)c);
		} else {
			buf_byte(&b, c);
		}
	}
	return (struct json_html){buf_str(&b)};
}

struct attr attr_if(bool on, struct str name)
{
	return (struct attr){on ? name : STR_NONE};
}

struct num num0(double v)
{
	return (struct num){v, 0};
}

struct num num1(double v)
{
	return (struct num){v, 1};
}

struct num num2(double v)
{
	return (struct num){v, 2};
}

struct num num3(double v)
{
	return (struct num){v, 3};
}

void out_lit(struct out *o, const char *p, size_t n)
{
	buf_add_n(&o->buf, p, n);
}

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void out_str(struct out *o, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *z = entity(s.p[i]);
		if (z == NULL)
			continue;
		buf_add(&o->buf, str_sub(s, from, i));
		buf_add_z(&o->buf, z);
		from = i + 1;
	}
	buf_add(&o->buf, str_skip(s, from));
}

void out_html(struct out *o, struct html h)
{
	buf_add(&o->buf, h.s);
}

void out_int(struct out *o, long long v)
{
	buf_printf(&o->buf, "%lld", v);
}

void out_uint(struct out *o, unsigned long long v)
{
	buf_printf(&o->buf, "%llu", v);
}

void out_num(struct out *o, struct num n)
{
	buf_add(&o->buf, num_ru(o->a, n.v, n.digits));
}

void out_date(struct out *o, struct date d)
{
	buf_add(&o->buf, date_none(d) ? STR("—") : date_ru(o->a, d));
}

void out_url(struct out *o, struct url u)
{
	for (size_t i = 0; i < u.s.n; i++) {
		char c = u.s.p[i];
		if (unreserved(c) || str_find_byte(STR("/?#%=+,;:@!*()"), c, 0) != SIZE_MAX)
			buf_byte(&o->buf, c);
		else if (c == '&')
			buf_add_z(&o->buf, "&amp;");
		else
			percent(&o->buf, c);
	}
}

void out_url_str(struct out *o, struct str s)
{
	put_encoded(&o->buf, s);
}

void out_json_html(struct out *o, struct json_html j)
{
	buf_add(&o->buf, j.s);
}

void out_attr_if(struct out *o, struct attr a)
{
	if (a.name.n == 0)
		return;
	buf_byte(&o->buf, ' ');
	buf_add(&o->buf, a.name);
}
