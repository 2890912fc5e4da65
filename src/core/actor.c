#include "core/actor.h"

#define BIT(c) (1u << (c))
#define READ_ALL                                                                                   \
	(BIT(CAP_SELF) | BIT(CAP_DOCUMENT_READ) | BIT(CAP_ASSIGNMENT_READ) |                       \
	        BIT(CAP_RESULT_READ) | BIT(CAP_REGISTRY_READ))

static const struct {
	struct str name, title;
	uint32_t caps;
} roles[ROLE_COUNT] = {
        [ROLE_NONE] = {STR_INIT(""), STR_INIT("Без роли"), 0},
        [ROLE_ADMIN] = {STR_INIT("admin"), STR_INIT("Администратор системы"),
                BIT(CAP_SELF) | BIT(CAP_REGISTRY_READ) | BIT(CAP_REGISTRY_WRITE) |
                        BIT(CAP_USER_ADMIN) | BIT(CAP_AUDIT_READ)},
        [ROLE_REGION] = {STR_INIT("region"), STR_INIT("Региональный департамент"),
                READ_ALL | BIT(CAP_DOCUMENT_WRITE) | BIT(CAP_ASSIGNMENT_WORK) |
                        BIT(CAP_ASSIGNMENT_CONTROL) | BIT(CAP_RESULT_LOAD) |
                        BIT(CAP_REGISTRY_WRITE) | BIT(CAP_AUDIT_READ) | BIT(CAP_CALENDAR_WRITE)},
        [ROLE_OPERATOR] = {STR_INIT("operator"), STR_INIT("Региональный оператор"),
                READ_ALL | BIT(CAP_RESULT_LOAD) | BIT(CAP_REGISTRY_WRITE) |
                        BIT(CAP_ASSIGNMENT_WORK)},
        [ROLE_MUNICIPALITY] = {STR_INIT("municipality"),
                STR_INIT("Муниципальный орган управления образованием"),
                READ_ALL | BIT(CAP_DOCUMENT_WRITE) | BIT(CAP_ASSIGNMENT_WORK) |
                        BIT(CAP_ASSIGNMENT_CONTROL)},
        [ROLE_SCHOOL] = {STR_INIT("school"), STR_INIT("Школа"),
                READ_ALL | BIT(CAP_ASSIGNMENT_WORK)},
        [ROLE_CURATOR] = {STR_INIT("curator"), STR_INIT("Куратор"), READ_ALL},
};

const struct actor actor_program = {.program = true};

bool role_has(enum role r, enum cap c)
{
	return c == CAP_PUBLIC ||
	       (r > ROLE_NONE && r < ROLE_COUNT && c > CAP_NONE && (roles[r].caps & BIT(c)) != 0);
}

struct str role_name(enum role r)
{
	return r < ROLE_COUNT ? roles[r].name : STR("");
}

struct str role_title(enum role r)
{
	return r < ROLE_COUNT ? roles[r].title : STR("");
}

bool role_of(struct str name, enum role *ret)
{
	for (enum role r = ROLE_ADMIN; r < ROLE_COUNT; r++) {
		if (str_eq(roles[r].name, name)) {
			*ret = r;
			return true;
		}
	}
	return false;
}

/* Wider: the region before a municipality before a school. */
static int width(struct scope s)
{
	return (s.territory_id == ACTOR_ALL ? 2 : 0) + (s.org_id == ACTOR_ALL ? 1 : 0);
}

bool actor_scope(const struct actor *who, enum cap c, struct scope *ret)
{
	if (who->program) {
		*ret = (struct scope){ACTOR_ALL, ACTOR_ALL};
		return true;
	}
	bool found = false;
	for (size_t i = 0; i < who->n_roles; i++) {
		const struct actor_role *r = &who->role[i];
		struct scope s = {r->territory_id, r->org_id};
		if (role_has(r->role, c) && (!found || width(s) > width(*ret))) {
			*ret = s;
			found = true;
		}
	}
	return found;
}

bool actor_may(const struct actor *who, enum cap c, int64_t territory_id, int64_t org_id)
{
	if (who->program)
		return true;
	for (size_t i = 0; i < who->n_roles; i++) {
		const struct actor_role *r = &who->role[i];
		if (!role_has(r->role, c))
			continue;
		if ((r->territory_id == ACTOR_ALL || r->territory_id == territory_id) &&
		        (r->org_id == ACTOR_ALL || r->org_id == org_id))
			return true;
	}
	return false;
}
