/* soko lint FILE: what a careful clerk would notice in a draft before it is signed. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "core/intake.h"
#include "doc/lint_rules.h"
#include "pack/json.h"

#include <stdio.h>

enum form { LINES, TSV, JSON };

static const struct field *clause_of(const struct document *d, const struct diag *w)
{
	return w->assignment < d->n_assignments ? &d->assignment[w->assignment].clause : NULL;
}

static uint32_t line_of(const struct document *d, const struct diag *w)
{
	uint32_t page, line = 0;
	if (w->span.to > w->span.from)
		source_place(d->source, w->span.from, &page, &line);
	return line;
}

/* Messages about an assignment begin with its place; the others get one here. */
static void put_line(struct buf *out, const struct document *d, const struct diag *w)
{
	struct str severity = severity_name(w->severity);
	uint32_t line = line_of(d, w);
	buf_printf(out, STR_FMT " " STR_FMT " ", STR_ARG(severity), STR_ARG(w->code));
	if (w->assignment == SIZE_MAX && line > 0)
		buf_printf(out, "строка %u: ", line);
	else if (w->assignment == SIZE_MAX)
		buf_add_z(out, "документ: ");
	buf_add(out, w->message);
	buf_byte(out, '\n');
}

static void put_flat(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_byte(out, s.p[i] == '\t' || s.p[i] == '\n' ? ' ' : s.p[i]);
}

static void put_tsv(struct buf *out, const struct document *d, const struct diag *w)
{
	const struct field *clause = clause_of(d, w);
	struct str severity = severity_name(w->severity);
	buf_printf(out, STR_FMT "\t" STR_FMT "\t%u\t", STR_ARG(severity), STR_ARG(w->code),
	        line_of(d, w));
	put_flat(out, clause != NULL ? clause->text : STR(""));
	buf_byte(out, '\t');
	put_flat(out, w->fragment);
	buf_byte(out, '\t');
	put_flat(out, w->message);
	buf_byte(out, '\n');
}

static void put_json(struct json *j, const struct document *d, const struct diag *w)
{
	const struct field *clause = clause_of(d, w);
	json_obj(j);
	json_kv_str(j, "severity", severity_name(w->severity));
	json_kv_str(j, "code", w->code);
	json_kv_int(j, "line", line_of(d, w));
	json_key(j, STR("clause"));
	json_str_or_null(j, clause != NULL && clause->text.n > 0 ? clause->text : STR_NONE);
	json_kv_str(j, "fragment", w->fragment);
	json_kv_str(j, "message", w->message);
	json_obj_end(j);
}

static enum ec print(const struct buf *out, struct err *e)
{
	TRY(buf_check(out, "ответ", e));
	if (out->n > 0 && fwrite(out->p, 1, out->n, stdout) != out->n)
		return err_set(e, EC_IO, "вывод не записан");
	return EC_OK;
}

static enum ec rules(struct arena *a, struct err *e)
{
	struct buf out;
	buf_init(&out, a, MIB);
	buf_add_z(&out, "code\tseverity\ttitle\tsource\n");
	for (size_t i = 0; i < lint_rules_n; i++) {
		const struct lint_rule *r = &lint_rules[i];
		struct str severity = severity_name(r->severity);
		buf_printf(&out, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
		        STR_ARG(r->code), STR_ARG(severity), STR_ARG(r->title), STR_ARG(r->source));
	}
	return print(&out, e);
}

static void put_all(struct buf *out, const struct document *d, enum form form)
{
	struct json j;
	json_init(&j, out, true);
	if (form == TSV)
		buf_add_z(out, "severity\tcode\tline\tclause\tfragment\tmessage\n");
	if (form == JSON)
		json_arr(&j);
	for (size_t i = 0; i < d->n_warnings; i++) {
		if (form == LINES)
			put_line(out, d, &d->warning[i]);
		else if (form == TSV)
			put_tsv(out, d, &d->warning[i]);
		else
			put_json(&j, d, &d->warning[i]);
	}
	if (form == JSON) {
		json_arr_end(&j);
		buf_byte(out, '\n');
	}
}

/* Exit status: 0 no errors (warnings and notes may be printed), 2 errors in the document; a file
 * that cannot be read gives the statuses of main.c. */
enum ec cmd_lint(struct cmd_args *args, struct err *e)
{
	enum form form = opt_flag(args, "--tsv") ? TSV : opt_flag(args, "--json") ? JSON : LINES;
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	if (opt_flag(args, "--rules")) {
		TRY(opt_end(args, 0, 0, e));
		return rules(&a, e);
	}
	TRY(opt_end(args, 1, 1, e));
	struct str bytes;
	struct source src;
	struct document doc;
	struct buf out;
	struct jail jail = {0}; /* this program again */
	const struct ctx_progress progress = {cmd_progress, NULL};
	struct ctx ctx = {.a = &a, .jail = &jail, .progress = &progress};
	TRY(file_read(&a, args->v[0], LIMIT_FILE, &bytes, e));
	TRY(intake_document(&ctx, bytes, path_base(str_c(args->v[0])), &src, e));
	document_parse(&a, &src, &doc);
	buf_init(&out, &a, LIMIT_JAIL_OUTPUT);
	put_all(&out, &doc, form);
	for (size_t i = 0; i < doc.n_warnings; i++)
		if (doc.warning[i].severity == SEVERITY_ERROR)
			args->status = 2;
	return print(&out, e);
}
