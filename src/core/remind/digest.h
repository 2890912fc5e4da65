/* The letter a person gets once a day when there is something new: made from notices not read yet
 * whose assignments are still open, sent through SMTP, recorded.
 *
 * Never lost, at most once more: a letter is first marked as being sent, then handed over, then
 * recorded as sent. When the program dies between the last two, nobody knows; then it is sent
 * again, once, with the same Message-ID, so that mail programs may join both. A reminder that came
 * twice costs a glance, one that never came a deadline. A second death leaves it as failed, for the
 * administrator to see. */
#ifndef CORE_REMIND_DIGEST_H
#define CORE_REMIND_DIGEST_H

#include "core/remind/mail_setting.h"
#include "core/remind/notice.h"

#define DIGEST_LEASE 900 /* seconds after which a sender that gave no sign is thought dead */
#define DIGEST_TRIES 8   /* after 1, 5, 15, 60, 180, 360, 720 minutes */
#define DIGEST_BACK  30  /* days: older news are not mailed any more */

/* Makes letters of the clock's day for those whose hour has come (all: whatever the hour, for
 * trials) and who want them. One transaction a person. Nothing while letters are off.
 * *ret_n: letters made. */
MUST_USE enum ec digest_prepare(const struct ctx *c, bool all, int64_t *ret_n, struct err *e);

/* The same inside the caller's transaction, with letters taken as on (trials). */
MUST_USE enum ec digest_prepare_in(const struct ctx *c, const struct mail_setting *mail, bool all,
        int64_t *ret_n, struct err *e);

struct digest_sent {
	int64_t sent, again, failed; /* again: will be tried later */
	struct str last_error;
};
/* Sends what waits, at most n letters, over one connection. A letter that does not go is recorded,
 * not returned; EC_DB. Nothing while letters are off. */
MUST_USE enum ec digest_send(
        const struct ctx *c, int64_t n, struct digest_sent *ret, struct err *e);

/* The text of a letter, for the trial and for tests. */
struct digest_text {
	struct str subject, text, html, unsubscribe;
};
struct digest_head {
	int64_t user_id;
	struct date day;
	struct str site; /* "" : links are left out */
};
MUST_USE enum ec digest_text(const struct ctx *c, const struct digest_head *h, int64_t digest_id,
        struct digest_text *ret, struct err *e);

/* For the administrator (CAP_USER_ADMIN): letters, the failed first. */
struct digest_row {
	int64_t id;
	struct str name, email, day;
	struct str state, state_title; /* "failed", «не отправлено» */
	int64_t n, tries, unsure;
	int64_t made_at, next_at, sent_at; /* INT64_MIN: not yet */
	struct str error;
};
struct digest_list {
	struct digest_row *v;
	size_t n;
	int64_t n_waiting, n_sent, n_failed;
};
MUST_USE enum ec digest_list(
        const struct ctx *c, int64_t n, struct digest_list *ret, struct err *e);
/* A failed letter is tried anew. EC_NOTFOUND. */
MUST_USE enum ec digest_again(const struct ctx *c, int64_t id, struct err *e);

#endif
