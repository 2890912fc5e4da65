/* Pages of the person: login, own roles and password. */
#ifndef WEB_PAGE_LOGIN_H
#define WEB_PAGE_LOGIN_H

#include "base/limits.h"
#include "web/layout.h"

struct login_page {
	struct head head;
	struct str problem, login;
	struct str next;   /* where to go after */
	struct str ticket; /* the same as in the cookie: the form is ours */
};

struct me_page {
	struct head head;
	struct str problem;
};

handler_fn login_get, login_post, logout_post, me_get, password_get, password_post, theme_post,
        health_get;

#endif
