#include "web/guide.h"

/* Prints text with **bold**, `code` and [text](/address); everything is escaped by out_str. */
static void spans(struct out *o, struct str s)
{
	while (s.n > 0) {
		size_t i = 0;
		while (i < s.n && s.p[i] != '*' && s.p[i] != '`' && s.p[i] != '[')
			i++;
		out_str(o, str_sub(s, 0, i));
		s = str_skip(s, i);
		if (s.n == 0)
			return;
		size_t bold = str_starts(s, STR("**")) ? str_find(s, STR("**"), 2) : SIZE_MAX;
		size_t code = s.p[0] == '`' ? str_find_byte(s, '`', 1) : SIZE_MAX;
		size_t mid = s.p[0] == '[' ? str_find(s, STR("]("), 1) : SIZE_MAX;
		size_t end = mid != SIZE_MAX ? str_find_byte(s, ')', mid) : SIZE_MAX;
		if (bold != SIZE_MAX) {
			out_html(o, HTML("<b>"));
			out_str(o, str_sub(s, 2, bold));
			out_html(o, HTML("</b>"));
			s = str_skip(s, bold + 2);
		} else if (code != SIZE_MAX) {
			out_html(o, HTML("<code>"));
			out_str(o, str_sub(s, 1, code));
			out_html(o, HTML("</code>"));
			s = str_skip(s, code + 1);
		} else if (end != SIZE_MAX) {
			out_html(o, HTML("<a href=\""));
			out_url(o, url_local(str_sub(s, mid + 2, end)));
			out_html(o, HTML("\">"));
			out_str(o, str_sub(s, 1, mid));
			out_html(o, HTML("</a>"));
			s = str_skip(s, end + 1);
		} else {
			out_str(o, str_sub(s, 0, 1));
			s = str_skip(s, 1);
		}
	}
}

enum block { BLOCK_NONE, BLOCK_PARA, BLOCK_LIST, BLOCK_STEPS };

static void close(struct out *o, enum block *open)
{
	if (*open == BLOCK_PARA)
		out_html(o, HTML("</p>\n"));
	if (*open == BLOCK_LIST)
		out_html(o, HTML("</ul>\n"));
	if (*open == BLOCK_STEPS)
		out_html(o, HTML("</ol>\n"));
	*open = BLOCK_NONE;
}

/* «12. » at the beginning: its length, or 0. */
static size_t step_prefix(struct str line)
{
	size_t i = 0;
	while (i < line.n && i < 2 && line.p[i] >= '0' && line.p[i] <= '9')
		i++;
	return i > 0 && str_starts(str_skip(line, i), STR(". ")) ? i + 2 : 0;
}

static void item(struct out *o, enum block *open, enum block kind, struct str text)
{
	if (*open != kind) {
		close(o, open);
		out_html(o, kind == BLOCK_LIST ? HTML("<ul>\n") : HTML("<ol>\n"));
		*open = kind;
	}
	out_html(o, HTML("<li>"));
	spans(o, text);
	out_html(o, HTML("</li>\n"));
}

static void line_print(struct out *o, enum block *open, struct str line)
{
	size_t step = step_prefix(line);
	if (str_blank(line)) {
		close(o, open);
	} else if (str_starts(line, STR("## "))) {
		close(o, open);
		out_html(o, HTML("<h2>"));
		spans(o, str_skip(line, 3));
		out_html(o, HTML("</h2>\n"));
	} else if (str_starts(line, STR("# "))) {
		close(o, open); /* the title stands in the page head */
	} else if (str_starts(line, STR("- "))) {
		item(o, open, BLOCK_LIST, str_skip(line, 2));
	} else if (step > 0) {
		item(o, open, BLOCK_STEPS, str_skip(line, step));
	} else {
		if (*open != BLOCK_PARA) {
			close(o, open);
			out_html(o, HTML("<p>"));
			*open = BLOCK_PARA;
		} else {
			out_html(o, HTML("\n"));
		}
		spans(o, line);
	}
}

struct html markdown_html(struct arena *a, struct str md)
{
	struct out o;
	out_init(&o, a);
	enum block open = BLOCK_NONE;
	struct str line;
	while (str_next(&md, '\n', &line))
		line_print(&o, &open, line);
	close(&o, &open);
	return html_of(&o);
}
