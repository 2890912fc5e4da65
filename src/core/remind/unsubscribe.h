/* One click that ends the letters (RFC 8058): a link that names the person and cannot be guessed,
 * made from a secret of the installation, so that nothing is stored a letter. */
#ifndef CORE_REMIND_UNSUBSCRIBE_H
#define CORE_REMIND_UNSUBSCRIBE_H

#include "core/ctx.h"

/* Makes the secret when there is none; inside the caller's transaction. */
MUST_USE enum ec unsubscribe_ready(const struct ctx *c, struct err *e);
/* "12-9f…": the token of a person; EC_NOTFOUND before unsubscribe_ready. */
MUST_USE enum ec unsubscribe_token(
        const struct ctx *c, int64_t user_id, struct str *ret, struct err *e);
/* Is the token right? EC_NOTFOUND. Only reads. */
MUST_USE enum ec unsubscribe_check(
        const struct ctx *c, struct str token, int64_t *ret_user, struct err *e);
/* Ends the letters of that person; nobody needs to be logged in. EC_NOTFOUND. */
MUST_USE enum ec unsubscribe(const struct ctx *c, struct str token, struct err *e);

#endif
