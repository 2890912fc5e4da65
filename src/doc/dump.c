/* The reading of a document as plain lines, made for people and for diff. */
#include "doc/document.h"

#include <math.h>

static void place(struct buf *b, struct span s)
{
	if (s.from != s.to)
		buf_printf(b, "  [%u-%u]", s.from, s.to);
}

static void put_field(struct buf *b, const char *name, const struct field *f)
{
	if (f->text.n == 0)
		return;
	buf_printf(b, "%s: " STR_FMT, name, STR_ARG(f->text));
	if (f->trust == TRUST_DOUBTFUL)
		buf_add_z(b, " (?)");
	place(b, f->span);
	buf_byte(b, '\n');
}

static void put_date(struct buf *b, const char *name, struct date d)
{
	if (!date_none(d))
		buf_printf(b, "%s: %04d-%02d-%02d\n", name, d.y, d.m, d.d);
}

static void put_meta(struct buf *b, const struct doc_meta *m)
{
	buf_printf(b, "kind: " STR_FMT "\n", STR_ARG(doc_kind_name(m->kind)));
	put_field(b, "body", &m->issuing_body);
	put_field(b, "number", &m->number);
	put_date(b, "date", m->date.date);
	put_field(b, "place", &m->place);
	put_field(b, "title", &m->title);
	put_field(b, "signed by", &m->signatory_name);
	put_field(b, "position", &m->signatory_position);
	for (size_t i = 0; i < m->n_basis; i++) {
		buf_printf(b, "basis: " STR_FMT " № " STR_FMT, STR_ARG(m->basis[i].kind.text),
		        STR_ARG(m->basis[i].number.text));
		struct date d = m->basis[i].date.date;
		buf_printf(b, " %04d-%02d-%02d", d.y, d.m, d.d);
		place(b, m->basis[i].text.span);
		buf_byte(b, '\n');
	}
	put_date(b, "plan from", m->plan.start);
	put_date(b, "plan to", m->plan.end);
	for (size_t i = 0; i < m->n_addressees; i++)
		put_field(b, "to", &m->addressee[i]);
	put_field(b, "reply to", &m->reply_number);
	put_date(b, "reply date", m->reply_date.date);
	put_field(b, "controller", &m->controller);
	put_field(b, "prepared by", &m->executor);
	put_field(b, "telephone", &m->executor_phone);
	for (size_t i = 0; i < m->n_copies; i++)
		put_field(b, "copy", &m->copy[i]);
	for (size_t i = 0; i < m->n_annexes; i++)
		put_field(b, "enclosed", &m->annex[i]);
}

static void put_due(struct buf *b, const struct due *u)
{
	const struct deadline *d = &u->value;
	buf_printf(b, "  due: " STR_FMT, STR_ARG(deadline_kind_name(d->kind)));
	if (!date_none(d->start))
		buf_printf(b, " from %04d-%02d-%02d", d->start.y, d->start.m, d->start.d);
	if (!date_none(d->end))
		buf_printf(b, " to %04d-%02d-%02d", d->end.y, d->end.m, d->end.d);
	const struct {
		const char *name;
		struct str text;
	} parts[] = {{"at", d->time}, {"rule", d->recurrence}, {"anchor", d->anchor},
	        {"offset", d->offset}, {"problem", d->problem}, {"label", u->label.text},
	        {"inherited", inherited_name(u->inherited)}};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (parts[i].text.n > 0)
			buf_printf(b, " %s=" STR_FMT, parts[i].name, STR_ARG(parts[i].text));
	if (d->then_continuous)
		buf_add_z(b, " then_continuous");
	if (d->approximate)
		buf_add_z(b, " approximate");
	if (d->kind == DEADLINE_INVALID && d->proposal_kind != DEADLINE_NONE) {
		buf_printf(b, " proposal=" STR_FMT, STR_ARG(deadline_kind_name(d->proposal_kind)));
		if (!date_none(d->proposal_end))
			buf_printf(b, " to %04d-%02d-%02d", d->proposal_end.y, d->proposal_end.m,
			        d->proposal_end.d);
		if (d->proposal_recurrence.n > 0)
			buf_printf(b, " " STR_FMT, STR_ARG(d->proposal_recurrence));
	}
	buf_printf(b, " «" STR_FMT "»", STR_ARG(u->text.text));
	place(b, u->text.span);
	buf_byte(b, '\n');
}

static void put_assignment(struct buf *b, const struct document *d, const struct assignment *t)
{
	buf_printf(b, "\n" STR_FMT " " STR_FMT " " STR_FMT " lines %u-%u", STR_ARG(t->id),
	        STR_ARG(d->part[t->part].id), STR_ARG(assignment_type_name(t->type)), t->line_start,
	        t->line_end);
	place(b, t->span);
	buf_byte(b, '\n');
	put_field(b, "  clause", &t->clause);
	put_field(b, "  section", &t->section);
	put_field(b, "  activity", &t->activity);
	for (size_t i = 0; i < t->n_items; i++)
		put_field(b, "  item", &t->item[i]);
	for (size_t i = 0; i < t->n_responsible; i++) {
		put_field(b, "  who", &t->responsible[i].name);
		put_field(b, "  person", &t->responsible[i].person);
	}
	if (t->responsible_source == RESPONSIBLE_PARENT)
		buf_add_z(b, "  who is named above\n");
	for (size_t i = 0; i < t->n_due; i++)
		put_due(b, &t->due[i]);
	for (size_t i = 0; i < t->n_document_types; i++)
		put_field(b, "  document", &t->document_type[i]);
	for (size_t i = 0; i < t->n_indicators; i++) {
		const struct indicator *m = &t->indicator[i];
		put_field(b, "  indicator", &m->name);
		if (!isnan(m->target)) {
			buf_printf(b, "    target " STR_FMT " ", STR_ARG(m->comparison));
			buf_printf(b, "%g " STR_FMT "\n", m->target, STR_ARG(m->unit));
		}
	}
	put_field(b, "  result", &t->expected_result);
}

void document_dump(struct buf *out, const struct document *d)
{
	put_meta(out, &d->meta);
	for (size_t i = 0; i < d->n_parts; i++) {
		buf_printf(out, "part " STR_FMT ": " STR_FMT "\n", STR_ARG(d->part[i].id),
		        STR_ARG(doc_kind_name(d->part[i].kind)));
		put_field(out, "  title", &d->part[i].title);
	}
	for (size_t i = 0; i < d->n_assignments; i++)
		put_assignment(out, d, &d->assignment[i]);
	if (d->n_warnings > 0)
		buf_byte(out, '\n');
	for (size_t i = 0; i < d->n_warnings; i++) {
		const struct diag *w = &d->warning[i];
		buf_printf(out, STR_FMT " " STR_FMT ": " STR_FMT,
		        STR_ARG(severity_name(w->severity)), STR_ARG(w->code), STR_ARG(w->message));
		place(out, w->span);
		buf_byte(out, '\n');
	}
}
