/* Where in the markup a byte of a template stands (the states of the HTML tokenizer that matter
 * for escaping), and what may be printed there. */
#include "tmplc.h"

enum ec tmpl_refuse(struct tmpl *t, size_t at, const char *why)
{
	return err_set(t->e, EC_INPUT, "%s:%d:%zu: %s", t->file, t->number, at + 1, why);
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is(const struct buf *b, const char *z)
{
	return str_eq_z(buf_str(b), z);
}

static bool link_attr(const struct tmpl *t)
{
	static const char *const names[] = {"href", "src", "action", "formaction", "poster", "cite",
	        "data", "ping", "xlink:href", "hx-get", "hx-post", "hx-put", "hx-patch",
	        "hx-delete", "hx-push-url", "hx-replace-url"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (is(&t->attr, names[i]))
			return true;
	return false;
}

/* Attributes whose value is a program or a language of its own. */
static bool code_attr(const struct tmpl *t)
{
	static const char *const names[] = {"style", "srcdoc", "srcset", "hx-vals", "hx-vars",
	        "hx-headers", "hx-trigger", "hx-request"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (is(&t->attr, names[i]))
			return true;
	return false;
}

static bool handler_attr(const struct tmpl *t)
{
	return str_starts(buf_str(&t->attr), STR("on")) ||
	       str_starts(buf_str(&t->attr), STR("hx-on"));
}

static enum ec end_of_attr(struct tmpl *t, size_t at)
{
	if (handler_attr(t))
		return tmpl_refuse(t, at, "an on… attribute is a script; use assets/*.js");
	if (is(&t->tag, "script") && is(&t->attr, "type") && is(&t->value, "application/json"))
		t->json = true;
	buf_reset(&t->attr);
	buf_reset(&t->value);
	t->dynamic = false;
	t->place = IN_TAG;
	return EC_OK;
}

static void end_of_tag(struct tmpl *t)
{
	t->place = IN_TEXT;
	if (t->closing)
		return;
	if (is(&t->tag, "script") || is(&t->tag, "style")) {
		t->raw_end = is(&t->tag, "style") ? STR("</style") : STR("</script");
		t->place = IN_RAW;
	}
}

static enum ec step_tag(struct tmpl *t, char c, size_t at)
{
	if (t->place == IN_ATTR_NAME && (c == '=' || c == '>' || c == '/' || blank(c))) {
		if (c == '=') {
			t->place = AFTER_EQUALS;
			return EC_OK;
		}
		TRY(end_of_attr(t, at));
	}
	if (c == '>') {
		end_of_tag(t);
	} else if (t->place == IN_TAG_NAME) {
		if (blank(c))
			t->place = IN_TAG;
		else if (c == '/' && t->tag.n == 0)
			t->closing = true;
		else if (c != '/')
			buf_byte(&t->tag, lower(c));
	} else if (t->place == IN_ATTR_NAME || (!blank(c) && c != '/')) {
		t->place = IN_ATTR_NAME;
		buf_byte(&t->attr, lower(c));
	}
	return EC_OK;
}

static enum ec step_value(struct tmpl *t, char c, size_t at)
{
	if (t->place == AFTER_EQUALS) {
		if (blank(c))
			return EC_OK;
		t->place = c == '"' || c == '\'' ? IN_QUOTED : IN_UNQUOTED;
		t->quote = c;
		if (t->place == IN_QUOTED)
			return EC_OK;
	}
	if (t->place == IN_QUOTED && c == t->quote)
		return end_of_attr(t, at);
	if (t->place == IN_UNQUOTED && (c == '>' || blank(c))) {
		TRY(end_of_attr(t, at));
		if (c == '>')
			end_of_tag(t);
		return EC_OK;
	}
	buf_byte(&t->value, c);
	return EC_OK;
}

static bool opens_tag(struct str rest)
{
	char c = rest.n > 1 && rest.p[0] == '<' ? lower(rest.p[1]) : ' ';
	return (c >= 'a' && c <= 'z') || c == '/' || c == '!' || c == '?';
}

static enum ec step_text(struct tmpl *t, struct str rest, size_t at)
{
	if (t->place == IN_COMMENT) {
		if (str_starts(rest, STR("-->")))
			t->place = IN_TEXT;
	} else if (t->place == IN_RAW) {
		if (str_ieq_ascii(str_sub(rest, 0, t->raw_end.n), t->raw_end)) {
			t->place = IN_TAG_NAME;
			t->json = t->closing = false;
			buf_reset(&t->tag);
		} else if (!t->json && !blank(rest.p[0])) {
			return tmpl_refuse(t, at, "inline script or style; use assets/");
		}
	} else if (str_starts(rest, STR("<!--"))) {
		t->place = IN_COMMENT;
		t->open_line = t->number;
	} else if (opens_tag(rest)) {
		t->place = IN_TAG_NAME;
		t->open_line = t->number;
		t->json = t->closing = false;
		buf_reset(&t->tag);
	}
	return EC_OK;
}

enum ec markup_step(struct tmpl *t, struct str rest, size_t at)
{
	switch (t->place) {
	case IN_TEXT:
	case IN_COMMENT:
	case IN_RAW:
		return step_text(t, rest, at);
	case IN_TAG_NAME:
	case IN_TAG:
	case IN_ATTR_NAME:
		return step_tag(t, rest.p[0], at);
	case AFTER_EQUALS:
	case IN_UNQUOTED:
	case IN_QUOTED:
		return step_value(t, rest.p[0], at);
	}
	BUG("place");
}

enum ec markup_printer(struct tmpl *t, size_t at, const char **ret)
{
	switch (t->place) {
	case IN_TEXT:
		*ret = "out_value";
		return EC_OK;
	case IN_TAG:
		*ret = "out_attr";
		return EC_OK;
	case IN_RAW:
		*ret = "out_json";
		return t->json ? EC_OK : tmpl_refuse(t, at, "{{ }} inside <script> or <style>");
	case IN_QUOTED:
		break;
	case IN_COMMENT:
		return tmpl_refuse(t, at, "{{ }} inside a comment");
	case IN_TAG_NAME:
	case IN_ATTR_NAME:
		return tmpl_refuse(t, at, "{{ }} inside a name");
	case AFTER_EQUALS:
	case IN_UNQUOTED:
		return tmpl_refuse(t, at, "{{ }} in an attribute without quotes");
	}
	if (handler_attr(t))
		return tmpl_refuse(t, at, "{{ }} inside an on… attribute");
	if (code_attr(t))
		return tmpl_refuse(t, at, "{{ }} inside an attribute that holds code");
	*ret = "out_value";
	if (!link_attr(t))
		return EC_OK;
	*ret = t->value.n > 0 || t->dynamic ? "out_link_part" : "out_link";
	struct str before = buf_str(&t->value);
	bool local = str_starts(before, STR("/")) || str_starts(before, STR("?")) ||
	             str_starts(before, STR("#"));
	if (!t->dynamic && before.n > 0 && (!local || str_starts(before, STR("//"))))
		return tmpl_refuse(t, at, "a link begins with / ? # or with a struct url");
	return EC_OK;
}
