/* What every subcommand has in common: the table row, options, exit codes. */
#ifndef CLI_CMD_H
#define CLI_CMD_H

#include "base/str.h"

/* Arguments after the name of the command; options are taken out, the rest are operands. */
struct cmd_args {
	char **v;
	int n;
	int status; /* exit status of a command that ran well and has something to say by it */
};

typedef enum ec cmd_fn(struct cmd_args *args, struct err *e);

struct cmd {
	const char *name;  /* "serve", "user add" */
	const char *usage; /* "[--db DB] [--listen ADDR:PORT]" */
	const char *help;  /* one line, Russian */
	cmd_fn *run;       /* EC_INPUT from wrong arguments prints the usage */
};

/* Takes "--name VALUE" or "--name=VALUE" out of the arguments; fallback when it is not there.
 * EC_INPUT when the value is missing. */
MUST_USE enum ec opt_value(struct cmd_args *args, const char *name, const char *fallback,
        const char **ret, struct err *e);
/* Takes "--name" out. */
bool opt_flag(struct cmd_args *args, const char *name);
/* EC_INPUT when an unknown option is left, or the number of operands is outside min…max. */
MUST_USE enum ec opt_end(const struct cmd_args *args, int min, int max, struct err *e);

cmd_fn cmd_deadline, cmd_lint, cmd_parse, cmd_serve, cmd_user_add, cmd_user_passwd;
cmd_fn cmd_sample_load, cmd_sample_accounts;
cmd_fn cmd_import_reference, cmd_import_registry, cmd_import_results, cmd_import_undo;
cmd_fn cmd_audit_verify, cmd_check, cmd_import_document, cmd_tick, cmd_work;
cmd_fn cmd_report_summary, cmd_report_table;
cmd_fn cmd_mail, cmd_rebuild, cmd_remind;
cmd_fn cmd_stat;
cmd_fn cmd_objectivity_score;

/* Progress of long work on the terminal's error stream; silent when it is none. For
 * struct ctx_progress. */
enum ec cmd_progress(void *user, uint32_t done, uint32_t all, struct err *e);

#endif
