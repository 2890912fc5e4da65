#include "cli/cmd.h"

#include <string.h>

static void drop(struct cmd_args *args, int i, int n)
{
	for (int k = i; k + n < args->n; k++)
		args->v[k] = args->v[k + n];
	args->n -= n;
}

enum ec opt_value(struct cmd_args *args, const char *name, const char *fallback, const char **ret,
        struct err *e)
{
	size_t len = strlen(name);
	*ret = fallback;
	for (int i = 0; i < args->n; i++) {
		if (strncmp(args->v[i], name, len) != 0)
			continue;
		if (args->v[i][len] == '=') {
			*ret = args->v[i] + len + 1;
			drop(args, i, 1);
			return EC_OK;
		}
		if (args->v[i][len] != '\0')
			continue;
		if (i + 1 >= args->n)
			return err_set(e, EC_INPUT, "после %s нужно значение", name);
		*ret = args->v[i + 1];
		drop(args, i, 2);
		return EC_OK;
	}
	return EC_OK;
}

bool opt_flag(struct cmd_args *args, const char *name)
{
	for (int i = 0; i < args->n; i++)
		if (strcmp(args->v[i], name) == 0) {
			drop(args, i, 1);
			return true;
		}
	return false;
}

enum ec opt_end(const struct cmd_args *args, int min, int max, struct err *e)
{
	for (int i = 0; i < args->n; i++)
		if (args->v[i][0] == '-' && args->v[i][1] == '-')
			return err_set(e, EC_INPUT, "неизвестный ключ %s", args->v[i]);
	if (args->n < min)
		return err_set(e, EC_INPUT, "не хватает аргументов");
	if (args->n > max)
		return err_set(e, EC_INPUT, "лишний аргумент %s", args->v[max]);
	return EC_OK;
}
