/* soko deadline: reads deadline phrases as the documents' reader does, one or a table of them. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "doc/deadline.h"

#define COLUMNS                                                                                    \
	"id\titem\tkind\tstart\tend\ttime\trecurrence\tanchor\toffset\tthen_continuous\t"          \
	"year_rule\tapproximate\tproblem\tfragment\tproposal\n"

enum column { COL_ID, COL_PHRASE, COL_DOC, COL_PLAN_START, COL_PLAN_END, COLS };

static const struct str column_names[COLS] = {
        [COL_ID] = STR_INIT("id"),
        [COL_PHRASE] = STR_INIT("phrase"),
        [COL_DOC] = STR_INIT("doc_date"),
        [COL_PLAN_START] = STR_INIT("plan_start"),
        [COL_PLAN_END] = STR_INIT("plan_end"),
};

/* Tabs and line breaks would break the table. */
static void put_cell(struct arena *a, struct str s)
{
	s = str_replace(a, str_replace(a, s, STR("\t"), STR(" ")), STR("\n"), STR("\\n"));
	(void)fputc('\t', stdout);
	if (s.n > 0) /* fwrite may not be given NULL */
		(void)fwrite(s.p, 1, s.n, stdout);
}

static void put_item(struct arena *a, struct str id, size_t item, const struct deadline *d)
{
	struct str proposal = STR_NONE;
	if (d->proposal_kind != DEADLINE_NONE)
		proposal = str_printf(a, STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT,
		        STR_ARG(deadline_kind_name(d->proposal_kind)),
		        STR_ARG(date_iso(a, d->proposal_start)),
		        STR_ARG(date_iso(a, d->proposal_end)), STR_ARG(d->proposal_recurrence));
	(void)printf(STR_FMT "\t%zu", STR_ARG(id), item);
	put_cell(a, deadline_kind_name(d->kind));
	put_cell(a, date_iso(a, d->start));
	put_cell(a, date_iso(a, d->end));
	put_cell(a, d->time);
	put_cell(a, d->recurrence);
	put_cell(a, d->anchor);
	put_cell(a, d->offset);
	put_cell(a, d->then_continuous ? STR("1") : STR("0"));
	put_cell(a, year_rule_name(d->year_rule));
	put_cell(a, d->approximate ? STR("1") : STR("0"));
	put_cell(a, d->problem);
	put_cell(a, d->fragment);
	put_cell(a, proposal);
	(void)fputc('\n', stdout);
}

static void answer(
        struct arena *a, struct str id, struct str phrase, const struct deadline_env *env)
{
	struct deadline *v;
	size_t n = deadline_parse(a, phrase, env, &v);
	for (size_t i = 0; i < n; i++)
		put_item(a, id, i + 1, &v[i]);
}

static enum ec read_date(struct str s, const char *what, struct date *ret, struct err *e)
{
	*ret = (struct date){0};
	if (s.n > 0 && !date_parse_iso(s, ret))
		return err_set(
		        e, EC_INPUT, "%s: «" STR_FMT "» — не дата ГГГГ-ММ-ДД", what, STR_ARG(s));
	return EC_OK;
}

static enum ec read_header(struct str line, int at[COLS], struct err *e)
{
	struct str cell;
	for (int i = 0; i < COLS; i++)
		at[i] = -1;
	for (int n = 0; str_next(&line, '\t', &cell); n++) {
		for (int i = 0; i < COLS; i++) {
			if (str_eq(str_trim(cell), column_names[i]))
				at[i] = n;
		}
	}
	if (at[COL_ID] < 0 || at[COL_PHRASE] < 0)
		return err_set(e, EC_INPUT, "в первой строке нужны столбцы id и phrase");
	return EC_OK;
}

static enum ec answer_row(
        struct arena *a, struct str line, const int at[COLS], struct str *last, struct err *e)
{
	struct str v[COLS] = {0}, cell;
	struct deadline_env env;
	for (int n = 0; str_next(&line, '\t', &cell); n++) {
		for (int i = 0; i < COLS; i++) {
			if (at[i] == n)
				v[i] = cell;
		}
	}
	/* a table of answers repeats the phrase for each item */
	if (v[COL_ID].n == 0 || str_eq(v[COL_ID], *last))
		return EC_OK;
	*last = v[COL_ID];
	TRY(read_date(str_trim(v[COL_DOC]), "doc_date", &env.doc, e));
	TRY(read_date(str_trim(v[COL_PLAN_START]), "plan_start", &env.plan_start, e));
	TRY(read_date(str_trim(v[COL_PLAN_END]), "plan_end", &env.plan_end, e));
	answer(a, v[COL_ID], str_replace(a, v[COL_PHRASE], STR("\\n"), STR("\n")), &env);
	return EC_OK;
}

static enum ec answer_table(const char *path, struct err *e)
{
	AUTO_ARENA(file, LIMIT_ARENA_JOB);
	AUTO_ARENA(scratch, LIMIT_ARENA_REQUEST);
	struct str text, line, last = STR_NONE;
	int at[COLS];
	TRY(file_read(&file, path, LIMIT_FILE, &text, e));
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_skip(text, 3);
	if (!str_next(&text, '\n', &line))
		return err_set(e, EC_INPUT, "%s: пустой файл", path);
	TRY(read_header(line, at, e));
	(void)fputs(COLUMNS, stdout);
	for (size_t n = 2; str_next(&text, '\n', &line); n++) {
		if (str_ends(line, STR("\r")))
			line = str_sub(line, 0, line.n - 1);
		if (answer_row(&scratch, line, at, &last, e) != EC_OK)
			return err_wrap(e, "%s, строка %zu", path, n);
		arena_clear(&scratch);
	}
	return EC_OK;
}

enum ec cmd_deadline(struct cmd_args *args, struct err *e)
{
	const char *doc, *plan_start, *plan_end;
	struct deadline_env env;
	bool table = opt_flag(args, "--tsv");
	TRY(opt_value(args, "--doc", "", &doc, e));
	TRY(opt_value(args, "--plan-start", "", &plan_start, e));
	TRY(opt_value(args, "--plan-end", "", &plan_end, e));
	TRY(opt_end(args, table ? 0 : 1, 1, e));
	if (table)
		return answer_table(args->n > 0 ? args->v[0] : "-", e);
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	TRY(read_date(str_c(doc), "--doc", &env.doc, e));
	TRY(read_date(str_c(plan_start), "--plan-start", &env.plan_start, e));
	TRY(read_date(str_c(plan_end), "--plan-end", &env.plan_end, e));
	(void)fputs(COLUMNS, stdout);
	answer(&a, STR("1"), str_c(args->v[0]), &env);
	return EC_OK;
}
