/* Who acts and what they may: rights are role × territory. */
#ifndef CORE_ACTOR_H
#define CORE_ACTOR_H

#include "base/str.h"

/* What may be done. A route's row names exactly one; 0 is invalid there. */
enum cap {
	CAP_NONE = 0,
	CAP_PUBLIC, /* login page, health: nobody needs to be known */
	CAP_SELF,   /* any person who is logged in: own password, overview */
	CAP_DOCUMENT_READ,
	CAP_DOCUMENT_WRITE, /* drop, edit, confirm */
	CAP_ASSIGNMENT_READ,
	CAP_ASSIGNMENT_WORK, /* executor: report on own assignments */
	CAP_ASSIGNMENT_CONTROL,
	CAP_RESULT_READ,
	CAP_RESULT_LOAD,
	CAP_REGISTRY_READ,
	CAP_REGISTRY_WRITE,
	CAP_USER_ADMIN,
	CAP_AUDIT_READ,
	CAP_CALENDAR_WRITE, /* days off, school terms, rules of due days */
	CAP_COUNT
};

enum role {
	ROLE_NONE = 0,
	ROLE_ADMIN,    /* users and organisations; no results of schools */
	ROLE_REGION,   /* regional department */
	ROLE_OPERATOR, /* regional operator: loads results */
	ROLE_MUNICIPALITY,
	ROLE_SCHOOL,
	ROLE_CURATOR, /* reads the schools of a territory */
	ROLE_COUNT
};

/* One role of a person and where it holds. ACTOR_ALL: no limit by that column. */
#define ACTOR_ALL INT64_MIN
struct actor_role {
	enum role role;
	int64_t territory_id; /* municipality, or ACTOR_ALL for the region */
	int64_t org_id;       /* school, or ACTOR_ALL for all of the territory */
};

struct actor {
	int64_t user_id; /* 0: the program or nobody */
	struct str login, name;
	const struct actor_role *role;
	size_t n_roles;
	bool program;   /* soko itself: migrations, imports from the command line */
	int64_t for_id; /* a deputy at work: whose duties these are; 0: one's own */
	struct str for_name;
};

/* The limits under which a person holds a right; handed to every list query. */
struct scope {
	int64_t territory_id; /* ACTOR_ALL: the whole region */
	int64_t org_id;       /* ACTOR_ALL: all of the territory */
};

/* Does the role carry the right at all? (the table is in actor.c) */
bool role_has(enum role r, enum cap c);
struct str role_name(enum role r);  /* stored: "region" */
struct str role_title(enum role r); /* shown: «Региональный департамент» */
bool role_of(struct str name, enum role *ret);

/* The widest scope in which the actor holds the right; false when nowhere. */
bool actor_scope(const struct actor *who, enum cap c, struct scope *ret);
/* May the actor do it to a thing of this territory and organisation (ACTOR_ALL: the thing has
 * none)? */
bool actor_may(const struct actor *who, enum cap c, int64_t territory_id, int64_t org_id);

/* The program itself: may do everything, user_id 0. */
extern const struct actor actor_program;

#endif
