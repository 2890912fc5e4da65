/* XML: starts and ends balance, names and texts are valid UTF-8, no entity is ever expanded. */
#include "base/limits.h"
#include "fuzz.h"
#include "pack/xml.h"

struct seen {
	unsigned depth;
	size_t text;
};

static enum ec on_start(void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct seen *s = user;
	(void)e;
	CHECK_THAT(ns <= XML_NS_OTHER && utf8_valid(name));
	CHECK_THAT(++s->depth <= LIMIT_XML_DEPTH);
	CHECK_THAT(utf8_valid(xml_attr(attrs, "r")));
	return EC_OK;
}

static enum ec on_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	struct seen *s = user;
	(void)ns, (void)name, (void)e;
	CHECK_THAT(s->depth-- > 0);
	return EC_OK;
}

static enum ec on_text(void *user, struct str piece, struct err *e)
{
	struct seen *s = user;
	(void)e;
	s->text += piece.n;
	return EC_OK;
}

void fuzz_one(struct arena *a, struct str bytes)
{
	(void)a;
	struct seen s = {0};
	struct err e = {0};
	const struct xml_sink sink = {&s, on_start, on_end, on_text};
	if (xml_read(bytes, "part.xml", &sink, &e) == EC_OK)
		CHECK_THAT(s.depth == 0);
	else
		CHECK_THAT(e.msg[0] != '\0');
	/* three bytes out for one in is the most a change of encoding makes */
	CHECK_THAT(s.text <= bytes.n * 3);
}
