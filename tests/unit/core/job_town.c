#include "job_town.h"

#include "core/control/check.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "test.h"

#include <stdio.h>

/* Written for this test; no real body or person. */
static const char order[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\nПРИКАЗ\n\n10 февраля 2022 г.\n\n№ 19/01\n\n"
        "г. Заречный\n\nОб утверждении плана мероприятий\n\nВ целях порядка приказываю:\n\n"
        "1. Утвердить прилагаемый план мероприятий («дорожную карту»).\n\n"
        "Директор департамента А. Б. Заречный\n\n"
        "Приложение к приказу от 10.02.2022 № 19/01\n\n"
        "План мероприятий («дорожная карта») на 2022 год\n\n"
        "№ п/п\tМероприятие\tСрок\tОтветственный исполнитель\tВид документа\tПоказатель\n"
        "1.1.\tАнкетирование школ-участниц\tдо 01.03.2022\tОбщеобразовательные "
        "организации\tПриказ, информационный отчёт\tДоля школ (100 %)\n"
        "1.2.\tНазначение кураторов\tдо 10.03.2022\tМуниципальные органы управления "
        "образованием, общеобразовательные организации\tПриказ\t\n";

static void find_rows(struct job_town *t)
{
	struct err e = {0};
	struct assignment_list l = {0};
	CHECK_OK(assignment_list(
	        &t->p.as_clerk, &(struct assignment_filter){.document_id = t->document}, &l, &e));
	for (size_t i = 0; i < l.n; i++) {
		bool first = str_has(l.v[i].clause, STR("1.1"));
		if (first && l.v[i].org_id == t->p.school[0])
			t->own = l.v[i].id;
		else if (first && l.v[i].org_id == t->p.school[1])
			t->other = l.v[i].id;
		else if (first && l.v[i].org_id == t->p.school[2])
			t->far = l.v[i].id;
		else if (l.v[i].org_id == t->p.muni_north)
			t->muni = l.v[i].id;
	}
	CHECK(t->own > 0 && t->other > 0 && t->far > 0 && t->muni > 0);
}

void found_job_town(struct job_town *t, struct db *db, struct arena *a)
{
	struct err e = {0};
	struct confirm_result r = {0};
	*t = (struct job_town){0};
	settle_in(&t->p, db, a);
	CHECK_OK(document_import(&t->p.as_clerk,
	        &(struct document_source){str_c(order), STR("order.txt"), 0}, &t->document, &e));
	struct document_card k = card_of(&t->p.as_clerk, t->document);
	for (size_t i = 0; i < k.n_diagnostics; i++)
		if (str_eq(k.diagnostic[i].severity, STR("error")))
			CHECK_OK(diagnostic_settle(
			        &t->p.as_clerk, k.diagnostic[i].id, SETTLE_STANDS, &e));
	k = card_of(&t->p.as_clerk, t->document);
	CHECK_OK(document_confirm(&t->p.as_clerk, t->document, k.version, &r, &e));
	find_rows(t);
}

void job_town_later(struct job_town *t, int days)
{
	t->later = place_winter;
	t->later.fixed += (int64_t)days * 86400;
	t->p.c.clock = t->p.as_clerk.clock = t->p.as_school.clock = t->p.as_north.clock = &t->later;
}

bool job_step(const struct ctx *c, int64_t id, enum control_step s, const char *note, enum ec want)
{
	struct err e = {0};
	enum ec ec =
	        assignment_step(c, id, &(struct step_form){.step = s, .note = str_c(note)}, &e);
	if (ec != want)
		(void)printf("# %s\n", e.msg);
	return ec == want && (want == EC_OK || e.msg[0] != '\0');
}

struct assignment_card job_card(const struct ctx *c, int64_t id)
{
	struct err e = {0};
	struct assignment_card card = {0};
	CHECK_OK(assignment_card(c, id, &card, &e));
	return card;
}

void job_town_whole(const struct job_town *t)
{
	struct err e = {0};
	struct check_report r = {0};
	CHECK_OK(check_all(&t->p.c, &r, &e));
	for (size_t i = 0; i < r.n; i++)
		if (!CHECK(r.v[i].ok))
			(void)printf("# " STR_FMT ": " STR_FMT "\n", STR_ARG(r.v[i].what),
			        STR_ARG(r.v[i].why));
}
