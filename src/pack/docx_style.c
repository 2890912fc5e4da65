#include "pack/docx_style.h"

#include "base/cur.h"
#include "base/limits.h"
#include "pack/list_number.h"
#include "pack/xml.h"

struct reading {
	struct docx_styles *s;
	bool in_style, in_list, in_num;
	int level; /* of the list or the override being read, -1: none */
};

static int int_attr(xml_attrs attrs, const char *name, int absent)
{
	struct cur c = CUR(xml_attr(attrs, name));
	int64_t v;
	return cur_int(&c, -1000000, 1000000, &v) ? (int)v : absent;
}

static int level_attr(xml_attrs attrs)
{
	int level = int_attr(attrs, "ilvl", 0);
	return level < 0 || level >= DOCX_LEVELS ? DOCX_LEVELS - 1 : level;
}

static struct str kept(struct reading *r, xml_attrs attrs, const char *name)
{
	return str_dup(r->s->a, xml_attr(attrs, name));
}

static enum ec room(const struct reading *r, size_t n, struct err *e)
{
	if (arena_left(r->s->a) / 4 < n + LIMIT_XML_ATTR)
		return err_set(e, EC_LIMIT, "стили документа слишком велики");
	return EC_OK;
}

static enum docx_align align_of(struct str v)
{
	if (str_eq(v, STR("center")))
		return DOCX_ALIGN_CENTER;
	return str_eq(v, STR("right")) || str_eq(v, STR("end")) ? DOCX_ALIGN_RIGHT
	                                                        : DOCX_ALIGN_START;
}

static void style_property(struct reading *r, struct str name, xml_attrs attrs)
{
	struct docx_style *style = &r->s->style.v[r->s->style.n - 1];
	struct docx_props *p = &style->props;
	if (str_eq(name, STR("name")))
		style->name = kept(r, attrs, "val");
	else if (str_eq(name, STR("basedOn")))
		style->based_on = kept(r, attrs, "val");
	else if (str_eq(name, STR("jc")))
		p->align = align_of(xml_attr(attrs, "val"));
	else if (str_eq(name, STR("outlineLvl")))
		p->outline = int_attr(attrs, "val", -1);
	else if (str_eq(name, STR("numId")))
		p->num_id = int_attr(attrs, "val", -1);
	else if (str_eq(name, STR("ilvl")))
		p->num_level = int_attr(attrs, "val", -1);
	else if (str_eq(name, STR("b")))
		p->bold = xml_attr_bool(attrs, "val", true) ? DOCX_BOLD_YES : DOCX_BOLD_NO;
}

static enum ec styles_start(
        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct reading *r = user;
	if (ns != XML_NS_WORD)
		return EC_OK;
	TRY(room(r, r->s->style.n * sizeof(struct docx_style), e));
	if (str_eq(name, STR("style"))) {
		struct docx_style *style = vec_push(r->s->a, &r->s->style);
		style->id = kept(r, attrs, "styleId");
		style->props = DOCX_PROPS_UNSET;
		r->in_style = true;
		if (xml_attr_bool(attrs, "default", false) &&
		        str_eq(xml_attr(attrs, "type"), STR("paragraph")))
			r->s->default_id = style->id;
	} else if (r->in_style) {
		style_property(r, name, attrs);
	}
	return EC_OK;
}

static enum ec styles_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	(void)ns, (void)e;
	struct reading *r = user;
	if (str_eq(name, STR("style")))
		r->in_style = false;
	return EC_OK;
}

static void list_property(struct reading *r, struct str name, xml_attrs attrs)
{
	struct docx_list *list = &r->s->list.v[r->s->list.n - 1];
	if (str_eq(name, STR("lvl")))
		r->level = level_attr(attrs);
	if (r->level < 0)
		return;
	struct docx_list_level *l = &list->level[r->level];
	if (str_eq(name, STR("start")))
		l->start = int_attr(attrs, "val", 1);
	else if (str_eq(name, STR("numFmt")))
		l->format = kept(r, attrs, "val");
	else if (str_eq(name, STR("lvlText")))
		l->text = str_dup(r->s->a, utf8_head(xml_attr(attrs, "val"), 40));
	else if (str_eq(name, STR("isLgl")))
		l->legal = xml_attr_bool(attrs, "val", true);
}

