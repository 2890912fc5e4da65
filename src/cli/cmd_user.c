#include "base/clock.h"
#include "base/cur.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "core/registry/user.h"
#include "core/store.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* One line from standard input, not echoed on a terminal. */
static enum ec password_ask(struct arena *a, struct str *ret, struct err *e)
{
	struct termios was, hidden;
	bool tty = tcgetattr(STDIN_FILENO, &was) == 0;
	if (tty) {
		(void)fputs("Пароль: ", stderr);
		hidden = was;
		hidden.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	}
	char line[LIMIT_PASSWORD + 2];
	char *got = fgets(line, sizeof(line), stdin);
	if (tty) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
		(void)fputs("\n", stderr);
	}
	if (got == NULL)
		return err_set(e, EC_INPUT, "пароль не введён");
	struct str s = str_c(line);
	if (str_ends(s, STR("\n")))
		s.n--;
	*ret = str_dup(a, s);
	return EC_OK;
}

static enum ec id_read(const char *text, int64_t *ret, struct err *e)
{
	struct cur c = CUR(str_c(text));
	if (*text == '\0') {
		*ret = ACTOR_ALL;
		return EC_OK;
	}
	if (cur_int(&c, 1, INT64_MAX, ret) && cur_end(&c))
		return EC_OK;
	return err_set(e, EC_INPUT, "«%s»: нужен номер", text);
}

struct person {
	struct user_form user;
	struct user_role_form role;
};

static enum ec add(const struct ctx *c, const struct person *p, struct err *e)
{
	int64_t id, role;
	TRY(user_create(c, &p->user, &id, e));
	TRY(user_role_add(c, id, &p->role, &role, e));
	(void)printf("заведён «" STR_FMT "», номер %lld\n", STR_ARG(p->user.login), (long long)id);
	return EC_OK;
}

/* Opens the store for one call by the program itself. */
static enum ec with_store(struct arena *a, const char *db,
        enum ec (*fn)(const struct ctx *c, const struct person *p, struct err *e),
        const struct person *p, struct err *e)
{
	struct clock clock = {.offset_min = 300};
	AUTO_STORE store = NULL;
	TRY(store_open(a,
	        &(struct store_opt){
	                .url = db, .now = clock_now(&clock), .program = STR(SOKO_VERSION)},
	        &store, e));
	struct ctx c = {.a = a, .clock = &clock, .actor = &actor_program};
	TRY(store_take(store, false, &c.db, e));
	enum ec code = fn(&c, p, e);
	store_give(store, c.db);
	return code;
}

enum ec cmd_user_add(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_PROGRAM);
	const char *db, *name, *role, *territory, *org;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_value(args, "--name", "", &name, e));
	TRY(opt_value(args, "--role", "", &role, e));
	TRY(opt_value(args, "--territory", "", &territory, e));
	TRY(opt_value(args, "--org", "", &org, e));
	bool light = opt_flag(args, "--light");
	TRY(opt_end(args, 1, 1, e));
	struct person p = {
	        .user = {.login = str_c(args->v[0]), .full_name = str_c(name), .light = light},
	        .role = {.role = str_c(role)},
	};
	TRY(id_read(territory, &p.role.territory_id, e));
	TRY(id_read(org, &p.role.org_id, e));
	TRY(password_ask(&a, &p.user.password, e));
	return with_store(&a, db, add, &p, e);
}

static enum ec set_password(const struct ctx *c, const struct person *p, struct err *e)
{
	struct actor who;
	TRY(actor_of_login(c, p->user.login, &who, e));
	return user_set_password(c, who.user_id, p->user.password, e);
}

enum ec cmd_user_passwd(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_PROGRAM);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_end(args, 1, 1, e));
	struct person p = {.user = {.login = str_c(args->v[0])}};
	TRY(password_ask(&a, &p.user.password, e));
	return with_store(&a, db, set_password, &p, e);
}
