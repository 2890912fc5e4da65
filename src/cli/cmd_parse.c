/* soko parse FILE: shows what the document parser understood. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "core/intake.h"
#include "doc/document.h"

#include <stdio.h>

/* --json (the default): schema assignments/1.0. --dump: one fact a line, with places in the text.
 * --text: the full text that the places belong to. */
enum ec cmd_parse(struct cmd_args *args, struct err *e)
{
	bool dump = opt_flag(args, "--dump"), text = opt_flag(args, "--text");
	(void)opt_flag(args, "--json");
	TRY(opt_end(args, 1, 1, e));
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct str bytes;
	struct source src;
	struct document doc;
	struct buf out;
	TRY(file_read(&a, args->v[0], LIMIT_FILE, &bytes, e));
	if (bytes.n == 0)
		return err_set(e, EC_INPUT, "файл пуст");
	struct jail jail = {0}; /* this program again */
	const struct ctx_progress progress = {cmd_progress, NULL};
	struct ctx ctx = {.a = &a, .jail = &jail, .progress = &progress};
	TRY(intake_document(&ctx, bytes, path_base(str_c(args->v[0])), &src, e));
	buf_init(&out, &a, LIMIT_JAIL_OUTPUT);
	if (text) {
		buf_add(&out, src.text);
	} else {
		document_parse(&a, &src, &doc);
		if (dump)
			document_dump(&out, &doc);
		else
			document_json(&out, &doc);
	}
	TRY(buf_check(&out, "ответ", e));
	if (fwrite(out.p, 1, out.n, stdout) != out.n)
		return err_set(e, EC_IO, "вывод не записан");
	return EC_OK;
}
