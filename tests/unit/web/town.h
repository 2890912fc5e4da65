/* A small installation for tests of the site: a region of two municipalities with a school each,
 * one person a role, and a client that keeps cookies. */
#ifndef TESTS_WEB_TOWN_H
#define TESTS_WEB_TOWN_H

#include "core/store.h"
#include "web/site.h"

enum person {
	NOBODY,
	ADMIN,
	REGION,
	OPERATOR,
	MUNICIPALITY_A,
	SCHOOL_A,
	CURATOR_A,
	WITHOUT_ROLE,
	PERSON_COUNT
};
extern const char *const person_login[PERSON_COUNT];
extern const enum role person_role[PERSON_COUNT];
#define PASSWORD "Проверка-12345"

struct town {
	struct arena a; /* of the whole test */
	struct site site;
	int64_t region, place_a, place_b, school_a, school_b; /* territories and organisations */
	int64_t order_a, order_b, point_a, point_b, task_a, task_b; /* filled by town_orders */
	int64_t user[PERSON_COUNT];
	struct str token[PERSON_COUNT], csrf[PERSON_COUNT]; /* of their sessions */
	char *folder;
};

bool town_build(struct town *t);
/* An order for the schools of each of the two places, confirmed: documents, points, assignments. */
bool town_orders(struct town *t);
void town_raze(struct town *t);
/* A context of the program for direct calls of core; give it back with town_done. */
struct ctx town_ctx(struct town *t);
void town_done(struct town *t, struct ctx *c);

struct ask {
	enum person who;
	enum http_method method;
	const char *target;
	const char *body; /* urlencoded, without the token; NULL: none */
	bool no_token;
	struct str headers; /* "Name: value\nName: value" */
};
/* The answer lives in t->a. */
struct resp town_ask(struct town *t, const struct ask *q);
struct str resp_get(const struct resp *w, const char *header);

#endif
