/* The one wrapper of expat: depth, attribute and entity limits, names without prefixes.
 *
 * A document type declaration is refused, so there are no entities but the five and no expansion
 * bombs. Namespaces are resolved to the few that office files have; an unknown or unbound prefix is
 * XML_NS_OTHER, not an error. Encodings are those expat knows (UTF-8, UTF-16, ISO-8859-1,
 * US-ASCII); text comes as UTF-8. */
#ifndef PACK_XML_H
#define PACK_XML_H

#include "base/str.h"

enum xml_ns {
	XML_NS_NONE,  /* no namespace at all */
	XML_NS_SHEET, /* SpreadsheetML, transitional and strict */
	XML_NS_WORD,  /* WordprocessingML, transitional and strict */
	XML_NS_REL,   /* package relationships */
	XML_NS_ODF_TEXT,
	XML_NS_ODF_TABLE,
	XML_NS_ODF_OFFICE,
	XML_NS_ODF_STYLE,
	XML_NS_MC, /* markup compatibility: AlternateContent */
	XML_NS_OTHER,
};

/* Attributes of a start tag: name, value, name, value, …, NULL, as expat gives them. */
typedef const char *const *xml_attrs;

struct xml_sink {
	void *user;
	enum ec (*start)(
	        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e);
	enum ec (*end)(void *user, enum xml_ns ns, struct str name, struct err *e);
	/* Pieces of text in order; one text may come in several pieces. */
	enum ec (*text)(void *user, struct str piece, struct err *e);
};

/* Value of the attribute of that name, else of one with that local name under any prefix, else
 * STR_NONE. */
struct str xml_attr(xml_attrs attrs, const char *local);
/* A boolean of OOXML: "0", "false", "off", "none" → false; else true. */
bool xml_bool(struct str value);
/* The same of an attribute, or `absent` without it. */
bool xml_attr_bool(xml_attrs attrs, const char *local, bool absent);

/* Reads a whole document. `what` names it in messages («xl/styles.xml»). Codes of the sink are
 * passed on; EC_INPUT when not well-formed (line and column), EC_LIMIT when too deep or an
 * attribute too long. */
MUST_USE enum ec xml_read(
        struct str bytes, const char *what, const struct xml_sink *sink, struct err *e);

/* The same in pieces. Open value, fields are private to xml.c. */
struct xml_binding {
	char prefix[16];
	uint16_t depth;
	enum xml_ns ns;
};

struct xml {
	struct XML_ParserStruct *parser;
	const struct xml_sink *sink;
	const char *what;
	struct err *e;
	enum ec stopped;
	unsigned depth;
	bool other_encoding; /* readable: a declaration names an encoding that is not UTF-8 */
	size_t n_bindings;
	struct xml_binding binding[128];
};

void xml_open(struct xml *x, const char *what, const struct xml_sink *sink);
void xml_close(struct xml *x); /* accepts a zeroed one */
#define AUTO_XML(name, what, sink)                                                                 \
	__attribute__((cleanup(xml_close))) struct xml name = {0};                                 \
	xml_open(&name, (what), (sink))
MUST_USE enum ec xml_feed(struct xml *x, struct str bytes, bool last, struct err *e);

#endif
