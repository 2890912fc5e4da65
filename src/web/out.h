/* What compiled templates print with: every value is escaped by its type, for the place it stands
 * in. The macros out_value, out_link, out_link_part, out_attr and out_json are called by the code
 * that tools/tmplc writes; a type that is not listed (const char *, double, struct str in a link)
 * does not compile. Hand-written code uses the functions below only in tests. */
#ifndef WEB_OUT_H
#define WEB_OUT_H

#include "base/buf.h"
#include "base/date.h"

/* A page being written; its bytes live in the arena given at out_init. */
struct out {
	struct arena *a;
	struct buf buf;
};

/* Markup made by soko itself, printed as it is. Made by HTML() or html_of() only. */
struct html {
	struct str s;
};

/* A link inside this site, made by url_local and extended by url_seg and url_arg. */
struct url {
	struct str s;
};

/* JSON that may stand inside <script type="application/json">; made by json_html_of only. */
struct json_html {
	struct str s;
};

/* A bare attribute (selected, checked, disabled, …) that stands or does not. */
struct attr {
	struct str name;
};

/* A number with its decimals, printed the Russian way («1 234,50»; NaN is «—»). */
struct num {
	double v;
	int digits;
};

void out_init(struct out *o, struct arena *a);                  /* at most LIMIT_PAGE bytes */
struct str out_text(const struct out *o);                       /* valid until the next write */
MUST_USE enum ec out_check(const struct out *o, struct err *e); /* EC_LIMIT when it did not fit */

/* Makers of the safe types. */
#define HTML(lit) ((struct html){STR(lit)}) /* of a string literal */
#define URL(lit)  (url_local(STR(lit)))     /* of a string literal */
struct html html_of(const struct out *o);   /* what another page function has printed */
/* A path, query or fragment of this site ("/x", "?x", "#x"); anything else, "//host" too, gives
 * "#". */
struct url url_local(struct str s);
struct url url_seg(
        struct arena *a, struct url u, struct str segment); /* adds "/segment", encoded */
struct url url_int(struct arena *a, struct url u, int64_t segment);
/* Adds "?name=value" or "&name=value", encoded; the fragment, if any, must be added last. */
struct url url_arg(struct arena *a, struct url u, struct str name, struct str value);
/* Text as one URL component: all but A–Z a–z 0–9 - . _ ~ as %XX. */
struct str url_encode(struct arena *a, struct str s);
/* Valid JSON with < > & U+2028 U+2029 written as \uXXXX. */
struct json_html json_html_of(struct arena *a, struct str json);
struct attr attr_if(bool on, struct str name);
/* " aria-…"-like short forms for lists and menus. */
#define SELECTED(on) attr_if((on), STR("selected"))
#define CHECKED(on)  attr_if((on), STR("checked"))
#define DISABLED(on) attr_if((on), STR("disabled"))
struct num num0(double v);
struct num num1(double v);
struct num num2(double v);
struct num num3(double v);

/* Printers, one a type. */
void out_lit(struct out *o, const char *p, size_t n); /* template text */
void out_str(struct out *o, struct str s);            /* & < > " ' escaped */
void out_html(struct out *o, struct html h);
void out_int(struct out *o, long long v); /* plain digits, for identifiers and counts */
void out_uint(struct out *o, unsigned long long v);
void out_num(struct out *o, struct num n);
void out_date(struct out *o, struct date d); /* «01.09.2021», «—» when there is none */
void out_url(struct out *o, struct url u);
void out_url_str(struct out *o, struct str s); /* one encoded URL component */
void out_json_html(struct out *o, struct json_html j);
void out_attr_if(struct out *o, struct attr a); /* with a leading blank */

/* v stands bare in _Generic( ) so that compilers report a refused type at the place in the template
 */
/* clang-format off */
#define OUT_INTEGERS                                                                               \
	int: out_int, long: out_int, long long: out_int, short: out_int, signed char: out_int,     \
	unsigned: out_uint, unsigned long: out_uint, unsigned long long: out_uint,                 \
	unsigned short: out_uint, unsigned char: out_uint
/* {{ x }} in text and in quoted attributes */
#define out_value(o, v)                                                                            \
	_Generic(v, struct str: out_str, struct html: out_html, struct num: out_num,             \
	         struct date: out_date, struct url: out_url, OUT_INTEGERS)((o), (v))
/* {{ x }} as the beginning of href, src, action, hx-get, …: a link of ours */
#define out_link(o, v) _Generic(v, struct url: out_url)((o), (v))
/* {{ x }} after a literal beginning of such an attribute: one encoded component */
#define out_link_part(o, v) _Generic(v, struct str: out_url_str, OUT_INTEGERS)((o), (v))
/* {{ x }} between attributes */
#define out_attr(o, v) _Generic(v, struct attr: out_attr_if)((o), (v))
/* {{ x }} in <script type="application/json"> */
#define out_json(o, v) _Generic(v, struct json_html: out_json_html)((o), (v))
/* clang-format on */

#endif
