#include "core/registry/user.h"

#include "base/secret.h"
#include "core/actor_load.h"
#include "core/fact.h"
#include "db/q_org.h"
#include "db/q_territory.h"
#include "db/q_user.h"
#include "text/fold.h"

static enum ec must_admin(const struct ctx *c, struct err *e)
{
	return must_may(c, CAP_USER_ADMIN, ACTOR_ALL, ACTOR_ALL, e);
}

static enum ec load_roles(const struct ctx *c, struct user *u, struct err *e)
{
	struct q_user_roles_rows rows;
	TRY(q_user_roles(c->db, c->a, &(struct q_user_roles_in){u->id}, &rows, e));
	u->role = arena_new(c->a, struct user_role_row, rows.n);
	u->n_roles = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_user_roles *r = &rows.v[i];
		enum role role = ROLE_NONE;
		bool known = role_of(r->role, &role);
		u->role[i] = (struct user_role_row){r->id, r->role,
		        known ? role_title(role) : r->role, r->territory_id, r->org_id,
		        r->territory_name, r->org_name, r->valid_from, r->valid_to};
	}
	return EC_OK;
}

enum ec user_list(
        const struct ctx *c, const struct user_filter *f, struct user_list *ret, struct err *e)
{
	TRY(must_admin(c, e));
	struct search_words w = search_words_of(c->a, f->search);
	struct paging p = paging_clean(f->page);
	struct q_user_page_rows rows;
	struct q_user_page_count count;
	TRY(q_user_page(c->db, c->a,
	        &(struct q_user_page_in){
	                f->with_inactive, w.w[0], w.w[1], w.w[2], w.w[3], p.limit, p.offset},
	        &rows, e));
	TRY(q_user_page_count(c->db, c->a,
	        &(struct q_user_page_count_in){f->with_inactive, w.w[0], w.w[1], w.w[2], w.w[3]},
	        &count, e));
	struct user *v = arena_new(c->a, struct user, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_user_page *r = &rows.v[i];
		v[i] = (struct user){.id = r->id,
		        .login = r->login,
		        .full_name = r->full_name,
		        .email = r->email,
		        .active = r->active != 0,
		        .must_change = r->must_change != 0,
		        .created_at = r->created_at};
		TRY(load_roles(c, &v[i], e));
	}
	*ret = (struct user_list){v, rows.n, count.n};
	return EC_OK;
}

static enum ec find(const struct ctx *c, int64_t id, struct q_user_one *ret, struct err *e)
{
	enum ec ec = q_user_one(c->db, c->a, &(struct q_user_one_in){id}, ret, e);
	return ec == EC_NOTFOUND ? err_set(e, EC_NOTFOUND, "нет такого пользователя") : ec;
}

enum ec user_get(const struct ctx *c, int64_t id, struct user *ret, struct err *e)
{
	if (c->actor->user_id != id)
		TRY(must_admin(c, e));
	struct q_user_one r;
	TRY(find(c, id, &r, e));
	struct user u = {.id = r.id,
	        .login = r.login,
	        .full_name = r.full_name,
	        .email = r.email,
	        .active = r.active != 0,
	        .must_change = r.must_change != 0,
	        .created_at = r.created_at};
	TRY(load_roles(c, &u, e));
	*ret = u;
	return EC_OK;
}

static bool login_good(struct str s)
{
	if (s.n < 3 || s.n > 64)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '.' ||
		            ch == '-' || ch == '_'))
			return false;
	}
	return true;
}

static enum ec password_good(struct str p, struct err *e)
{
	if (p.n < LIMIT_PASSWORD_MIN || utf8_len(p) < LIMIT_PASSWORD_MIN)
		return err_set(e, EC_INPUT, "Пароль: не короче %d знаков", LIMIT_PASSWORD_MIN);
	if (p.n > LIMIT_PASSWORD)
		return err_set(e, EC_INPUT, "Пароль: не длиннее %d байт", LIMIT_PASSWORD);
	return EC_OK;
}

static struct str user_json(const struct ctx *c, const struct user_form *u)
{
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_str(&f.j, "login", u->login);
	json_kv_str(&f.j, "full_name", u->full_name);
	json_kv_str(&f.j, "email", u->email);
	return fact_end(&f);
}

