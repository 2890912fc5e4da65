#include "pack/xml.h"

#include "base/limits.h"

#include <expat.h>
#include <string.h>

static const struct {
	struct str uri;
	enum xml_ns ns;
} namespaces[] = {
        {STR_INIT("http://schemas.openxmlformats.org/spreadsheetml/2006/main"), XML_NS_SHEET},
        {STR_INIT("http://purl.oclc.org/ooxml/spreadsheetml/main"), XML_NS_SHEET},
        {STR_INIT("http://schemas.openxmlformats.org/wordprocessingml/2006/main"), XML_NS_WORD},
        {STR_INIT("http://purl.oclc.org/ooxml/wordprocessingml/main"), XML_NS_WORD},
        {STR_INIT("http://schemas.openxmlformats.org/package/2006/relationships"), XML_NS_REL},
        {STR_INIT("http://schemas.openxmlformats.org/markup-compatibility/2006"), XML_NS_MC},
        {STR_INIT("urn:oasis:names:tc:opendocument:xmlns:text:1.0"), XML_NS_ODF_TEXT},
        {STR_INIT("urn:oasis:names:tc:opendocument:xmlns:table:1.0"), XML_NS_ODF_TABLE},
        {STR_INIT("urn:oasis:names:tc:opendocument:xmlns:office:1.0"), XML_NS_ODF_OFFICE},
        {STR_INIT("urn:oasis:names:tc:opendocument:xmlns:style:1.0"), XML_NS_ODF_STYLE},
};

static enum xml_ns ns_of_uri(struct str uri)
{
	for (size_t i = 0; i < ARRAY_LEN(namespaces); i++)
		if (str_eq(uri, namespaces[i].uri))
			return namespaces[i].ns;
	return uri.n == 0 ? XML_NS_NONE : XML_NS_OTHER;
}

static void stop(struct xml *x, enum ec code)
{
	if (x->stopped == EC_OK)
		x->stopped = code;
	(void)XML_StopParser(x->parser, XML_FALSE);
}

static enum ec bind(struct xml *x, struct str prefix, struct str uri)
{
	struct xml_binding *b = &x->binding[x->n_bindings];
	if (prefix.n >= sizeof(b->prefix))
		return EC_OK; /* never asked for: counts as unknown */
	if (x->n_bindings == ARRAY_LEN(x->binding))
		return err_set(x->e, EC_LIMIT, "%s: слишком много пространств имён", x->what);
	memset(b->prefix, 0, sizeof(b->prefix));
	if (prefix.n > 0)
		memcpy(b->prefix, prefix.p, prefix.n);
	b->depth = (uint16_t)x->depth;
	b->ns = ns_of_uri(uri);
	x->n_bindings++;
	return EC_OK;
}

/* Reads the xmlns attributes of a start tag and watches the length of all. */
static enum ec attributes(struct xml *x, xml_attrs attrs)
{
	size_t sum = 0;
	for (size_t i = 0; attrs[i] != NULL; i += 2) {
		struct str name = str_c(attrs[i]), value = str_c(attrs[i + 1]);
		sum += name.n + value.n;
		if (sum > LIMIT_XML_ATTR)
			return err_set(x->e, EC_LIMIT, "%s: слишком длинные атрибуты", x->what);
		if (str_eq(name, STR("xmlns")))
			TRY(bind(x, STR(""), value));
		else if (str_starts(name, STR("xmlns:")))
			TRY(bind(x, str_skip(name, 6), value));
	}
	return EC_OK;
}

/* Splits "w:p" into its namespace and "p". */
static enum xml_ns resolve(const struct xml *x, const char *raw, struct str *ret_local)
{
	struct str name = str_c(raw), prefix = STR("");
	size_t colon = str_find_byte(name, ':', 0);
	if (colon != SIZE_MAX) {
		prefix = str_sub(name, 0, colon);
		name = str_skip(name, colon + 1);
	}
	*ret_local = name;
	for (size_t i = x->n_bindings; i > 0; i--)
		if (str_eq_z(prefix, x->binding[i - 1].prefix))
			return x->binding[i - 1].ns;
	return prefix.n == 0 ? XML_NS_NONE : XML_NS_OTHER;
}

