#include "core/remind/notice_setting.h"

#include "core/fact.h"
#include "db/q_notice.h"
#include "db/q_user.h"

enum ec notice_setting_of(
        const struct ctx *c, int64_t user_id, struct notice_setting *ret, struct err *e)
{
	struct q_notice_setting_of_rows own;
	struct q_notice_mutes_rows mutes;
	*ret = (struct notice_setting){
	        .page = true, .mail = true, .digest_hour = 8, .quiet_from = 20, .quiet_to = 7};
	TRY(q_notice_setting_of(c->db, c->a, &(struct q_notice_setting_of_in){user_id}, &own, e));
	if (own.n > 0)
		*ret = (struct notice_setting){.page = own.v[0].page != 0,
		        .mail = own.v[0].mail != 0,
		        .digest_hour = (int)own.v[0].digest_hour,
		        .quiet_from = (int)own.v[0].quiet_from,
		        .quiet_to = (int)own.v[0].quiet_to,
		        .days_off = own.v[0].days_off != 0};
	TRY(q_notice_mutes(c->db, c->a, &(struct q_notice_mutes_in){user_id}, &mutes, e));
	for (size_t i = 0; i < mutes.n && i < REMIND_STEPS_MAX; i++)
		ret->muted[ret->n_muted++] = mutes.v[i].code;
	return EC_OK;
}

bool notice_quiet(const struct notice_setting *s, int hour)
{
	if (s->quiet_from <= s->quiet_to)
		return hour >= s->quiet_from && hour < s->quiet_to;
	return hour >= s->quiet_from || hour < s->quiet_to;
}

int local_hour(const struct ctx *c)
{
	int64_t local = clock_now(c->clock) + (int64_t)c->clock->offset_min * 60;
	return (int)(local % 86400 / 3600);
}

bool notice_muted(const struct notice_setting *s, struct str code)
{
	for (size_t i = 0; i < s->n_muted; i++)
		if (str_eq(s->muted[i], code))
			return true;
	return false;
}

enum ec notice_email(const struct ctx *c, struct str *ret, struct err *e)
{
	struct q_user_one u;
	TRY(q_user_one(c->db, c->a, &(struct q_user_one_in){c->actor->user_id}, &u, e));
	*ret = u.email;
	return EC_OK;
}

static struct str setting_json(struct arena *a, const struct notice_setting *s)
{
	struct fact f;
	fact_begin(&f, a);
	json_kv_int(&f.j, "page", s->page);
	json_kv_int(&f.j, "mail", s->mail);
	json_kv_int(&f.j, "digest_hour", s->digest_hour);
	json_kv_int(&f.j, "quiet_from", s->quiet_from);
	json_kv_int(&f.j, "quiet_to", s->quiet_to);
	json_kv_int(&f.j, "days_off", s->days_off);
	json_kv_str(&f.j, "muted", str_join(a, STR(" "), s->muted, s->n_muted));
	return fact_end(&f);
}

static bool hour_ok(int h)
{
	return h >= 0 && h <= 23;
}

enum ec notice_setting_put(const struct ctx *c, const struct notice_setting *s, struct err *e)
{
	struct notice_setting was;
	int64_t me = c->actor->user_id;
	if (!hour_ok(s->digest_hour) || !hour_ok(s->quiet_from) || !hour_ok(s->quiet_to))
		return err_set(e, EC_INPUT, "Час: от 0 до 23");
	if (s->mail && notice_quiet(s, s->digest_hour))
		return err_set(e, EC_INPUT, "Час письма приходится на тихие часы");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(notice_setting_of(c, me, &was, e));
	TRY(q_notice_setting_put(c->db,
	        &(struct q_notice_setting_put_in){me, s->page, s->mail, s->digest_hour,
	                s->quiet_from, s->quiet_to, s->days_off},
	        e));
	TRY(q_notice_mute_clear(c->db, &(struct q_notice_mute_clear_in){me}, e));
	for (size_t i = 0; i < s->n_muted; i++)
		TRY(q_notice_mute_add(c->db, &(struct q_notice_mute_add_in){me, s->muted[i]}, e));
	TRY(history_add(c,
	        &(struct change){STR("notice_setting"), me, STR("change"), setting_json(c->a, &was),
	                setting_json(c->a, s), STR("")},
	        e));
	return tx_commit(&tx, e);
}
