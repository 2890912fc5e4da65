#include "core/remind/notice_row.h"

#include "core/control/assignment_list.h"
#include "core/fact.h"
#include "core/order/document_seen.h"

/* A deputy at work looks at what the person is told. */
static int64_t owner(const struct ctx *c)
{
	return c->actor->for_id != 0 ? c->actor->for_id : c->actor->user_id;
}

struct said {
	struct str when, light;
};

static struct said when_said(struct arena *a, struct str due_iso, int64_t n_open, struct date today)
{
	int left = date_days(iso_date(due_iso)) - date_days(today);
	if (n_open == 0)
		return (struct said){STR("исполнено или срок изменён"), STR("done")};
	if (left < 0)
		return (struct said){str_printf(a, "просрочено на %d дн.", -left), STR("overdue")};
	if (left == 0)
		return (struct said){STR("срок сегодня"), STR("due_week")};
	return (struct said){str_printf(a, "осталось %d дн.", left), STR("due_week")};
}

struct notice_row notice_row_of(struct arena *a, const struct q_notice_groups *r, struct date today)
{
	enum audience who = AUDIENCE_NONE;
	(void)audience_of(r->audience, &who);
	struct said s = when_said(a, r->due_date, r->n_open, today);
	struct str number = r->number.n > 0 ? str_cat(a, STR(" № "), r->number) : STR("");
	struct str date =
	        r->doc_date.p == NULL ? STR("") : str_cat(a, STR(" от "), iso_ru(a, r->doc_date));
	struct str document = str_printf(a, STR_FMT STR_FMT STR_FMT,
	        STR_ARG(document_kind_title_of(r->kind)), STR_ARG(number), STR_ARG(date));
	struct str clause = r->clause.n > 0 ? str_cat(a, STR(", п. "), r->clause) : STR("");
	return (struct notice_row){
	        .id = r->id,
	        .rule = r->rule,
	        .audience_title = audience_title(who),
	        .day = r->day,
	        .due = r->due_date,
	        .when = s.when,
	        .light = s.light,
	        .document_id = r->document_id,
	        .point_id = r->point_id,
	        .assignment_id = r->assignment_id,
	        .document = document,
	        .place = str_cat(a, document, clause),
	        .clause = r->clause,
	        .activity = r->activity,
	        .org = r->org_name,
	        .n = r->n,
	        .n_unread = r->n_unread,
	        .n_open = r->n_open,
	};
}

enum ec notice_list(
        const struct ctx *c, const struct notice_filter *f, struct notice_list *ret, struct err *e)
{
	static const enum q_notice_groups_sort sorts[NOTICE_SORT_COUNT] = {
	        [NOTICE_BY_DAY_DESC] = Q_NOTICE_GROUPS_BY_DAY_DESC,
	        [NOTICE_BY_DAY] = Q_NOTICE_GROUPS_BY_DAY,
	        [NOTICE_BY_DUE] = Q_NOTICE_GROUPS_BY_DUE,
	        [NOTICE_BY_DUE_DESC] = Q_NOTICE_GROUPS_BY_DUE_DESC,
	        [NOTICE_BY_DOCUMENT] = Q_NOTICE_GROUPS_BY_DOCUMENT,
	        [NOTICE_BY_DOCUMENT_DESC] = Q_NOTICE_GROUPS_BY_DOCUMENT_DESC,
	        [NOTICE_BY_ORG] = Q_NOTICE_GROUPS_BY_ORG,
	        [NOTICE_BY_ORG_DESC] = Q_NOTICE_GROUPS_BY_ORG_DESC,
	};
	struct scope s;
	struct q_notice_groups_rows rows;
	*ret = (struct notice_list){0};
	if (!actor_scope(c->actor, CAP_ASSIGNMENT_READ, &s))
		return EC_OK;
	struct paging p = paging_clean(f->page);
	TRY(q_notice_groups(c->db, c->a,
	        &(struct q_notice_groups_in){.user_id = owner(c),
	                .unread = f->unread,
	                .audience = or_empty(f->audience),
	                .scope_territory = s.territory_id,
	                .scope_org = s.org_id,
	                .n = p.limit,
	                .skip = p.offset,
	                .sort = sorts[f->sort < NOTICE_SORT_COUNT ? f->sort : NOTICE_BY_DAY_DESC]},
	        &rows, e));
	ret->v = arena_new(c->a, struct notice_row, rows.n);
	ret->n = rows.n;
	ret->total = rows.n > 0 ? rows.v[0].n_all : 0;
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = notice_row_of(c->a, &rows.v[i], clock_today(c->clock));
	return EC_OK;
}

enum ec notice_bell(const struct ctx *c, int64_t *ret_n, struct err *e)
{
	struct notice_setting s;
	struct q_notice_unread n;
	*ret_n = 0;
	TRY(notice_setting_of(c, owner(c), &s, e));
	if (!s.page || notice_quiet(&s, local_hour(c)))
		return EC_OK;
	TRY(q_notice_unread(c->db, c->a, &(struct q_notice_unread_in){owner(c)}, &n, e));
	*ret_n = n.n;
	return EC_OK;
}

