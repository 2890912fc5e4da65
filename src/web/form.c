#include "web/form.h"

#include "base/cur.h"
#include "base/num.h"

#define TEXT_MAX 200

static bool control_free(struct str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == 0x7F || (c < 0x20 && !(lines && (c == '\n' || c == '\t'))))
			return false;
	}
	return true;
}

/* «08.02.2022» or «2022-02-08». */
static bool date_read(struct str s, struct date *ret)
{
	if (date_parse_iso(s, ret))
		return true;
	struct cur c = CUR(s);
	uint64_t d, m, y;
	if (!cur_uint(&c, 2, 31, &d) || !cur_byte(&c, '.') || !cur_uint(&c, 2, 12, &m) ||
	        !cur_byte(&c, '.') || !cur_uint(&c, 4, 9999, &y) || !cur_end(&c) ||
	        !date_valid((int)y, (int)m, (int)d))
		return false;
	*ret = date_make((int)y, (int)m, (int)d);
	return true;
}

static bool choice_has(const struct str *choice, struct str s)
{
	for (; choice->n > 0; choice++)
		if (str_eq(*choice, s))
			return true;
	return false;
}

static enum ec bad(struct err *e, const struct field_spec *f, const char *why)
{
	return err_set(e, EC_INPUT, "поле «" STR_FMT "»: %s", STR_ARG(f->title), why);
}

static enum ec value_check(struct arena *a, const struct field_spec *f, struct str sent,
        struct value *v, struct err *e)
{
	size_t max = f->max > 0 ? f->max : TEXT_MAX;
	if (f->type == FIELD_LINES)
		sent = str_replace(a, sent, STR("\r\n"), STR("\n"));
	if (f->type != FIELD_PASSWORD)
		sent = str_trim(sent);
	v->text = sent;
	v->set = sent.n > 0;
	if (!v->set)
		return f->required ? bad(e, f, "заполните его") : EC_OK;
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_PASSWORD:
		if (sent.n > max)
			return bad(e, f, "слишком длинный текст");
		if (!control_free(sent, f->type == FIELD_LINES))
			return bad(e, f, "в тексте есть недопустимые знаки");
		return EC_OK;
	case FIELD_INT:
		if (!num_parse_int(sent, &v->number) || v->number < 0 ||
		        v->number > (int64_t)(f->max > 0 ? f->max : INT32_MAX))
			return bad(e, f, "нужно целое число");
		return EC_OK;
	case FIELD_DATE:
		return date_read(sent, &v->date) ? EC_OK : bad(e, f, "нет такой даты");
	case FIELD_FLAG:
		v->number = 1;
		return EC_OK;
	case FIELD_CHOICE:
		return choice_has(f->choice, sent) ? EC_OK : bad(e, f, "нет такого значения");
	}
	BUG("field type");
}

enum ec form_check(struct arena *a, const struct form *form, const struct fields *sent,
        struct values *ret, struct err *e)
{
	struct values out = {.form = form, .v = arena_new(a, struct value, form->n)};
	for (size_t i = 0; i < form->n; i++) {
		const struct field_spec *f = &form->field[i];
		TRY(value_check(a, f, field_get(sent, f->name), &out.v[i], e));
	}
	*ret = out;
	return EC_OK;
}

const struct value *value_of(const struct values *v, struct str name)
{
	for (size_t i = 0; v->form != NULL && i < v->form->n; i++)
		if (str_eq(v->form->field[i].name, name))
			return &v->v[i];
	BUG("a handler asks for a field that its form does not declare");
}
