#include "base/secret.h"
#include "core/actor_load.h"
#include "core/fact.h"
#include "core/registry/user.h"
#include "db/q_user.h"
#include "text/fold.h"

/* argon2id of nothing in particular, so that an unknown login takes as long as a known one. */
static const struct str nobody_hash =
        STR_INIT("$argon2id$v=19$m=65536,t=2,p=1$c29rb3Nva29zb2tvc29rbw$"
                 "Wd0Q7f2n1y4nG8mZ1r3o1jv0yq1bqk8q2m6o3z3v9xk");

static enum ec note_try(
        const struct ctx *c, struct str key, const struct login_form *f, bool ok, struct err *e)
{
	int64_t now = clock_now(c->clock);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_login_note(c->db, &(struct q_login_note_in){key, f->address, now, ok}, e));
	TRY(q_login_forget(c->db, &(struct q_login_forget_in){now - 10L * LIMIT_LOGIN_WINDOW}, e));
	return tx_commit(&tx, e);
}

static enum ec open_session(const struct ctx *c, const struct q_user_by_login *u,
        const struct login_form *f, struct session *ret, struct err *e)
{
	int64_t now = clock_now(c->clock);
	struct session s = {.token = secret_token(c->a, 32),
	        .csrf = secret_token(c->a, 16),
	        .must_change = u->must_change != 0,
	        .expires_at = now + LIMIT_SESSION_SECONDS};
	TRY(actor_load(c, &(struct actor_person){u->id, u->login, u->full_name}, &s.actor, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_session_remove_old(c->db, &(struct q_session_remove_old_in){now}, e));
	TRY(q_session_insert(c->db,
	        &(struct q_session_insert_in){secret_hash_hex(c->a, s.token), u->id, s.csrf,
	                f->address, now, s.expires_at},
	        e));
	TRY(q_login_note(c->db, &(struct q_login_note_in){u->login, f->address, now, 1}, e));
	struct ctx as_user = *c;
	as_user.actor = &s.actor;
	TRY(history_add(&as_user,
	        &(struct change){
	                STR("user_account"), u->id, STR("login"), STR_NONE, STR_NONE, f->address},
	        e));
	TRY(tx_commit(&tx, e));
	*ret = s;
	return EC_OK;
}

enum ec user_login(
        const struct ctx *c, const struct login_form *typed, struct session *ret, struct err *e)
{
	struct login_form f = *typed;
	f.address = or_empty(f.address);
	if (!utf8_valid(f.login) || f.password.n > LIMIT_PASSWORD)
		return err_set(e, EC_DENIED, "неверный логин или пароль");
	struct str login = text_lower(c->a, str_trim(str_sub(f.login, 0, 200)));
	struct q_login_failures tries;
	TRY(q_login_failures(c->db, c->a,
	        &(struct q_login_failures_in){
	                login, f.address, clock_now(c->clock) - LIMIT_LOGIN_WINDOW},
	        &tries, e));
	/* many people may sit behind one address: it gets a wider limit */
	if (tries.by_login >= LIMIT_LOGIN_TRIES ||
	        (f.address.n > 0 && tries.by_address >= 10L * LIMIT_LOGIN_TRIES))
		return err_set(e, EC_LIMIT, "слишком много попыток входа; повторите через %d минут",
		        LIMIT_LOGIN_WINDOW / 60);
	struct q_user_by_login u;
	struct err none;
	enum ec ec = q_user_by_login(c->db, c->a, &(struct q_user_by_login_in){login}, &u, &none);
	if (ec != EC_OK && ec != EC_NOTFOUND)
		return err_set(e, ec, "%s", none.msg);
	bool right = secret_password_ok(ec == EC_OK ? u.password_hash : nobody_hash, f.password);
	if (ec != EC_OK || !right || u.active == 0) {
		TRY(note_try(c, login, &f, false, e));
		return err_set(e, EC_DENIED, "неверный логин или пароль");
	}
	return open_session(c, &u, &f, ret, e);
}

enum ec session_find(const struct ctx *c, struct str token, struct session *ret, struct err *e)
{
	struct q_session_one row;
	if (token.n == 0 || token.n > 200)
		return err_set(e, EC_NOTFOUND, "сеанс не найден");
	enum ec ec = q_session_one(c->db, c->a,
	        &(struct q_session_one_in){secret_hash_hex(c->a, token), clock_now(c->clock)}, &row,
	        e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "сеанс не найден или истёк");
	TRY(ec);
	struct session s = {.token = token,
	        .csrf = row.csrf,
	        .must_change = row.must_change != 0,
	        .expires_at = row.expires_at};
	TRY(actor_load(c, &(struct actor_person){row.id, row.login, row.full_name}, &s.actor, e));
	*ret = s;
	return EC_OK;
}

enum ec session_touch(const struct ctx *c, struct str token, struct err *e)
{
	int64_t now = clock_now(c->clock);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_session_move(c->db,
	        &(struct q_session_move_in){
	                secret_hash_hex(c->a, token), now, now + LIMIT_SESSION_SECONDS},
	        e));
	return tx_commit(&tx, e);
}

enum ec session_drop(const struct ctx *c, struct str token, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_session_remove(
	        c->db, &(struct q_session_remove_in){secret_hash_hex(c->a, token)}, e));
	return tx_commit(&tx, e);
}