static void XMLCALL on_start(void *user, const XML_Char *raw, const XML_Char **attrs)
{
	struct xml *x = user;
	if (x->stopped != EC_OK)
		return;
	x->depth++;
	if (x->depth > LIMIT_XML_DEPTH) {
		stop(x, err_set(x->e, EC_LIMIT, "%s: вложенность больше %d", x->what,
		                LIMIT_XML_DEPTH));
		return;
	}
	enum ec code = attributes(x, (xml_attrs)attrs);
	struct str local;
	enum xml_ns ns = resolve(x, raw, &local);
	if (code == EC_OK && x->sink->start != NULL)
		code = x->sink->start(x->sink->user, ns, local, (xml_attrs)attrs, x->e);
	if (code != EC_OK)
		stop(x, code);
}

static void XMLCALL on_end(void *user, const XML_Char *raw)
{
	struct xml *x = user;
	if (x->stopped != EC_OK)
		return;
	struct str local;
	enum xml_ns ns = resolve(x, raw, &local);
	enum ec code = EC_OK;
	if (x->sink->end != NULL)
		code = x->sink->end(x->sink->user, ns, local, x->e);
	while (x->n_bindings > 0 && x->binding[x->n_bindings - 1].depth == x->depth)
		x->n_bindings--;
	x->depth--;
	if (code != EC_OK)
		stop(x, code);
}

static void XMLCALL on_text(void *user, const XML_Char *p, int n)
{
	struct xml *x = user;
	if (x->stopped != EC_OK || x->sink->text == NULL)
		return;
	enum ec code = x->sink->text(x->sink->user, (struct str){p, (size_t)n}, x->e);
	if (code != EC_OK)
		stop(x, code);
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *sysid,
        const XML_Char *pubid, int internal)
{
	(void)name, (void)sysid, (void)pubid, (void)internal;
	struct xml *x = user;
	stop(x, err_set(x->e, EC_INPUT, "%s: объявление DOCTYPE недопустимо (файл небезопасен)",
	                x->what));
}

static void XMLCALL on_declaration(
        void *user, const XML_Char *version, const XML_Char *encoding, int standalone)
{
	(void)version, (void)standalone;
	struct xml *x = user;
	x->other_encoding = encoding != NULL && !str_ieq_ascii(str_c(encoding), STR("UTF-8"));
}

void xml_open(struct xml *x, const char *what, const struct xml_sink *sink)
{
	*x = (struct xml){.sink = sink, .what = what};
	x->parser = XML_ParserCreate(NULL);
	BUG_IF(x->parser == NULL);
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	XML_SetXmlDeclHandler(x->parser, on_declaration);
}

void xml_close(struct xml *x)
{
	if (x->parser != NULL)
		XML_ParserFree(x->parser);
	x->parser = NULL;
}

enum ec xml_feed(struct xml *x, struct str bytes, bool last, struct err *e)
{
	enum { PIECE = 16 * 1024 * 1024 }; /* expat takes an int */
	x->e = e;
	do {
		size_t n = bytes.n < PIECE ? bytes.n : PIECE;
		bool end = last && n == bytes.n;
		enum XML_Status st = XML_Parse(x->parser, bytes.p, (int)n, end);
		if (x->stopped != EC_OK)
			return x->stopped;
		if (st != XML_STATUS_OK)
			return err_set(e, EC_INPUT,
			        "%s, строка %lu, символ %lu: повреждён XML (%s)", x->what,
			        XML_GetCurrentLineNumber(x->parser),
			        XML_GetCurrentColumnNumber(x->parser) + 1,
			        XML_ErrorString(XML_GetErrorCode(x->parser)));
		bytes = str_skip(bytes, n);
	} while (bytes.n > 0);
	return EC_OK;
}

enum ec xml_read(struct str bytes, const char *what, const struct xml_sink *sink, struct err *e)
{
	AUTO_XML(x, what, sink);
	return xml_feed(&x, bytes, true, e);
}

struct str xml_attr(xml_attrs attrs, const char *local)
{
	for (size_t i = 0; attrs[i] != NULL; i += 2)
		if (strcmp(attrs[i], local) == 0)
			return str_c(attrs[i + 1]);
	for (size_t i = 0; attrs[i] != NULL; i += 2) {
		const char *colon = strchr(attrs[i], ':');
		if (colon != NULL && strcmp(colon + 1, local) == 0 &&
		        strncmp(attrs[i], "xmlns:", 6) != 0)
			return str_c(attrs[i + 1]);
	}
	return STR_NONE;
}

bool xml_bool(struct str value)
{
	return !(str_eq_z(value, "0") || str_eq_z(value, "false") || str_eq_z(value, "off") ||
	         str_eq_z(value, "none"));
}

bool xml_attr_bool(xml_attrs attrs, const char *local, bool absent)
{
	struct str v = xml_attr(attrs, local);
	return v.p == NULL ? absent : xml_bool(v);
}
