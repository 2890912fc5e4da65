/* Tests: item specification and mark scale of a procedure, year, grade and subject, with their
 * sources. Reference data, loaded by core/result/reference.h. */
#ifndef CORE_RESULT_TEST_H
#define CORE_RESULT_TEST_H

#include "core/ctx.h"
#include "stat/works.h"

struct test_item_row {
	struct str label; /* «5.1» */
	int max;
	struct str level; /* «Б», «П», «В» or "" */
	struct str content_codes, requirement_codes, skill;
};

struct test_row {
	int64_t id;
	struct str procedure, procedure_title; /* "vpr", «ВПР» */
	int year, grade;
	struct str subject, title; /* «ВПР 2021, 4 класс, Математика» */
	int max_total;
	struct str source, status, status_title; /* of the items: «официальный источник» … */
	int min3, min4, min5;                    /* 0: no scale is known */
	struct str scale_source, scale_status, scale_status_title;
	struct test_item_row *item;
	size_t n_items;
	struct stat_test stat; /* the same for kernels */
};

/* EC_NOTFOUND. */
MUST_USE enum ec test_load(const struct ctx *c, int64_t id, struct test_row *ret, struct err *e);

/* Which test a file is about; zero or empty: not known. */
struct test_name {
	int year, grade;
	struct str subject;
};
/* EC_NOTFOUND with a Russian message when there is no such test. */
MUST_USE enum ec test_find(const struct ctx *c, struct str procedure, const struct test_name *name,
        int64_t *ret_id, struct err *e);

/* Reads year, grade and subject out of the name of a file with its folders, or of a title: «2021/4/
 * Проведение работы по математике, 4 класс. ВПР 2021.xlsx», «2020/5/Русский язык.xlsx». Only fields
 * of *io that are not known yet are filled. Subjects are recognised by the stems of their words. */
struct subject_list {
	struct str *v;
	size_t n;
};
void test_name_read(struct arena *a, struct str path, const struct subject_list *subjects,
        struct test_name *io);
MUST_USE enum ec test_subjects(const struct ctx *c, struct subject_list *ret, struct err *e);

/* Labels of items as different sources write them become one: «10.2к1», «10(2)К1», «10,2K1» →
 * "10.2K1". */
struct str item_label_normal(struct arena *a, struct str label);

/* «официальный источник», «применено регионом» … */
struct str source_status_title(struct str status);

#endif
