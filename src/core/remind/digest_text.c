/* What a letter says: three heaps by the day, each line with its document, rule and link. */
#include "base/limits.h"
#include "core/fact.h"
#include "core/remind/digest.h"
#include "core/remind/notice_row.h"
#include "core/remind/unsubscribe.h"
#include "db/q_digest.h"

enum heap { HEAP_OVERDUE = 0, HEAP_TODAY, HEAP_AHEAD, HEAP_COUNT };

static const char *const heap_titles[HEAP_COUNT] = {"Просрочено", "Срок сегодня", "Скоро срок"};

static enum heap heap_of(struct str due, struct date today)
{
	int left = date_cmp(iso_date(due), today);
	return left < 0 ? HEAP_OVERDUE : left == 0 ? HEAP_TODAY : HEAP_AHEAD;
}

static void escaped(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&':
			buf_add_z(b, "&amp;");
			break;
		case '<':
			buf_add_z(b, "&lt;");
			break;
		case '>':
			buf_add_z(b, "&gt;");
			break;
		case '"':
			buf_add_z(b, "&quot;");
			break;
		default:
			buf_byte(b, s.p[i]);
		}
	}
}

/* Where the line leads: one assignment, or the notice that lists them. */
static struct str link_of(struct arena *a, struct str site, const struct notice_row *r)
{
	if (site.n == 0)
		return STR("");
	return str_printf(a, STR_FMT "/%s/%lld", STR_ARG(site),
	        r->n == 1 ? "assignments" : "notices",
	        (long long)(r->n == 1 ? r->assignment_id : r->id));
}

static struct str whose(struct arena *a, const struct notice_row *r)
{
	return r->n == 1 ? r->org : str_printf(a, "организаций: %lld", (long long)r->n);
}

static void line_text(struct buf *b, struct arena *a, const struct notice_row *r, struct str link)
{
	buf_printf(b,
	        "- " STR_FMT " (" STR_FMT "): " STR_FMT "\n  " STR_FMT "; " STR_FMT "\n"
	        "  Напомнили " STR_FMT "; вы — " STR_FMT ".\n",
	        STR_ARG(date_ru(a, iso_date(r->due))), STR_ARG(r->when),
	        STR_ARG(utf8_head(r->activity, 300)), STR_ARG(r->place), STR_ARG(whose(a, r)),
	        STR_ARG(r->rule), STR_ARG(r->audience_title));
	if (link.n > 0)
		buf_printf(b, "  " STR_FMT "\n", STR_ARG(link));
}

static void line_html(struct buf *b, struct arena *a, const struct notice_row *r, struct str link)
{
	buf_printf(b,
	        "<li><b>" STR_FMT "</b> (" STR_FMT "): ", STR_ARG(date_ru(a, iso_date(r->due))),
	        STR_ARG(r->when));
	if (link.n > 0) {
		buf_add_z(b, "<a href=\"");
		escaped(b, link);
		buf_add_z(b, "\">");
	}
	escaped(b, utf8_head(r->activity, 300));
	buf_add_z(b, link.n > 0 ? "</a><br>" : "<br>");
	escaped(b, r->place);
	buf_add_z(b, "; ");
	escaped(b, whose(a, r));
	buf_printf(b, "<br><small>Напомнили " STR_FMT "; вы — " STR_FMT ".</small></li>\n",
	        STR_ARG(r->rule), STR_ARG(r->audience_title));
}

struct letter {
	struct notice_row *v;
	enum heap *heap;
	size_t n;
	int64_t count[HEAP_COUNT]; /* assignments */
};

static enum ec letter_read(
        const struct ctx *c, int64_t id, struct date day, struct letter *ret, struct err *e)
{
	struct q_digest_lines_rows rows;
	TRY(q_digest_lines(c->db, c->a, &(struct q_digest_lines_in){id}, &rows, e));
	*ret = (struct letter){.v = arena_new(c->a, struct notice_row, rows.n),
	        .heap = arena_new(c->a, enum heap, rows.n),
	        .n = rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_digest_lines *r = &rows.v[i];
		struct q_notice_groups g = {.id = r->id,
		        .code = r->code,
		        .rule = r->rule,
		        .audience = r->audience,
		        .day = r->day,
		        .due_date = r->due_date,
		        .point_id = r->point_id,
		        .clause = r->clause,
		        .activity = r->activity,
		        .document_id = r->document_id,
		        .kind = r->kind,
		        .number = r->number,
		        .doc_date = r->doc_date,
		        .assignment_id = r->assignment_id,
		        .n = r->n,
		        .n_unread = r->n_unread,
		        .n_open = r->n_open,
		        .org_name = r->org_name};
		ret->v[i] = notice_row_of(c->a, &g, day);
		ret->heap[i] = heap_of(r->due_date, day);
		ret->count[ret->heap[i]] += r->n;
	}
	return EC_OK;
}

