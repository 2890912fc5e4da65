/* People: the list, one person with roles, password, activity. */
#ifndef WEB_PAGE_USERS_H
#define WEB_PAGE_USERS_H

#include "core/registry/user.h"
#include "web/list.h"

struct users_page {
	struct head head;
	struct user_list m;
	struct user_filter filter;
	struct pager pager;
};

struct user_page {
	struct head head;
	struct user m;
	struct options roles, territories;
	bool oneself;
};

handler_fn users_get, users_xlsx, user_get_page, user_create_post, user_edit_post, user_active_post;
handler_fn user_password_post, user_role_add_post, user_role_drop_post;

#endif
