/* Compiles an HTML template into C functions: tmplc IN.html OUT.c OUT.h HEADER_NAME
 *
 *   %include "core/x.h"                 goes to both files
 *   %page page_x(const struct m *p)     begins void page_x(struct out *o, const struct m *p)
 *   %end                                ends it
 *   % any other line                    is C
 *   {{ expr }}                          prints, escaped by the type of expr and by its place
 *
 * The place is found by walking the markup: text, quoted attribute, link attribute, between
 * attributes, JSON of a <script type="application/json">. What cannot be made safe is refused with
 * file:line:column. See src/web/out.h for the types. */
#include "tmplc.h"

#include "base/file.h"
#include "base/limits.h"

#include <stdio.h>

static void put_literal(struct tmpl *t, struct str s, bool newline)
{
	if (s.n == 0 && !newline)
		return;
	buf_add_z(&t->c, "\tout_lit(o, \"");
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\' || s.p[i] == '?')
			buf_byte(&t->c, '\\');
		if (s.p[i] == '\t')
			buf_add_z(&t->c, "\\t");
		else
			buf_byte(&t->c, s.p[i]);
	}
	buf_printf(&t->c, "%s\", %zu);\n", newline ? "\\n" : "", s.n + newline);
	t->c_before = false;
}

static enum ec put_value(struct tmpl *t, size_t at, size_t end)
{
	const char *print = NULL;
	TRY(markup_printer(t, at, &print));
	struct str expr = str_sub(t->line, at + 2, end);
	if (str_blank(expr))
		return tmpl_refuse(t, at, "{{ }} is empty");
	/* the expression stands on a line and in a column of its own: those of the template */
	buf_printf(&t->c, "#line %d \"%s\"\n%s(o,\n", t->number - 1, t->file, print);
	for (size_t i = 0; i < at + 2; i++)
		buf_byte(&t->c, t->line.p[i] == '\t' ? '\t' : ' ');
	buf_add(&t->c, expr);
	buf_add_z(&t->c, ");\n");
	t->dynamic = t->place == IN_QUOTED;
	t->c_before = false;
	return EC_OK;
}

static enum ec html_line(struct tmpl *t)
{
	if (t->page_line == 0) {
		if (!str_blank(t->line))
			return tmpl_refuse(t, 0, "text outside of %page … %end");
		return EC_OK;
	}
	size_t from = 0;
	size_t i = 0;
	while (i < t->line.n) {
		struct str rest = str_skip(t->line, i);
		if (!str_starts(rest, STR("{{"))) {
			TRY(markup_step(t, rest, i));
			i++;
			continue;
		}
		size_t end = str_find(t->line, STR("}}"), i);
		if (end == SIZE_MAX)
			return tmpl_refuse(t, i, "{{ without }} on the same line");
		put_literal(t, str_sub(t->line, from, i), false);
		TRY(put_value(t, i, end));
		i = from = end + 2;
	}
	put_literal(t, str_skip(t->line, from), true);
	return markup_step(t, STR("\n"), t->line.n);
}

/* "name(const struct m *p)" → "void name(struct out *o, const struct m *p)". */
static enum ec begin_page(struct tmpl *t, struct str decl)
{
	if (t->page_line > 0)
		return tmpl_refuse(t, 0, "%page inside %page: %end is missing");
	size_t paren = str_find_byte(decl, '(', 0);
	if (paren == SIZE_MAX || paren == 0 || !str_ends(decl, STR(")")))
		return tmpl_refuse(t, 0, "want %page name(parameters)");
	struct str name = str_trim(str_sub(decl, 0, paren));
	struct str args = str_trim(str_sub(decl, paren + 1, decl.n - 1));
	bool none = args.n == 0 || str_eq_z(args, "void");
	struct str proto =
	        str_printf(t->a, "void " STR_FMT "(struct out *o%s" STR_FMT ")", STR_ARG(name),
	                none ? "" : ", ", none ? 0 : (int)args.n, args.p == NULL ? "" : args.p);
	buf_printf(&t->h, STR_FMT ";\n", STR_ARG(proto));
	buf_printf(
	        &t->c, "\n#line %d \"%s\"\n" STR_FMT "\n{\n", t->number, t->file, STR_ARG(proto));
	t->page_line = t->number;
	t->place = IN_TEXT;
	return EC_OK;
}

