#include "web/mhd.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/cur.h"
#include "base/limits.h"
#include "base/log.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define CONNECTION_MAX     1000
#define CONNECTION_TIMEOUT 30 /* seconds without a byte */
#define THREADS_DEFAULT    4
#define TARGET_MAX         8192

struct http_server {
	struct MHD_Daemon *daemon;
	struct http_opt opt;
	uint16_t port;
};

/* One request from its first line to its last byte; stands in its own arena. */
struct exchange {
	struct arena arena;
	struct req req;
	struct str target;
	struct buf body;
	int64_t started_us;
	int refused; /* status decided before the body was read, 0 when none */
};

/* libmicrohttpd's hook that sees the target exactly as sent: we decode it ourselves, once. */
static void *exchange_begin(void *arg, const char *uri, struct MHD_Connection *connection)
{
	(void)arg;
	(void)connection;
	struct arena a;
	arena_init(&a, LIMIT_ARENA_REQUEST);
	struct exchange *x = arena_new(&a, struct exchange, 1);
	x->started_us = clock_monotonic_us();
	if (strnlen(uri, TARGET_MAX) >= TARGET_MAX) {
		x->refused = MHD_HTTP_URI_TOO_LONG;
		x->target = STR("/");
	} else {
		x->target = str_dup(&a, str_c(uri));
	}
	x->arena = a;
	x->req.a = &x->arena;
	return x;
}

static void exchange_end(void *arg, struct MHD_Connection *connection, void **state,
        enum MHD_RequestTerminationCode why)
{
	(void)arg;
	(void)connection;
	(void)why;
	struct exchange *x = *state;
	if (x == NULL)
		return;
	struct arena a = x->arena; /* x stands inside it */
	*state = NULL;
	arena_clear(&a);
}

static enum MHD_Result header_add(
        void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	struct req *r = arg;
	field_add(r->a, &r->headers, str_c(name), str_c(value));
	return MHD_YES;
}

static struct str peer_name(struct arena *a, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";
	if (info == NULL || info->client_addr == NULL)
		return STR("");
	const struct sockaddr *sa = info->client_addr;
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, sa, sizeof(in));
		(void)inet_ntop(AF_INET, &in.sin_addr, text, sizeof(text));
	} else if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in;
		memcpy(&in, sa, sizeof(in));
		(void)inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof(text));
	}
	return str_dup(a, str_c(text));
}

/* The last header of the name: what stands nearest to us was added by the proxy itself, all before
 * it may be an invention of the client. */
static struct str header_last(const struct req *r, struct str name)
{
	struct str found = STR("");
	for (size_t i = 0; i < r->headers.n; i++)
		if (str_ieq_ascii(r->headers.v[i].name, name))
			found = r->headers.v[i].value;
	size_t from = 0;
	for (size_t at; (at = str_find_byte(found, ',', from)) != SIZE_MAX;)
		from = at + 1;
	return str_trim(str_skip(found, from));
}

static bool is_address(struct str s)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr any;
	if (s.n == 0 || s.n >= sizeof(text))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return inet_pton(AF_INET, text, &any) == 1 || inet_pton(AF_INET6, text, &any) == 1;
}

/* Who really asks, when the trusted proxy does for him. Others may send these headers as they like.
 */
static void proxy_heed(const struct http_opt *o, struct req *r)
{
	if (o->proxy == NULL || !str_eq(r->peer, str_c(o->proxy)))
		return;
	struct str person = header_last(r, STR("X-Forwarded-For"));
	if (is_address(person))
		r->peer = person;
	r->https = str_ieq_ascii(header_last(r, STR("X-Forwarded-Proto")), STR("https"));
}

static void method_set(struct req *r, const char *method)
{
	r->head = strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
	if (r->head || strcmp(method, MHD_HTTP_METHOD_GET) == 0)
		r->method = METHOD_GET;
	else if (strcmp(method, MHD_HTTP_METHOD_POST) == 0)
		r->method = METHOD_POST;
}

