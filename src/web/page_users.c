#include "web/page_users.h"

#include "web/pages/users.h"

enum ec users_get(struct call *c, struct err *e)
{
	struct users_page p = {
	        .head = {.call = c,
	                .title = STR("Пользователи"),
	                .section = SECTION_USERS,
	                .guide = STR("admin")},
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
