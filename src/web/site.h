/* The site: what all requests share, and the dispatcher that checks everything before a handler
 * runs. */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "base/clock.h"
#include "web/call.h"

struct store;

/* Shared by all threads, never changed after the start. */
struct site {
	struct store *store;
	struct clock clock;
	struct jail *jail;
	bool https;        /* behind a proxy that speaks https: cookies get Secure, HSTS is sent */
	struct str region; /* shown in the page head */
};

/* Answers one request: static file, route, or error page. */
void site_handle(void *site, struct req *r, struct resp *w);

/* The table of pages and calls. */
extern const struct route site_routes[];
extern const size_t site_routes_n;

/* Does the pattern match? Fills ids and the rest. */
bool route_match(
        const struct route *t, struct str path, int64_t id[CALL_IDS], struct str *ret_rest);
/* One mapping of outcomes to HTTP statuses. */
int status_of(enum ec code);

#endif