static void num_property(struct reading *r, struct str name, xml_attrs attrs)
{
	struct docx_num *num = &r->s->num.v[r->s->num.n - 1];
	if (str_eq(name, STR("abstractNumId")))
		num->list_id = int_attr(attrs, "val", -1);
	else if (str_eq(name, STR("lvlOverride")))
		r->level = level_attr(attrs);
	else if (str_eq(name, STR("startOverride")) && r->level >= 0)
		num->start[r->level] = int_attr(attrs, "val", 1);
}

static enum ec numbering_start(
        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct reading *r = user;
	if (ns != XML_NS_WORD)
		return EC_OK;
	TRY(room(r, r->s->list.n * sizeof(struct docx_list) + r->s->num.n * sizeof(struct docx_num),
	        e));
	if (str_eq(name, STR("abstractNum"))) {
		struct docx_list *list = vec_push(r->s->a, &r->s->list);
		list->id = int_attr(attrs, "abstractNumId", -1);
		for (int i = 0; i < DOCX_LEVELS; i++)
			list->level[i].start = 1;
		r->in_list = true;
		r->level = -1;
	} else if (str_eq(name, STR("num"))) {
		struct docx_num *num = vec_push(r->s->a, &r->s->num);
		num->id = int_attr(attrs, "numId", -1);
		for (int i = 0; i < DOCX_LEVELS; i++)
			num->start[i] = -1;
		r->in_num = true;
		r->level = -1;
	} else if (r->in_list) {
		list_property(r, name, attrs);
	} else if (r->in_num) {
		num_property(r, name, attrs);
	}
	return EC_OK;
}

static enum ec numbering_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	(void)ns, (void)e;
	struct reading *r = user;
	if (str_eq(name, STR("abstractNum")))
		r->in_list = false;
	if (str_eq(name, STR("num")))
		r->in_num = false;
	return EC_OK;
}

static enum ec part_read(
        struct zipfile *zip, struct str part, const struct xml_sink *sink, struct err *e)
{
	const struct zipfile_entry *entry = part.n > 0 ? zipfile_find(zip, part) : NULL;
	if (entry == NULL)
		return EC_OK;
	AUTO_ARENA(scratch, LIMIT_ZIP_UNPACKED + MIB);
	struct str xml;
	TRY(zipfile_read(zip, entry, &scratch, &xml, e));
	return xml_read(xml, str_z(&scratch, utf8_head(part, 80)), sink, e);
}

enum ec docx_styles_read(struct arena *a, struct zipfile *zip, struct str styles_part,
        struct str numbering_part, struct docx_styles *ret, struct err *e)
{
	*ret = (struct docx_styles){.a = a};
	struct reading r = {.s = ret, .level = -1};
	const struct xml_sink styles = {.user = &r, .start = styles_start, .end = styles_end};
	const struct xml_sink numbering = {
	        .user = &r, .start = numbering_start, .end = numbering_end};
	TRY(part_read(zip, styles_part, &styles, e));
	return part_read(zip, numbering_part, &numbering, e);
}

static const struct docx_style *style_find(const struct docx_styles *s, struct str id)
{
	for (size_t i = 0; i < s->style.n; i++)
		if (str_eq(s->style.v[i].id, id))
			return &s->style.v[i];
	return NULL;
}

/* «heading 2», «Заголовок 2» → outline level 1. */
static int outline_of_name(struct str name)
{
	static const struct str heads[] = {
	        STR_INIT("heading "), STR_INIT("Heading "), STR_INIT("Заголовок ")};
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (str_starts(name, heads[i]) && name.n == heads[i].n + 1) {
			char c = name.p[heads[i].n];
			return c >= '1' && c <= '9' ? c - '1' : -1;
		}
	return -1;
}