/* One's own notice that the rights of today still cover. */
static enum ec own(const struct ctx *c, int64_t id, struct q_notice_one *ret, struct err *e)
{
	enum ec ec = q_notice_one(c->db, c->a, &(struct q_notice_one_in){id, owner(c)}, ret, e);
	if (ec == EC_NOTFOUND || (ec == EC_OK && !actor_may(c->actor, CAP_ASSIGNMENT_READ,
	                                                 ret->territory_id, ret->org_id)))
		return err_set(e, EC_NOTFOUND, "такого уведомления нет");
	return ec;
}

/* The rule with its source, the data and the dates, so that a person can count it again. */
static enum ec why_of(
        const struct ctx *c, const struct q_notice_one *n, struct str *ret, struct err *e)
{
	struct remind_steps steps;
	struct calendar *cal;
	struct arena *a = c->a;
	enum audience who = AUDIENCE_NONE;
	(void)audience_of(n->audience, &who);
	TRY(remind_steps_load(c, n->territory_id, &steps, e));
	TRY(calendar_load(c, n->territory_id, &cal, e));
	struct str why = str_printf(a,
	        "Правило: напоминать " STR_FMT "; вам — как получателю «" STR_FMT "».",
	        STR_ARG(n->rule), STR_ARG(audience_title(who)));
	for (size_t i = 0; i < steps.n; i++) {
		const struct remind_step *s = &steps.v[i];
		if (!str_eq(s->code, n->code))
			continue;
		struct str by =
		        s->territory_id == DB_NULL_INT ? STR("для всех") : s->territory_name;
		struct date came = remind_day(cal, s, iso_date(n->due_date));
		why = str_printf(a,
		        STR_FMT " Ступень (" STR_FMT "): " STR_FMT ". Срок " STR_FMT
		                "; напоминание приходится на " STR_FMT "%s.",
		        STR_ARG(why), STR_ARG(by), STR_ARG(provenance_said(a, &s->from)),
		        STR_ARG(day_said(a, iso_date(n->due_date))), STR_ARG(day_said(a, came)),
		        date_cmp(came, iso_date(n->day)) < 0
		                ? ", вычислено позже: программа тогда не работала или поручение "
		                  "появилось после"
		                : "");
	}
	struct str due_now = n->due_now.p == NULL ? STR("без даты") : iso_ru(a, n->due_now);
	*ret = str_printf(a,
	        STR_FMT " Вычислено " STR_FMT ": тогда исполнение не было представлено. Срок "
	                "сейчас: " STR_FMT ".",
	        STR_ARG(why), STR_ARG(iso_ru(a, n->day)), STR_ARG(due_now));
	return EC_OK;
}

enum ec notice_get(const struct ctx *c, int64_t id, struct notice_card *ret, struct err *e)
{
	struct q_notice_one n;
	struct q_notice_group g;
	struct q_notice_orgs_rows rows;
	TRY(own(c, id, &n, e));
	TRY(q_notice_group(c->db, c->a,
	        &(struct q_notice_group_in){owner(c), n.code, n.day, n.due_date, n.point_id}, &g,
	        e));
	struct q_notice_groups r = {.id = id,
	        .code = n.code,
	        .rule = n.rule,
	        .audience = n.audience,
	        .day = n.day,
	        .due_date = n.due_date,
	        .point_id = n.point_id,
	        .clause = g.clause,
	        .activity = g.activity,
	        .document_id = n.document_id,
	        .kind = g.kind,
	        .number = g.number,
	        .doc_date = g.doc_date,
	        .assignment_id = n.assignment_id,
	        .n = g.n,
	        .n_unread = g.n_unread,
	        .n_open = g.n_open,
	        .org_name = g.org_name};
	*ret = (struct notice_card){.row = notice_row_of(c->a, &r, clock_today(c->clock))};
	TRY(why_of(c, &n, &ret->why, e));
	TRY(q_notice_orgs(c->db, c->a,
	        &(struct q_notice_orgs_in){
	                owner(c), n.code, n.day, n.due_date, n.point_id, NOTICE_ORGS},
	        &rows, e));
	ret->org = arena_new(c->a, struct notice_org, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		enum control_state s = CONTROL_NONE;
		(void)control_state_of(rows.v[i].state, &s);
		ret->org[ret->n_orgs++] =
		        (struct notice_org){rows.v[i].id, rows.v[i].name, control_state_title(s)};
	}
	return EC_OK;
}

enum ec notice_mark(const struct ctx *c, int64_t id, bool read, int64_t *ret_n, struct err *e)
{
	struct q_notice_one n = {.point_id = DB_NULL_INT};
	int64_t me = owner(c);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	if (id != 0)
		TRY(own(c, id, &n, e));
	if (read)
		TRY(q_notice_read(c->db,
		        &(struct q_notice_read_in){me, clock_now(c->clock), or_empty(n.code),
		                or_empty(n.day), or_empty(n.due_date), n.point_id},
		        ret_n, e));
	else
		TRY(q_notice_unread_again(c->db,
		        &(struct q_notice_unread_again_in){me, or_empty(n.code), or_empty(n.day),
		                or_empty(n.due_date), n.point_id},
		        ret_n, e));
	return tx_commit(&tx, e);
}
