#include "pack/odt_style.h"

#include "base/cur.h"
#include "base/limits.h"

struct reading {
	struct odt_styles *s;
	bool in_style, in_list;
	struct odt_list_level *level; /* being read */
};

static int int_attr(xml_attrs attrs, const char *name, int absent)
{
	struct cur c = CUR(xml_attr(attrs, name));
	int64_t v;
	return cur_int(&c, -1000000, 1000000, &v) ? (int)v : absent;
}

static struct str kept(struct reading *r, xml_attrs attrs, const char *name)
{
	return str_dup(r->s->a, xml_attr(attrs, name));
}

/* style:num-format; Cyrillic ones are written out: «А, Б, .., Аа, Бб, ...». */
static enum list_number number_of(struct str format)
{
	static const struct {
		struct str begins;
		enum list_number number;
	} formats[] = {
	        {STR_INIT("1"), LIST_NUMBER_DECIMAL},
	        {STR_INIT("i"), LIST_NUMBER_ROMAN_LOWER},
	        {STR_INIT("I"), LIST_NUMBER_ROMAN_UPPER},
	        {STR_INIT("a"), LIST_NUMBER_LATIN_LOWER},
	        {STR_INIT("A"), LIST_NUMBER_LATIN_UPPER},
	        {STR_INIT("а"), LIST_NUMBER_RUSSIAN_LOWER},
	        {STR_INIT("А"), LIST_NUMBER_RUSSIAN_UPPER},
	};
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (str_starts(format, formats[i].begins))
			return formats[i].number;
	return format.n == 0 ? LIST_NUMBER_NONE : LIST_NUMBER_DECIMAL;
}

static enum odt_flag page(xml_attrs attrs, const char *name)
{
	struct str v = xml_attr(attrs, name);
	return v.p == NULL ? ODT_UNSET : str_eq(v, STR("page")) ? ODT_YES : ODT_NO;
}

static void style_property(struct odt_props *p, struct str name, xml_attrs attrs)
{
	if (str_eq(name, STR("paragraph-properties"))) {
		struct str align = xml_attr(attrs, "text-align");
		if (align.p != NULL)
			p->align = str_eq(align, STR("center")) ? ODT_ALIGN_CENTER
			           : str_eq(align, STR("end")) || str_eq(align, STR("right"))
			                   ? ODT_ALIGN_RIGHT
			                   : ODT_ALIGN_START;
		if (page(attrs, "break-before") != ODT_UNSET)
			p->page_before = page(attrs, "break-before");
		p->page_after = page(attrs, "break-after");
	} else if (str_eq(name, STR("text-properties"))) {
		struct str weight = xml_attr(attrs, "font-weight");
		struct str display = xml_attr(attrs, "display");
		if (weight.p != NULL)
			p->bold = str_eq(weight, STR("normal")) || str_starts(weight, STR("4"))
			                  ? ODT_NO
			                  : ODT_YES;
		if (display.p != NULL)
			p->hidden = str_eq(display, STR("none")) ? ODT_YES : ODT_NO;
	}
}

static struct odt_list_level *level_open(struct reading *r, struct str name, xml_attrs attrs)
{
	int level = int_attr(attrs, "level", 1);
	if (level < 1 || level > ODT_LEVELS)
		return NULL;
	struct odt_list_level *l = &r->s->list.v[r->s->list.n - 1].level[level - 1];
	*l = (struct odt_list_level){
	        .bullet = !str_eq(name, STR("list-level-style-number")),
	        .number = number_of(xml_attr(attrs, "num-format")),
	        .before = kept(r, attrs, "num-prefix"),
	        .after = kept(r, attrs, "num-suffix"),
	        .start = int_attr(attrs, "start-value", 1),
	        .display = int_attr(attrs, "display-levels", 1),
	};
	return l;
}

