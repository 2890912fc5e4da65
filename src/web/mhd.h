/* The HTTP server: sockets, threads and the bytes of requests. The only user of libmicrohttpd. */
#ifndef WEB_MHD_H
#define WEB_MHD_H

#include "web/http.h"

struct http_server;

/* Fills w for r. Called from several threads at once; everything of r lives in r->a. */
typedef void http_handle_fn(void *arg, struct req *r, struct resp *w);

struct http_opt {
	const char *listen; /* "127.0.0.1:8080", "[::1]:8080", ":8080" (all addresses) */
	unsigned threads;   /* 0: four */
	const char *proxy; /* address whose X-Forwarded-For and -Proto are believed; NULL: nobody */
	size_t body_max;   /* 0: LIMIT_HTTP_BODY */
	http_handle_fn *handle;
	void *arg;
};

/* Starts answering; the server lives in the arena until http_stop. EC_INPUT for the address, EC_IO
 * when it is taken. */
MUST_USE enum ec http_start(
        struct arena *a, const struct http_opt *o, struct http_server **ret, struct err *e);
/* The port really taken (asked for :0 in tests). */
uint16_t http_port(const struct http_server *s);
/* No new requests; running ones are answered; then the threads end. */
void http_stop(struct http_server *s);

#endif
