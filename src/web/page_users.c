#include "web/page_users.h"

#include "report/xlsx_list.h"
#include "web/pages/users.h"

#include <string.h>

enum ec users_get(struct call *c, struct err *e)
{
	struct users_page p = {
	        .head = {.call = c,
	                .title = STR("Пользователи"),
	                .section = SECTION_USERS,
	                .guide = STR("admin"),
	                .xlsx = call_same(c, STR("/users.xlsx"))},
	        .filter = {.search = call_text(c, STR("q")),
	                .with_inactive = call_flag(c, STR("all")),
	                .page = call_paging(c)},
	};
	TRY(user_list(&c->ctx, &p.filter, &p.m, e));
	p.pager = pager_of(c, p.filter.page, p.m.n, p.m.total);
	struct out o;
	out_init(&o, c->r->a);
	page_users(&o, &p);
	return call_page(c, &o, e);
}

static struct str role_line(struct arena *a, const struct user_role_row *r)
{
	struct str where = r->org_name.n > 0         ? r->org_name
	                   : r->territory_name.n > 0 ? r->territory_name
	                                             : STR("весь регион");
	return str_printf(a, STR_FMT " — " STR_FMT, STR_ARG(r->role_title), STR_ARG(where));
}

enum ec users_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("№"), .width = 8},
	        {.title = STR_INIT("Имя"), .width = 40},
	        {.title = STR_INIT("Логин"), .width = 20},
	        {.title = STR_INIT("Почта"), .width = 30},
	        {.title = STR_INIT("Роли"), .width = 70, .wrap = true},
	        {.title = STR_INIT("Состояние"), .width = 14},
	        {.title = STR_INIT("Заведён"), .width = 18},
	};
	enum { N = ARRAY_LEN(columns) };
	struct user_list all;
	struct user_filter f = {
	        .search = call_text(c, STR("q")),
	        .with_inactive = call_flag(c, STR("all")),
	        .page = {.limit = LISTING_MAX},
	};
	TRY(user_list(&c->ctx, &f, &all, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, all.n * N);
	for (size_t i = 0; i < all.n; i++) {
		const struct user *u = &all.v[i];
		struct str *line = arena_new(c->r->a, struct str, u->n_roles);
		for (size_t k = 0; k < u->n_roles; k++)
			line[k] = role_line(c->r->a, &u->role[k]);
		struct str roles = str_join(c->r->a, STR("\n"), line, u->n_roles);
		struct xlsx_value row[N] = {XLSX_N((double)u->id), XLSX_T(u->full_name),
		        XLSX_T(u->login), XLSX_T(u->email), XLSX_T(roles),
		        XLSX_T(u->active ? STR("включена") : STR("отключена")),
		        XLSX_T(moment(c, u->created_at))};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Пользователи"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = all.n},
	        e);
}

static struct options role_options(struct arena *a)
{
	struct options o = {.v = arena_new(a, struct option, ROLE_COUNT)};
	for (enum role r = ROLE_ADMIN; r < ROLE_COUNT; r++)
		o.v[o.n++] = (struct option){role_name(r), role_title(r), false};
	return o;
}

enum ec user_get_page(struct call *c, struct err *e)
{
	struct user_page p = {
	        .head = {.call = c,
	                .section = SECTION_USERS,
	                .guide = STR("admin"),
	                .crumb = {{STR("Пользователи"), URL("/users")}}},
	        .roles = role_options(c->r->a),
	        .oneself = c->id[0] == c->ctx.actor->user_id,
	};
	TRY(user_get(&c->ctx, c->id[0], &p.m, e));
	TRY(territory_options(c, 0, &p.territories, e));
	p.head.title = p.m.full_name;
	p.head.note = p.m.login;
	struct out o;
	out_init(&o, c->r->a);
	page_user(&o, &p);
	return call_page(c, &o, e);
}

static enum ec card_again(struct call *c, int64_t id, struct str message)
{
	return call_redirect(c, url_int(c->r->a, URL("/users"), id), message);
}

enum ec user_create_post(struct call *c, struct err *e)
{
	struct user_form f = {
	        .login = call_text(c, STR("login")),
	        .full_name = call_text(c, STR("full_name")),
	        .email = call_text(c, STR("email")),
	        .password = call_text(c, STR("password")),
	        .must_change = true,
	};
	int64_t id;
	TRY(user_create(&c->ctx, &f, &id, e));
	return card_again(c, id, STR("Учётная запись заведена. Дайте ей роль."));
}

enum ec user_edit_post(struct call *c, struct err *e)
{
	struct user_form f = {
	        .full_name = call_text(c, STR("full_name")),
	        .email = call_text(c, STR("email")),
	};
	TRY(user_edit(&c->ctx, c->id[0], &f, e));
	return card_again(c, c->id[0], STR("Сохранено."));
}

enum ec user_active_post(struct call *c, struct err *e)
{
	bool active = str_eq(call_text(c, STR("active")), STR("yes"));
	TRY(user_set_active(&c->ctx, c->id[0], active, e));
	return card_again(c, c->id[0],
	        active ? STR("Учётная запись включена.")
	               : STR("Учётная запись отключена, её сеансы завершены."));
}

enum ec user_password_post(struct call *c, struct err *e)
{
	TRY(user_set_password(&c->ctx, c->id[0], call_text(c, STR("password")), e));
	return card_again(c, c->id[0], STR("Пароль задан. При входе человек должен его сменить."));
}

enum ec user_role_add_post(struct call *c, struct err *e)
{
	int64_t territory = call_int(c, STR("territory"));
	int64_t org = 0;
	if (call_text(c, STR("org")).n > 0)
		TRY(org_by_words(c, call_text(c, STR("org")), &org, e));
	struct user_role_form f = {
	        .role = call_text(c, STR("role")),
	        .territory_id = territory > 0 ? territory : ACTOR_ALL,
	        .org_id = org > 0 ? org : ACTOR_ALL,
	        .valid_from = call_iso(c, STR("valid_from")),
	        .valid_to = call_iso(c, STR("valid_to")),
	};
	int64_t id;
	TRY(user_role_add(&c->ctx, c->id[0], &f, &id, e));
	return card_again(c, c->id[0], STR("Роль добавлена."));
}

enum ec user_role_drop_post(struct call *c, struct err *e)
{
	TRY(user_role_drop(&c->ctx, c->id[0], c->id[1], e));
	return card_again(c, c->id[0], STR("Роль снята."));
}