static enum ec end_page(struct tmpl *t)
{
	if (t->page_line == 0)
		return tmpl_refuse(t, 0, "%end without %page");
	if (t->place != IN_TEXT)
		return tmpl_refuse(t, 0,
		        arena_printf(t->a, "the tag, attribute or comment of line %d is not closed",
		                t->open_line));
	buf_add_z(&t->c, "}\n");
	t->page_line = 0;
	return EC_OK;
}

/* What follows a condition without braces need not be the line below it: HTML becomes more than one
 * statement. */
static bool lacks_brace(struct str c)
{
	bool asks = str_starts(c, STR("if (")) || str_starts(c, STR("for (")) ||
	            str_starts(c, STR("while (")) || str_starts(c, STR("} else")) ||
	            str_starts(c, STR("else"));
	return asks && (str_ends(c, STR(")")) || str_ends(c, STR("else")));
}

static enum ec c_line(struct tmpl *t)
{
	struct str rest = str_skip(t->line, 1);
	bool c_before = t->c_before;
	t->c_before = false;
	if (str_starts(rest, STR("page ")))
		return begin_page(t, str_trim(str_skip(rest, 5)));
	if (str_eq_z(str_trim(rest), "end") && !str_blank(str_sub(rest, 0, 1)))
		return end_page(t);
	if (str_starts(rest, STR("include "))) {
		struct str name = str_trim(str_skip(rest, 8));
		buf_printf(&t->h, "#include " STR_FMT "\n", STR_ARG(name));
		return EC_OK;
	}
	if (rest.n > 0 && !str_blank(str_sub(rest, 0, 1)))
		return tmpl_refuse(t, 0, "want %page, %end, %include or '% ' before C");
	if (lacks_brace(str_trim(rest)))
		return tmpl_refuse(t, 0, "a condition or loop has braces");
	if (!c_before)
		buf_printf(&t->c, "#line %d \"%s\"\n", t->number, t->file);
	buf_printf(&t->c, " " STR_FMT "\n", STR_ARG(rest));
	t->c_before = true;
	return EC_OK;
}

static enum ec compile(struct tmpl *t, struct str text)
{
	t->number = 0;
	while (str_next(&text, '\n', &t->line)) {
		t->number++;
		TRY(t->line.n > 0 && t->line.p[0] == '%' ? c_line(t) : html_line(t));
	}
	if (t->page_line > 0)
		return err_set(
		        t->e, EC_INPUT, "%s:%d:1: %%page without %%end", t->file, t->page_line);
	return EC_OK;
}

static enum ec run(struct arena *a, char **argv, struct err *e)
{
	struct str text;
	TRY(file_read(a, argv[1], 8 * MIB, &text, e));
	struct tmpl t = {.a = a, .file = argv[1], .e = e};
	struct buf *all[] = {&t.c, &t.h, &t.tag, &t.attr, &t.value};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		buf_init(all[i], a, 64 * MIB);
	struct str guard = str_replace(a, str_c(argv[4]), STR("/"), STR("_"));
	guard = str_replace(a, guard, STR("."), STR("_"));
	guard = str_replace(a, guard, STR("-"), STR("_"));
	buf_printf(&t.h,
	        "/* made by tools/tmplc from %s */\n#ifndef PAGE_" STR_FMT "\n#define PAGE_" STR_FMT
	        "\n#include \"web/out.h\"\n",
	        argv[1], STR_ARG(guard), STR_ARG(guard));
	buf_printf(&t.c, "/* made by tools/tmplc from %s */\n#include \"%s\"\n", argv[1], argv[4]);
	TRY(compile(&t, text));
	buf_add_z(&t.h, "#endif\n");
	TRY(buf_check(&t.c, argv[2], e));
	TRY(file_write(argv[2], buf_str(&t.c), e));
	return file_write(argv[3], buf_str(&t.h), e);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		(void)fputs("usage: tmplc IN.html OUT.c OUT.h HEADER_NAME\n", stderr);
		return 2;
	}
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	if (run(&a, argv, &e) == EC_OK)
		return 0;
	(void)fprintf(stderr, "%s\n", e.msg);
	return 1;
}