static void headers_send(struct MHD_Response *answer, const struct resp *w)
{
	for (size_t i = 0; i < w->headers.n; i++) {
		const struct field *f = &w->headers.v[i];
		char name[64];
		char value[4096];
		if (f->name.n >= sizeof(name) || f->value.n >= sizeof(value))
			BUG("header too long");
		memcpy(name, f->name.p, f->name.n);
		name[f->name.n] = '\0';
		if (f->value.n > 0)
			memcpy(value, f->value.p, f->value.n);
		value[f->value.n] = '\0';
		(void)MHD_add_response_header(answer, name, value);
	}
}

static enum MHD_Result answer(
        struct MHD_Connection *connection, struct exchange *x, struct resp *w, const char *method)
{
	if (w->status == 0)
		w->status = MHD_HTTP_OK;
	resp_header(&x->arena, w, STR("Content-Type"),
	        w->type.n > 0 ? w->type : STR("text/html; charset=utf-8"));
	struct MHD_Response *out = MHD_create_response_from_buffer(w->body.n,
	        (void *)(uintptr_t)(w->body.n > 0 ? w->body.p : ""), MHD_RESPMEM_PERSISTENT);
	if (out == NULL)
		return MHD_NO;
	headers_send(out, w);
	enum MHD_Result done = MHD_queue_response(connection, (unsigned)w->status, out);
	MHD_destroy_response(out);
	/* The query may hold names, some paths are keys: they stay out of the log. */
	log_line(LOG_LEVEL_INFO, "http " STR_FMT " %s " STR_FMT " %d %zu %lldus %zuKiB",
	        STR_ARG(x->req.peer), method, STR_ARG(path_for_log(x->req.path)), w->status,
	        w->body.n, (long long)(clock_monotonic_us() - x->started_us),
	        (size_t)(LIMIT_ARENA_REQUEST - arena_left(&x->arena)) / KIB);
	return done;
}

static enum MHD_Result refuse(
        struct MHD_Connection *connection, struct exchange *x, int status, const char *method)
{
	struct resp w = {.status = status, .type = STR("text/plain; charset=utf-8")};
	w.body = status == MHD_HTTP_CONTENT_TOO_LARGE
	                 ? STR("Слишком большой запрос: файлы до 50 МБ.\n")
	                 : STR("Неверный запрос.\n");
	resp_header(&x->arena, &w, STR("Connection"), STR("close"));
	return answer(connection, x, &w, method);
}

/* Reads what stands before the body; sets x->refused when the request cannot be taken. */
static void exchange_head(struct http_server *s, struct exchange *x,
        struct MHD_Connection *connection, const char *method)
{
	struct req *r = &x->req;
	struct err e;
	(void)MHD_get_connection_values(connection, MHD_HEADER_KIND, header_add, r);
	r->peer = peer_name(r->a, connection);
	proxy_heed(&s->opt, r);
	r->path = STR("?");
	method_set(r, method);
	cookies_parse(r->a, header_get(r, STR("Cookie")), &r->cookies);
	r->body_type = header_get(r, STR("Content-Type"));
	struct cur length = CUR(header_get(r, STR("Content-Length")));
	uint64_t n = 0;
	if (x->refused == 0 && target_parse(r, x->target, &e) != EC_OK)
		x->refused = MHD_HTTP_BAD_REQUEST;
	if (x->refused == 0 && r->method == METHOD_NONE)
		x->refused = MHD_HTTP_METHOD_NOT_ALLOWED;
	if (x->refused == 0 && length.s.n > 0 &&
	        (!cur_uint(&length, 18, UINT64_MAX, &n) || n > s->opt.body_max))
		x->refused = MHD_HTTP_CONTENT_TOO_LARGE;
	buf_init(&x->body, r->a, s->opt.body_max);
}

