#include "core/remind/smtp.h"

#include <curl/curl.h>
#include <string.h>

static const struct {
	struct str name, title;
} securities[SMTP_SECURITY_COUNT] = {
        [SMTP_PLAIN] = {STR_INIT("plain"), STR_INIT("без шифрования")},
        [SMTP_STARTTLS] = {STR_INIT("starttls"), STR_INIT("STARTTLS (порт 587)")},
        [SMTP_TLS] = {STR_INIT("tls"), STR_INIT("TLS (порт 465)")},
};

struct str smtp_security_name(enum smtp_security s)
{
	return s < SMTP_SECURITY_COUNT ? securities[s].name : STR("");
}

struct str smtp_security_title(enum smtp_security s)
{
	return s < SMTP_SECURITY_COUNT ? securities[s].title : STR("");
}

bool smtp_security_of(struct str name, enum smtp_security *ret)
{
	for (int i = 0; i < SMTP_SECURITY_COUNT; i++)
		if (str_eq(securities[i].name, name)) {
			*ret = (enum smtp_security)i;
			return true;
		}
	return false;
}

struct smtp {
	struct arena *a;
	CURL *curl;
	char problem[CURL_ERROR_SIZE];
	char said[160]; /* the server's last line */
	struct str body;
	size_t at;
};

static size_t read_body(char *to, size_t size, size_t n, void *user)
{
	struct smtp *s = user;
	size_t left = s->body.n - s->at;
	size_t take = size * n < left ? size * n : left;
	memcpy(to, s->body.p + s->at, take);
	s->at += take;
	return take;
}

/* Lines of the server come as headers. */
static size_t hear(char *p, size_t size, size_t n, void *user)
{
	struct smtp *s = user;
	size_t len = size * n < sizeof(s->said) - 1 ? size * n : sizeof(s->said) - 1;
	memcpy(s->said, p, len);
	s->said[len] = '\0';
	return size * n;
}

static size_t ignore(char *p, size_t size, size_t n, void *user)
{
	(void)p;
	(void)user;
	return size * n;
}

#define SET(curl, option, value) ((void)curl_easy_setopt((curl), (option), (value)))

enum ec smtp_open(struct arena *a, const struct smtp_server *v, struct smtp **ret, struct err *e)
{
	struct smtp *s = arena_new(a, struct smtp, 1);
	s->a = a;
	s->curl = curl_easy_init();
	if (s->curl == NULL)
		return err_set(e, EC_IO, "libcurl не запускается");
	/* the literal of an IPv6 address stands in brackets */
	bool six = str_find_byte(v->host, ':', 0) != SIZE_MAX;
	SET(s->curl, CURLOPT_URL,
	        arena_printf(a, "%s://%s" STR_FMT "%s:%d",
	                v->security == SMTP_TLS ? "smtps" : "smtp", six ? "[" : "",
	                STR_ARG(v->host), six ? "]" : "", v->port));
	SET(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(s->curl, CURLOPT_USE_SSL,
	        (long)(v->security == SMTP_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	SET(s->curl, CURLOPT_SSL_VERIFYPEER, v->verify ? 1L : 0L);
	SET(s->curl, CURLOPT_SSL_VERIFYHOST, v->verify ? 2L : 0L);
	SET(s->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (v->ca_file.n > 0)
		SET(s->curl, CURLOPT_CAINFO, str_z(a, v->ca_file));
	if (v->login.n > 0) {
		SET(s->curl, CURLOPT_USERNAME, str_z(a, v->login));
		SET(s->curl, CURLOPT_PASSWORD, str_z(a, v->password));
	}
	SET(s->curl, CURLOPT_UPLOAD, 1L);
	SET(s->curl, CURLOPT_READFUNCTION, read_body);
	SET(s->curl, CURLOPT_READDATA, s);
	SET(s->curl, CURLOPT_HEADERFUNCTION, hear);
	SET(s->curl, CURLOPT_HEADERDATA, s);
	SET(s->curl, CURLOPT_WRITEFUNCTION, ignore);
	SET(s->curl, CURLOPT_ERRORBUFFER, s->problem);
	SET(s->curl, CURLOPT_NOSIGNAL, 1L);
	SET(s->curl, CURLOPT_NOPROXY, "*");
	SET(s->curl, CURLOPT_CONNECTTIMEOUT, 20L);
	SET(s->curl, CURLOPT_TIMEOUT, (long)(v->timeout_s > 0 ? v->timeout_s : 60));
	*ret = s;
	return EC_OK;
}

void smtp_close(struct smtp *s)
{
	if (s != NULL)
		curl_easy_cleanup(s->curl);
}

void smtp_close_ptr(struct smtp **s)
{
	smtp_close(*s);
}

/* What usually goes wrong, in Russian; other reasons in libcurl's words. */
static const char *reason(const struct smtp *s, CURLcode code)
{
	static const struct {
		CURLcode code;
		const char *said;
	} known[] = {
	        {CURLE_COULDNT_RESOLVE_HOST, "такого имени нет"},
	        {CURLE_COULDNT_CONNECT, "не отвечает"},
	        {CURLE_OPERATION_TIMEDOUT, "не ответил вовремя"},
	        {CURLE_LOGIN_DENIED, "не принял логин и пароль"},
	        {CURLE_USE_SSL_FAILED, "не предлагает шифрования, а оно требуется"},
	        {CURLE_PEER_FAILED_VERIFICATION, "его сертификат не прошёл проверку"},
	        {CURLE_SSL_CONNECT_ERROR, "шифрование не согласовано"},
	        {CURLE_SSL_CACERT_BADFILE, "файл своих сертификатов не читается"},
	        {CURLE_GOT_NOTHING, "закрыл соединение"},
	        {CURLE_RECV_ERROR, "соединение прервалось"},
	};
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (known[i].code == code)
			return known[i].said;
	return s->problem[0] != '\0' ? s->problem : curl_easy_strerror(code);
}

enum ec smtp_send(struct smtp *s, const struct smtp_letter *l, bool *ret_final, struct err *e)
{
	long status = 0;
	struct curl_slist *to =
	        curl_slist_append(NULL, arena_printf(s->a, "<" STR_FMT ">", STR_ARG(l->to)));
	*ret_final = false;
	s->body = l->bytes;
	s->at = 0;
	s->said[0] = s->problem[0] = '\0';
	SET(s->curl, CURLOPT_MAIL_FROM, arena_printf(s->a, "<" STR_FMT ">", STR_ARG(l->from)));
	SET(s->curl, CURLOPT_MAIL_RCPT, to);
	SET(s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)l->bytes.n);
	CURLcode code = curl_easy_perform(s->curl);
	(void)curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
	SET(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	if (code == CURLE_OK)
		return EC_OK;
	/* a password that is refused may be put right by the administrator: not final */
	*ret_final = status >= 500 && status < 600 && code != CURLE_LOGIN_DENIED;
	struct str said = str_trim(str_c(s->said));
	return err_set(e, EC_IO, "почтовый сервер: %s%s" STR_FMT, reason(s, code),
	        status >= 400 && said.n > 0 ? "; он ответил: " : "",
	        STR_ARG(status >= 400 ? said : STR("")));
}