static enum ec on_start(void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct reading *r = user;
	if (arena_left(r->s->a) / 4 < r->s->list.n * sizeof(struct odt_list) +
	                                      r->s->style.n * sizeof(struct odt_style) +
	                                      LIMIT_XML_ATTR)
		return err_set(e, EC_LIMIT, "стили документа слишком велики");
	if (ns == XML_NS_ODF_STYLE && str_eq(name, STR("style"))) {
		struct odt_style *style = vec_push(r->s->a, &r->s->style);
		style->name = kept(r, attrs, "style:name");
		style->shown = kept(r, attrs, "display-name");
		style->parent = kept(r, attrs, "parent-style-name");
		/* a master page of its own begins on a new page */
		if (xml_attr(attrs, "master-page-name").n > 0)
			style->props.page_before = ODT_YES;
		r->in_style = true;
	} else if (ns == XML_NS_ODF_STYLE && r->in_style) {
		style_property(&r->s->style.v[r->s->style.n - 1].props, name, attrs);
	} else if (ns == XML_NS_ODF_TEXT && str_eq(name, STR("list-style"))) {
		vec_push(r->s->a, &r->s->list)->name = kept(r, attrs, "style:name");
		r->in_list = true;
	} else if (ns == XML_NS_ODF_TEXT && r->in_list &&
	           str_starts(name, STR("list-level-style"))) {
		r->level = level_open(r, name, attrs);
	}
	return EC_OK;
}

static enum ec on_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	(void)e;
	struct reading *r = user;
	if (ns == XML_NS_ODF_STYLE && str_eq(name, STR("style")))
		r->in_style = false;
	if (ns == XML_NS_ODF_TEXT && str_eq(name, STR("list-style")))
		r->in_list = false;
	return EC_OK;
}

enum ec odt_styles_read(struct odt_styles *s, struct str xml, const char *what, struct err *e)
{
	struct reading r = {.s = s};
	const struct xml_sink sink = {&r, on_start, on_end, NULL};
	return xml_read(xml, what, &sink, e);
}

/* The last declared of a name: automatic styles come after the common ones. */
static const struct odt_style *style_find(const struct odt_styles *s, struct str name)
{
	for (size_t i = s->style.n; i > 0; i--)
		if (str_eq(s->style.v[i - 1].name, name))
			return &s->style.v[i - 1];
	return NULL;
}

static void inherit(enum odt_flag *flag, enum odt_flag above)
{
	if (*flag == ODT_UNSET)
		*flag = above;
}

struct odt_props odt_style_props(const struct odt_styles *s, struct str name, struct str *ret_shown)
{
	enum { CHAIN_MAX = 20 }; /* a chain may be a ring */
	struct odt_props p = {0};
	const struct odt_style *style = name.n > 0 ? style_find(s, name) : NULL;
	struct str shown = STR("");
	for (int i = 0; style != NULL && i < CHAIN_MAX; i++) {
		if (p.align == ODT_ALIGN_UNSET)
			p.align = style->props.align;
		inherit(&p.bold, style->props.bold);
		inherit(&p.hidden, style->props.hidden);
		inherit(&p.page_before, style->props.page_before);
		inherit(&p.page_after, style->props.page_after);
		if (shown.n == 0)
			shown = style->shown;
		style = style->parent.n > 0 ? style_find(s, style->parent) : NULL;
	}
	if (ret_shown != NULL)
		*ret_shown = shown.n > 0 ? shown : name;
	return p;
}

struct odt_list *odt_list_find(struct odt_styles *s, struct str name)
{
	for (size_t i = s->list.n; i > 0; i--)
		if (str_eq(s->list.v[i - 1].name, name))
			return &s->list.v[i - 1];
	return NULL;
}

void odt_list_restart(struct odt_list *list, int level)
{
	for (int i = level; i < ODT_LEVELS; i++)
		list->started[i] = false;
}

void odt_number_next(struct odt_list *list, int level, int start, struct buf *out)
{
	level = level < 0 ? 0 : level >= ODT_LEVELS ? ODT_LEVELS - 1 : level;
	for (int i = 0; i <= level; i++)
		if (!list->started[i]) {
			list->started[i] = true;
			list->count[i] = list->level[i].start - (i == level);
		}
	list->count[level]++;
	if (start >= 0)
		list->count[level] = start;
	odt_list_restart(list, level + 1);
	const struct odt_list_level *l = &list->level[level];
	if (l->bullet) {
		buf_add_z(out, "–");
		return;
	}
	if (l->number == LIST_NUMBER_NONE)
		return;
	int from = l->display > 1 ? level - l->display + 1 : level;
	buf_add(out, l->before);
	for (int i = from < 0 ? 0 : from; i <= level; i++) {
		if (list->level[i].bullet || list->level[i].number == LIST_NUMBER_NONE)
			continue;
		list_number_put(out, list->level[i].number, list->count[i]);
		if (i < level)
			buf_byte(out, '.');
	}
	buf_add(out, l->after);
}