/* signature of libmicrohttpd */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url,
        const char *method, const char *version, const char *data, size_t *data_n, void **state)
{
	(void)url;
	(void)version;
	struct http_server *s = arg;
	struct exchange *x = *state;
	if (x->body.a == NULL) { /* first call: the head only */
		exchange_head(s, x, connection, method);
		if (x->refused != 0)
			return refuse(connection, x, x->refused, method);
		return MHD_YES;
	}
	if (*data_n > 0) {
		if (!x->body.over)
			buf_add_n(&x->body, data, *data_n);
		*data_n = 0;
		return MHD_YES;
	}
	if (x->body.over)
		return refuse(connection, x, MHD_HTTP_CONTENT_TOO_LARGE, method);
	x->req.body = buf_str(&x->body);
	struct resp w = {0};
	s->opt.handle(s->opt.arg, &x->req, &w);
	return answer(connection, x, &w, method);
}

/* "ADDR:PORT" → socket address. */
static bool listen_address(const char *text, struct sockaddr_storage *ret)
{
	struct str all = str_c(text);
	size_t colon = SIZE_MAX;
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i] == ':')
			colon = i;
	if (colon == SIZE_MAX || colon >= INET6_ADDRSTRLEN + 2)
		return false;
	struct cur port = CUR(str_skip(all, colon + 1));
	uint64_t n = 0;
	if (!cur_uint(&port, 5, 65535, &n) || !cur_end(&port))
		return false;
	char host[INET6_ADDRSTRLEN + 3] = "";
	memcpy(host, text, colon);
	memset(ret, 0, sizeof(*ret));
	if (host[0] == '[' && colon > 2 && host[colon - 1] == ']') {
		host[colon - 1] = '\0';
		struct sockaddr_in6 in = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)n)};
		memcpy(ret, &in, sizeof(in));
		return inet_pton(AF_INET6, host + 1, &((struct sockaddr_in6 *)ret)->sin6_addr) == 1;
	}
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)n)};
	if (colon > 0 && inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host,
	                         &in.sin_addr) != 1)
		return false;
	memcpy(ret, &in, sizeof(in));
	return true;
}

enum ec http_start(
        struct arena *a, const struct http_opt *o, struct http_server **ret, struct err *e)
{
	struct sockaddr_storage at;
	if (!listen_address(o->listen, &at))
		return err_set(e, EC_INPUT, "адрес «%s»: нужно АДРЕС:ПОРТ, например 127.0.0.1:8080",
		        o->listen);
	if (o->proxy != NULL && !is_address(str_c(o->proxy)))
		return err_set(e, EC_INPUT, "прокси «%s»: нужен адрес IPv4 или IPv6", o->proxy);
	struct http_server *s = arena_new(a, struct http_server, 1);
	s->opt = *o;
	if (s->opt.body_max == 0)
		s->opt.body_max = LIMIT_HTTP_BODY;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG;
	if (at.ss_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR,
	        (struct sockaddr *)&at, MHD_OPTION_THREAD_POOL_SIZE,
	        o->threads > 0 ? o->threads : THREADS_DEFAULT, MHD_OPTION_CONNECTION_LIMIT,
	        (unsigned)CONNECTION_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
	        (unsigned)CONNECTION_TIMEOUT, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, NULL,
	        MHD_OPTION_NOTIFY_COMPLETED, exchange_end, NULL, MHD_OPTION_END);
	if (s->daemon == NULL)
		return err_set(e, EC_IO, "%s: адрес занят или недоступен", o->listen);
	const union MHD_DaemonInfo *info =
	        MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	s->port = info != NULL ? info->port : 0;
	*ret = s;
	return EC_OK;
}

uint16_t http_port(const struct http_server *s)
{
	return s->port;
}

void http_stop(struct http_server *s)
{
	MHD_stop_daemon(s->daemon);
	s->daemon = NULL;
}
