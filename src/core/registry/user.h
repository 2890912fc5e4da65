/* People, their roles, passwords and sessions. Rights: CAP_USER_ADMIN for all but one's own
 * password. Each change is an event of the history (never with a password or its hash). */
#ifndef CORE_REGISTRY_USER_H
#define CORE_REGISTRY_USER_H

#include "core/ctx.h"
#include "core/listing.h"

struct user_role_row {
	int64_t id;
	struct str role, role_title;
	int64_t territory_id, org_id; /* ACTOR_ALL: no limit */
	struct str territory_name, org_name;
	struct str valid_from, valid_to;
};

struct user {
	int64_t id;
	struct str login, full_name, email;
	bool active, must_change;
	int64_t created_at;
	struct user_role_row *role;
	size_t n_roles;
};

struct user_filter {
	struct str search;
	bool with_inactive;
	struct paging page;
};
struct user_list {
	struct user *v;
	size_t n;
	int64_t total;
};
MUST_USE enum ec user_list(
        const struct ctx *c, const struct user_filter *f, struct user_list *ret, struct err *e);
MUST_USE enum ec user_get(const struct ctx *c, int64_t id, struct user *ret, struct err *e);

struct user_form {
	struct str login; /* letters, digits, . - _; 3–64; stored in lower case */
	struct str full_name, email;
	struct str password; /* LIMIT_PASSWORD_MIN…LIMIT_PASSWORD bytes */
	bool must_change;    /* the person must choose another at the first login */
	bool light;          /* cheap hash: sample accounts and tests only */
};
/* EC_INPUT (Russian), EC_CONFLICT when the login is taken. */
MUST_USE enum ec user_create(
        const struct ctx *c, const struct user_form *f, int64_t *ret_id, struct err *e);
/* full_name and email. */
MUST_USE enum ec user_edit(
        const struct ctx *c, int64_t id, const struct user_form *f, struct err *e);
/* Deactivating ends the sessions; EC_INPUT for oneself. */
MUST_USE enum ec user_set_active(const struct ctx *c, int64_t id, bool active, struct err *e);
/* By the administrator; the person must change it at the next login; sessions end. */
MUST_USE enum ec user_set_password(
        const struct ctx *c, int64_t id, struct str password, struct err *e);
/* One's own. EC_INPUT when the old one is wrong or the new one is too short. */
MUST_USE enum ec user_change_own_password(
        const struct ctx *c, struct str old_password, struct str new_password, struct err *e);

struct user_role_form {
	struct str role;      /* role_name() */
	int64_t territory_id; /* ACTOR_ALL: the region */
	int64_t org_id;       /* ACTOR_ALL: all of the territory; a school needs one */
	struct str valid_from, valid_to;
};
MUST_USE enum ec user_role_add(const struct ctx *c, int64_t user_id, const struct user_role_form *f,
        int64_t *ret_id, struct err *e);
MUST_USE enum ec user_role_drop(
        const struct ctx *c, int64_t user_id, int64_t role_id, struct err *e);

/* A logged-in person. token goes into the cookie and is stored only as a hash. */
struct session {
	struct str token, csrf;
	struct actor actor;
	bool must_change;
	int64_t expires_at;
};

struct login_form {
	struct str login, password;
	struct str address; /* of the client, for the rate limit */
};
/* EC_DENIED: wrong login or password, or deactivated (one message for all three); EC_LIMIT: too
 * many tries by this login or address in LIMIT_LOGIN_WINDOW seconds. Opens its own transaction;
 * needs a handle that may write. c->actor is not consulted. */
MUST_USE enum ec user_login(
        const struct ctx *c, const struct login_form *f, struct session *ret, struct err *e);
/* EC_NOTFOUND: none, expired, or the person was deactivated. Only reads. */
MUST_USE enum ec session_find(
        const struct ctx *c, struct str token, struct session *ret, struct err *e);
/* Moves the end of the session on; call when session_find says that seen_at is old. */
MUST_USE enum ec session_touch(const struct ctx *c, struct str token, struct err *e);
/* Logout; fine when there is none. */
MUST_USE enum ec session_drop(const struct ctx *c, struct str token, struct err *e);

/* The actor of a login name, for command line tools and tests. EC_NOTFOUND. */
MUST_USE enum ec actor_of_login(
        const struct ctx *c, struct str login, struct actor *ret, struct err *e);

#endif
