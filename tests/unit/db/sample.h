/* The generated set of the tests of db/: sample/. */
#ifndef TESTS_DB_SAMPLE_H
#define TESTS_DB_SAMPLE_H

#include "db/stmt.h"

extern const struct db_set db_set_sample;

#endif
