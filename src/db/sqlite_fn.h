/* Functions that PostgreSQL has and SQLite lacks; given to every SQLite handle and to tools/sqlc.
 */
#ifndef DB_SQLITE_FN_H
#define DB_SQLITE_FN_H

#include <sqlite3.h>

/* strpos(text, part): place of the part in characters from 1, 0 when absent, 1 for an empty part.
 * Returns a code of SQLite. */
int sqlite_fn_add(sqlite3 *db);

#endif
