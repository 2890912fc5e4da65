/* The mail server of the installation and what became of the letters; and the page of a letter's
 * link «больше не присылать», which needs no login. */
#ifndef WEB_PAGE_MAIL_H
#define WEB_PAGE_MAIL_H

#include "core/remind/digest.h"
#include "core/remind/mail_setting.h"
#include "web/list.h"

struct mail_page {
	struct head head;
	struct mail_setting m;
	struct digest_list letters;
	struct options securities;
};

struct off_page {
	struct head head;
	struct str token;
	bool done;
};

handler_fn mail_get, mail_post, mail_test_post, digest_again_post, letters_off_get,
        letters_off_post;

#endif
