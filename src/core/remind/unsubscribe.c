#include "core/remind/unsubscribe.h"

#include "base/cur.h"
#include "base/secret.h"
#include "core/remind/notice_setting.h"
#include "db/q_remind.h"

static const struct str secret_name = STR_INIT("remind_secret");

static enum ec secret_read(const struct ctx *c, struct str *ret, struct err *e)
{
	struct q_remind_setting_rows rows;
	TRY(q_remind_setting(c->db, c->a, &(struct q_remind_setting_in){secret_name}, &rows, e));
	*ret = rows.n > 0 ? rows.v[0].value : STR_NONE;
	return EC_OK;
}

enum ec unsubscribe_ready(const struct ctx *c, struct err *e)
{
	struct str secret;
	TRY(secret_read(c, &secret, e));
	if (secret.n > 0)
		return EC_OK;
	return q_remind_setting_put(c->db,
	        &(struct q_remind_setting_put_in){
	                secret_name, secret_token(c->a, 32), STR("программа"), clock_now(c->clock)},
	        e);
}

static struct str token_of(struct arena *a, struct str secret, int64_t user_id)
{
	struct str id = str_printf(a, "%lld", (long long)user_id);
	uint8_t hash[HASH_BYTES];
	secret_hash((struct str[]){STR("unsubscribe:"), secret, STR(":"), id}, 4, hash);
	return str_printf(a, STR_FMT "-" STR_FMT, STR_ARG(id), STR_ARG(hex_of(a, hash, 16)));
}

enum ec unsubscribe_token(const struct ctx *c, int64_t user_id, struct str *ret, struct err *e)
{
	struct str secret;
	TRY(secret_read(c, &secret, e));
	if (secret.n == 0)
		return err_set(e, EC_NOTFOUND, "писем ещё не было");
	*ret = token_of(c->a, secret, user_id);
	return EC_OK;
}

enum ec unsubscribe_check(const struct ctx *c, struct str token, int64_t *ret_user, struct err *e)
{
	struct cur at = CUR(token);
	struct str right;
	int64_t user = 0;
	if (cur_int(&at, 1, INT64_MAX - 1, &user) && cur_byte(&at, '-') &&
	        unsubscribe_token(c, user, &right, e) == EC_OK && secret_equal(right, token)) {
		*ret_user = user;
		return EC_OK;
	}
	return err_set(e, EC_NOTFOUND, "ссылка неверна или устарела");
}

enum ec unsubscribe(const struct ctx *c, struct str token, struct err *e)
{
	struct notice_setting s;
	int64_t user;
	TRY(unsubscribe_check(c, token, &user, e));
	TRY(notice_setting_of(c, user, &s, e));
	struct ctx self = *c;
	const struct actor person = {.user_id = user};
	self.actor = &person;
	s.mail = false;
	return notice_setting_put(&self, &s, e);
}