static struct str subject_of(struct arena *a, const struct letter *l, struct date day)
{
	static const char *const words[HEAP_COUNT] = {"просрочено", "сегодня", "скоро"};
	struct str part[HEAP_COUNT];
	size_t n = 0;
	for (int h = 0; h < HEAP_COUNT; h++)
		if (l->count[h] > 0)
			part[n++] = str_printf(a, "%s %lld", words[h], (long long)l->count[h]);
	return str_printf(a, "СОКО, " STR_FMT ": " STR_FMT, STR_ARG(date_ru(a, day)),
	        STR_ARG(str_join(a, STR(", "), part, n)));
}

static void heaps(const struct ctx *c, const struct digest_head *h, const struct letter *l,
        struct buf *text, struct buf *html)
{
	for (int k = 0; k < HEAP_COUNT; k++) {
		if (l->count[k] == 0)
			continue;
		buf_printf(text, "\n%s: %lld\n\n", heap_titles[k], (long long)l->count[k]);
		buf_printf(
		        html, "<h2>%s: %lld</h2>\n<ul>\n", heap_titles[k], (long long)l->count[k]);
		for (size_t i = 0; i < l->n; i++) {
			if (l->heap[i] != (enum heap)k)
				continue;
			struct str link = link_of(c->a, h->site, &l->v[i]);
			line_text(text, c->a, &l->v[i], link);
			line_html(html, c->a, &l->v[i], link);
		}
		buf_add_z(html, "</ul>\n");
	}
}

enum ec digest_text(const struct ctx *c, const struct digest_head *h, int64_t digest_id,
        struct digest_text *ret, struct err *e)
{
	struct letter l;
	struct buf text, html;
	struct str token;
	*ret = (struct digest_text){0};
	TRY(letter_read(c, digest_id, h->day, &l, e));
	if (h->site.n > 0 && unsubscribe_token(c, h->user_id, &token, e) == EC_OK)
		ret->unsubscribe = str_printf(
		        c->a, STR_FMT "/notices/off/" STR_FMT, STR_ARG(h->site), STR_ARG(token));
	ret->subject = subject_of(c->a, &l, h->day);
	buf_init(&text, c->a, 8 * MIB);
	buf_init(&html, c->a, 8 * MIB);
	buf_printf(&text, "Напоминания о сроках на " STR_FMT ".\n", STR_ARG(date_ru(c->a, h->day)));
	buf_printf(&html,
	        "<!DOCTYPE html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\"><title>" STR_FMT
	        "</title></head><body>\n<p>Напоминания о сроках на " STR_FMT ".</p>\n",
	        STR_ARG(ret->subject), STR_ARG(date_ru(c->a, h->day)));
	heaps(c, h, &l, &text, &html);
	if (h->site.n > 0) {
		buf_printf(&text,
		        "\nВсе уведомления: " STR_FMT "/notices\nЧто присылать: " STR_FMT
		        "/notices/settings\n",
		        STR_ARG(h->site), STR_ARG(h->site));
		buf_add_z(&html, "<p><a href=\"");
		escaped(&html, h->site);
		buf_add_z(&html, "/notices\">Все уведомления</a> · <a href=\"");
		escaped(&html, h->site);
		buf_add_z(&html, "/notices/settings\">Что присылать</a></p>\n");
	}
	if (ret->unsubscribe.n > 0) {
		buf_printf(&text, "Больше не присылать писем: " STR_FMT "\n",
		        STR_ARG(ret->unsubscribe));
		buf_add_z(&html, "<p><small><a href=\"");
		escaped(&html, ret->unsubscribe);
		buf_add_z(&html, "\">Больше не присылать писем</a></small></p>\n");
	}
	buf_add_z(&html, "</body></html>\n");
	ret->text = buf_str(&text);
	ret->html = buf_str(&html);
	TRY(buf_check(&text, "письмо", e));
	return buf_check(&html, "письмо", e);
}