static enum ec read_form(
        const struct ctx *c, const struct user_form *f, struct user_form *ret, struct err *e)
{
	*ret = *f;
	TRY(typed_text(c->a, &(struct text_field){f->full_name, "Имя", 300, true, false},
	        &ret->full_name, e));
	return typed_text(
	        c->a, &(struct text_field){f->email, "Почта", 200, false, false}, &ret->email, e);
}

static struct str person_key(const struct ctx *c, const struct user_form *u)
{
	return text_key(c->a, str_printf(c->a, STR_FMT " " STR_FMT " " STR_FMT,
	                              STR_ARG(u->full_name), STR_ARG(u->login), STR_ARG(u->email)));
}

static enum ec note(const struct ctx *c, int64_t user_id, const char *verb, struct str before,
        struct str after, struct err *e)
{
	return history_add(c,
	        &(struct change){STR("user_account"), user_id, str_c(verb), before, after, STR("")},
	        e);
}

enum ec user_create(
        const struct ctx *c, const struct user_form *typed, int64_t *ret_id, struct err *e)
{
	struct user_form f;
	TRY(must_admin(c, e));
	TRY(read_form(c, typed, &f, e));
	f.login = text_lower(c->a, str_trim(typed->login));
	if (!login_good(f.login))
		return err_set(
		        e, EC_INPUT, "Логин: от 3 до 64 латинских букв, цифр, точек, дефисов");
	TRY(password_good(f.password, e));
	struct str hash;
	TRY(secret_password_hash(c->a, f.password, f.light, &hash, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct q_user_by_login there;
	struct err none;
	if (q_user_by_login(c->db, c->a, &(struct q_user_by_login_in){f.login}, &there, &none) ==
	        EC_OK)
		return err_set(e, EC_CONFLICT, "логин «" STR_FMT "» занят", STR_ARG(f.login));
	struct q_user_insert row;
	TRY(q_user_insert(c->db, c->a,
	        &(struct q_user_insert_in){f.login, f.full_name, f.email, hash, f.must_change,
	                clock_now(c->clock), text_sort_key(c->a, f.full_name), person_key(c, &f)},
	        &row, e));
	TRY(note(c, row.id, "create", STR_NONE, user_json(c, &f), e));
	TRY(tx_commit(&tx, e));
	*ret_id = row.id;
	return EC_OK;
}

enum ec user_edit(const struct ctx *c, int64_t id, const struct user_form *typed, struct err *e)
{
	struct user_form f;
	struct q_user_one old;
	TRY(must_admin(c, e));
	TRY(read_form(c, typed, &f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(find(c, id, &old, e));
	f.login = old.login;
	struct user_form was = {.login = old.login, .full_name = old.full_name, .email = old.email};
	TRY(q_user_update(c->db,
	        &(struct q_user_update_in){id, f.full_name, f.email,
	                text_sort_key(c->a, f.full_name), person_key(c, &f)},
	        e));
	TRY(note(c, id, "change", user_json(c, &was), user_json(c, &f), e));
	return tx_commit(&tx, e);
}

enum ec user_set_active(const struct ctx *c, int64_t id, bool active, struct err *e)
{
	struct q_user_one u;
	TRY(must_admin(c, e));
	if (!active && id == c->actor->user_id)
		return err_set(e, EC_INPUT, "нельзя отключить самого себя");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(find(c, id, &u, e));
	TRY(q_user_activate(c->db, &(struct q_user_activate_in){id, active}, e));
	if (!active)
		TRY(q_session_remove_user(c->db, &(struct q_session_remove_user_in){id}, e));
	TRY(note(c, id, active ? "activate" : "deactivate", STR_NONE, STR_NONE, e));
	return tx_commit(&tx, e);
}

static enum ec put_password(
        const struct ctx *c, int64_t id, struct str password, bool must_change, struct err *e)
{
	struct str hash;
	TRY(password_good(password, e));
	TRY(secret_password_hash(c->a, password, false, &hash, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_user_password(c->db, &(struct q_user_password_in){id, hash, must_change}, e));
	TRY(q_session_remove_user(c->db, &(struct q_session_remove_user_in){id}, e));
	TRY(note(c, id, must_change ? "set_password" : "change_password", STR_NONE, STR_NONE, e));
	return tx_commit(&tx, e);
}

enum ec user_set_password(const struct ctx *c, int64_t id, struct str password, struct err *e)
{
	struct q_user_one u;
	TRY(must_admin(c, e));
	TRY(find(c, id, &u, e));
	return put_password(c, id, password, true, e);
}

enum ec user_change_own_password(
        const struct ctx *c, struct str old_password, struct str new_password, struct err *e)
{
	struct q_user_one u;
	TRY(find(c, c->actor->user_id, &u, e));
	if (old_password.n > LIMIT_PASSWORD || !secret_password_ok(u.password_hash, old_password))
		return err_set(e, EC_INPUT, "Прежний пароль неверен");
	if (str_eq(old_password, new_password))
		return err_set(e, EC_INPUT, "Новый пароль совпадает с прежним");
	return put_password(c, u.id, new_password, false, e);
}

/* A role must name the place it holds in. */
static enum ec role_place(const struct ctx *c, const struct user_role_form *f, enum role role,
        struct q_org_one *org, struct err *e)
{
	if (role == ROLE_SCHOOL && f->org_id == ACTOR_ALL)
		return err_set(e, EC_INPUT, "Роль школы: укажите организацию");
	if (role == ROLE_MUNICIPALITY && f->territory_id == ACTOR_ALL)
		return err_set(e, EC_INPUT, "Роль муниципалитета: укажите территорию");
	if (f->org_id != ACTOR_ALL &&
	        q_org_one(c->db, c->a, &(struct q_org_one_in){f->org_id}, org, e) != EC_OK)
		return err_set(e, EC_INPUT, "Организация: нет такой");
	struct q_territory_one t;
	if (f->territory_id != ACTOR_ALL &&
	        q_territory_one(
	                c->db, c->a, &(struct q_territory_one_in){f->territory_id}, &t, e) != EC_OK)
		return err_set(e, EC_INPUT, "Территория: нет такой");
	return EC_OK;
}

enum ec user_role_add(const struct ctx *c, int64_t user_id, const struct user_role_form *f,
        int64_t *ret_id, struct err *e)
{
	enum role role;
	struct str from;
	struct str to;
	struct q_user_one u;
	struct q_org_one org = {.territory_id = f->territory_id};
	TRY(must_admin(c, e));
	if (!role_of(f->role, &role))
		return err_set(e, EC_INPUT, "Роль: неизвестная роль");
	TRY(typed_date(c->a, f->valid_from, "С даты", &from, e));
	TRY(typed_date(c->a, f->valid_to, "По дату", &to, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(find(c, user_id, &u, e));
	TRY(role_place(c, f, role, &org, e));
	int64_t territory = f->org_id == ACTOR_ALL ? f->territory_id : org.territory_id;
	struct q_user_role_put row;
	TRY(q_user_role_put(c->db, c->a,
	        &(struct q_user_role_put_in){user_id, f->role, territory, f->org_id, from, to},
	        &row, e));
	struct fact j;
	fact_begin(&j, c->a);
	json_kv_int(&j.j, "id", row.id);
	json_kv_str(&j.j, "role", f->role);
	if (territory != ACTOR_ALL)
		json_kv_int(&j.j, "territory_id", territory);
	if (f->org_id != ACTOR_ALL)
		json_kv_int(&j.j, "org_id", f->org_id);
	TRY(note(c, user_id, "add_role", STR_NONE, fact_end(&j), e));
	TRY(tx_commit(&tx, e));
	*ret_id = row.id;
	return EC_OK;
}

enum ec user_role_drop(const struct ctx *c, int64_t user_id, int64_t role_id, struct err *e)
{
	int64_t n;
	TRY(must_admin(c, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_user_role_remove(c->db, &(struct q_user_role_remove_in){role_id, user_id}, &n, e));
	if (n == 0)
		return err_set(e, EC_NOTFOUND, "нет такой роли");
	struct fact j;
	fact_begin(&j, c->a);
	json_kv_int(&j.j, "id", role_id);
	TRY(note(c, user_id, "drop_role", fact_end(&j), STR_NONE, e));
	return tx_commit(&tx, e);
}

enum ec actor_of_login(const struct ctx *c, struct str login, struct actor *ret, struct err *e)
{
	struct q_user_by_login u;
	enum ec ec = q_user_by_login(c->db, c->a,
	        &(struct q_user_by_login_in){text_lower(c->a, str_trim(login))}, &u, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет пользователя «" STR_FMT "»",
		        STR_ARG(utf8_head(login, 60)));
	TRY(ec);
	return actor_load(c, &(struct actor_person){u.id, u.login, u.full_name}, ret, e);
}
