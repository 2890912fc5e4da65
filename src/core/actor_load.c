#include "core/actor_load.h"

#include "core/fact.h"
#include "db/q_user.h"

enum ec actor_load(
        const struct ctx *c, const struct actor_person *who, struct actor *ret, struct err *e)
{
	struct q_user_roles_on_rows rows;
	TRY(q_user_roles_on(
	        c->db, c->a, &(struct q_user_roles_on_in){who->id, today_iso(c)}, &rows, e));
	struct actor_role *v = arena_new(c->a, struct actor_role, rows.n);
	size_t n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		enum role role;
		if (role_of(rows.v[i].role, &role))
			v[n++] =
			        (struct actor_role){role, rows.v[i].territory_id, rows.v[i].org_id};
	}
	*ret = (struct actor){.user_id = who->id,
	        .login = who->login,
	        .name = who->name,
	        .role = v,
	        .n_roles = n};
	return EC_OK;
}
