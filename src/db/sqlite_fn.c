#include "db/sqlite_fn.h"

#include <string.h>

static void fn_strpos(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	if (sqlite3_value_type(v[0]) == SQLITE_NULL || sqlite3_value_type(v[1]) == SQLITE_NULL)
		return; /* NULL, as there */
	const unsigned char *text = sqlite3_value_text(v[0]);
	const unsigned char *part = sqlite3_value_text(v[1]);
	if (text == NULL || part == NULL) {
		sqlite3_result_error_nomem(c);
		return;
	}
	size_t size = (size_t)sqlite3_value_bytes(v[0]);
	const unsigned char *at = memmem(text, size, part, (size_t)sqlite3_value_bytes(v[1]));
	int place = 0;
	if (at != NULL) {
		place = 1;
		for (const unsigned char *p = text; p < at; p++)
			place += (*p & 0xC0) != 0x80;
	}
	sqlite3_result_int(c, place);
}

int sqlite_fn_add(sqlite3 *db)
{
	return sqlite3_create_function_v2(db, "strpos", 2,
	        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, fn_strpos, NULL, NULL,
	        NULL);
}
