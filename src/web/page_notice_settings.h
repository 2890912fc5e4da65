/* What a person wants to be told, and the steps of reminding of a territory. */
#ifndef WEB_PAGE_NOTICE_SETTINGS_H
#define WEB_PAGE_NOTICE_SETTINGS_H

#include "core/remind/notice_setting.h"
#include "web/list.h"

struct notice_settings_page {
	struct head head;
	struct notice_setting m;
	struct remind_steps steps;
	struct str email; /* of the account; empty: no letters */
	bool mail_works;  /* the administrator has set up letters */
};

struct remind_steps_page {
	struct head head;
	struct remind_steps m;
	struct options territories, statuses;
	int64_t territory; /* 0: the region */
	bool may_edit;
};

/* Can the step concern the person at all? */
bool notice_step_mine(const struct call *c, const struct remind_step *s);

handler_fn notice_settings_get, notice_settings_post, remind_steps_get, remind_steps_xlsx;
handler_fn remind_step_post;

#endif
