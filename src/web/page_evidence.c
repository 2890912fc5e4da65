#include "web/page_evidence.h"

#include "base/limits.h"
#include "base/num.h"
#include "core/fact.h"
#include "web/page_assignments.h"

struct str file_size(struct arena *a, int64_t bytes)
{
	double n = (double)bytes;
	if (bytes < (int64_t)KIB)
		return str_printf(a, "%lld Б", (long long)bytes);
	if (bytes < (int64_t)MIB)
		return str_printf(a, STR_FMT " КБ", STR_ARG(num_ru(a, n / (double)KIB, 0)));
	return str_printf(a, STR_FMT " МБ", STR_ARG(num_ru(a, n / (double)MIB, 1)));
}

struct str num_ru_short(struct arena *a, double v)
{
	return str_replace(a, num_exact(a, v), STR("."), STR(","));
}

static enum ec card_again(struct call *c, struct str message)
{
	struct url to = url_int(c->r->a, URL("/assignments"), c->id[0]);
	return call_redirect(c, url_local(str_cat(c->r->a, to.s, STR("#evidence"))), message);
}

static struct evidence_form form_read(const struct call *c, enum evidence_kind kind)
{
	return (struct evidence_form){.kind = kind,
	        .demanded = call_text(c, STR("demanded")),
	        .title = call_text(c, STR("title")),
	        .link = call_text(c, STR("link")),
	        .number = call_text(c, STR("number")),
	        .unit = call_text(c, STR("unit"))};
}

static enum ec add_files(struct call *c, struct err *e)
{
	struct evidence_form *v = arena_new(c->r->a, struct evidence_form, c->r->files.n);
	size_t n = 0;
	for (size_t i = 0; i < c->r->files.n; i++) {
		const struct upload *f = &c->r->files.v[i];
		if (f->bytes.n == 0 && f->name.n == 0)
			continue; /* nothing was chosen */
		v[n] = form_read(c, EVIDENCE_FILE);
		v[n].name = f->name;
		v[n++].bytes = f->bytes;
	}
	if (n == 0)
		return err_set(e, EC_INPUT, "выберите файл");
	TRY(evidence_add_all(&c->ctx, c->id[0], v, n, e));
	return card_again(c,
	        n == 1 ? STR("Файл приложен.") : str_printf(c->r->a, "Приложено файлов: %zu.", n));
}

/* Fields a0, a1 … answer what the form of this assignment asks, in its order. */
static enum ec add_form(struct call *c, struct err *e)
{
	struct evidence_list l;
	struct evidence_form f = form_read(c, EVIDENCE_FORM);
	int64_t id;
	TRY(evidence_of(&c->ctx, c->id[0], &l, e));
	struct evidence_answer *v = arena_new(c->r->a, struct evidence_answer, l.n_fields);
	for (size_t i = 0; i < l.n_fields; i++)
		v[i] = (struct evidence_answer){l.field[i],
		        str_replace(c->r->a,
		                or_empty(field_get(&c->r->form, str_printf(c->r->a, "a%zu", i))),
		                STR("\r\n"), STR("\n"))};
	f.answer = v;
	f.n_answers = l.n_fields;
	TRY(evidence_add(&c->ctx, c->id[0], &f, &id, e));
	return card_again(c, STR("Форма приложена."));
}

enum ec evidence_post(struct call *c, struct err *e)
{
	enum evidence_kind kind;
	int64_t id;
	if (!evidence_kind_of(call_text(c, STR("kind")), &kind))
		return err_set(e, EC_INPUT, "нет такого вида подтверждения");
	if (kind == EVIDENCE_FILE)
		return add_files(c, e);
	if (kind == EVIDENCE_FORM)
		return add_form(c, e);
	struct evidence_form f = form_read(c, kind);
	TRY(evidence_add(&c->ctx, c->id[0], &f, &id, e));
	return card_again(
	        c, kind == EVIDENCE_LINK ? STR("Ссылка приложена.") : STR("Число приложено."));
}

enum ec evidence_file_get(struct call *c, struct err *e)
{
	struct evidence_bytes f;
	TRY(evidence_file(&c->ctx, c->id[0], c->id[1], &f, e));
	/* never shown by the browser itself: a foreign file is only saved */
	call_download(c, STR("application/octet-stream"), f.name, f.bytes);
	return EC_OK;
}

enum ec evidence_remove_post(struct call *c, struct err *e)
{
	TRY(evidence_remove(&c->ctx, c->id[0], c->id[1], call_text(c, STR("reason")), e));
	return card_again(c, STR("Подтверждение убрано; в истории оно осталось."));
}