void docx_style_apply(const struct docx_styles *s, struct str style_id, struct docx_props *props,
        struct str *ret_name)
{
	enum { CHAIN_MAX = 20 }; /* a chain may be a ring */
	const struct docx_style *style = style_find(s, style_id.n > 0 ? style_id : s->default_id);
	*ret_name = style != NULL ? style->name : STR("");
	for (int i = 0; style != NULL && i < CHAIN_MAX; i++) {
		const struct docx_props *p = &style->props;
		if (props->num_id < 0)
			props->num_id = p->num_id;
		if (props->num_level < 0)
			props->num_level = p->num_level;
		if (props->outline < 0)
			props->outline =
			        p->outline >= 0 ? p->outline : outline_of_name(style->name);
		if (props->align == DOCX_ALIGN_UNSET)
			props->align = p->align;
		if (props->bold == DOCX_BOLD_UNSET)
			props->bold = p->bold;
		style = style->based_on.n > 0 ? style_find(s, style->based_on) : NULL;
	}
}

/* ECMA-376 part 1, 17.18.59 ST_NumberFormat, the ones in use here. */
static enum list_number number_of(struct str format)
{
	static const struct {
		struct str name;
		enum list_number number;
	} formats[] = {
	        {STR_INIT("none"), LIST_NUMBER_NONE},
	        {STR_INIT("lowerRoman"), LIST_NUMBER_ROMAN_LOWER},
	        {STR_INIT("upperRoman"), LIST_NUMBER_ROMAN_UPPER},
	        {STR_INIT("lowerLetter"), LIST_NUMBER_LATIN_LOWER},
	        {STR_INIT("upperLetter"), LIST_NUMBER_LATIN_UPPER},
	        {STR_INIT("russianLower"), LIST_NUMBER_RUSSIAN_LOWER},
	        {STR_INIT("russianUpper"), LIST_NUMBER_RUSSIAN_UPPER},
	        {STR_INIT("decimalZero"), LIST_NUMBER_ZERO},
	};
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (str_eq(format, formats[i].name))
			return formats[i].number;
	return LIST_NUMBER_DECIMAL;
}

static struct docx_list *list_of(struct docx_styles *s, int num_id, struct docx_num **ret_num)
{
	for (size_t i = 0; i < s->num.n; i++) {
		if (s->num.v[i].id != num_id)
			continue;
		for (size_t k = 0; k < s->list.n; k++)
			if (s->list.v[k].id == s->num.v[i].list_id) {
				*ret_num = &s->num.v[i];
				return &s->list.v[k];
			}
	}
	return NULL;
}

/* Nums of one list go on counting together, except where one says where to start. */
static void restart(struct docx_list *list, struct docx_num *num)
{
	if (num->used)
		return;
	num->used = true;
	for (int i = 0; i < DOCX_LEVELS; i++)
		if (num->start[i] >= 0) {
			list->started[i] = true;
			list->count[i] = num->start[i] - 1;
			for (int k = i + 1; k < DOCX_LEVELS; k++)
				list->started[k] = false;
		}
}

void docx_number_next(struct docx_styles *s, int num_id, int level, struct buf *out)
{
	struct docx_num *num = NULL;
	struct docx_list *list = num_id > 0 ? list_of(s, num_id, &num) : NULL;
	if (list == NULL)
		return;
	level = level < 0 ? 0 : level >= DOCX_LEVELS ? DOCX_LEVELS - 1 : level;
	restart(list, num);
	for (int i = 0; i <= level; i++) {
		if (!list->started[i]) {
			list->started[i] = true;
			list->count[i] = list->level[i].start - (i == level);
		}
	}
	list->count[level]++;
	for (int i = level + 1; i < DOCX_LEVELS; i++)
		list->started[i] = false;
	const struct docx_list_level *l = &list->level[level];
	if (str_eq(l->format, STR("bullet"))) {
		buf_add_z(out, "–");
		return;
	}
	for (size_t i = 0; i < l->text.n; i++) {
		char c = l->text.p[i], d = i + 1 < l->text.n ? l->text.p[i + 1] : '\0';
		if (c == '%' && d >= '1' && d <= '9') {
			int k = d - '1';
			list_number_put(out,
			        l->legal ? LIST_NUMBER_DECIMAL : number_of(list->level[k].format),
			        list->count[k]);
			i++;
		} else {
			buf_byte(out, c);
		}
	}
}
