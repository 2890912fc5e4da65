/* One fictional order with a road map as text, DOCX, ODT, HTML and PDF: the same assignments. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "doc/document.h"
#include "doc/extract.h"
#include "test.h"
#include "unit/pack/make.h"

#include <stdlib.h>

static const char *const paras[] = {
        "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ОЗЁРНОГО РАЙОНА",
        "ПРИКАЗ",
        "15.09.2022 № 118-о",
        "О повышении объективности оценки образовательных результатов",
        "ПРИКАЗЫВАЮ:",
        "1. Утвердить дорожную карту согласно приложению.",
        ("2. Отделу общего образования (Синица А.А.) провести совещание с директорами школ по "
         "вопросам объективности в срок до 30 сентября 2022 года."),
        "3. Руководителям общеобразовательных организаций представить отчёты до 25.12.2022.",
        "4. Контроль за исполнением приказа оставляю за собой.",
};

static const char *const annex[] = {
        "Приложение к приказу от 15.09.2022 № 118-о",
        "ДОРОЖНАЯ КАРТА",
        "по повышению объективности на 2022–2023 учебный год",
};

enum { COLUMNS = 4, ROWS = 4 };
static const char *const cells[ROWS][COLUMNS] = {
        {"№", "Мероприятие", "Срок", "Ответственный"},
        {"1", "Провести анализ результатов проверочных работ по школам района", "октябрь 2022 г.",
                "Отдел общего образования"},
        {"2", "Организовать перекрёстную проверку работ обучающихся 4 классов", "до 15.11.2022",
                "Методический центр"},
        {"3", "Обсудить итоги на совете руководителей", "декабрь 2022 г.",
                "Отдел общего образования, директора школ"},
};

/* A markup language: what stands around each piece. */
struct form {
	const char *name;
	const char *para[2], *page, *table[2], *row[2], *cell[2];
};

static struct str marked(struct arena *a, const struct form *f)
{
	struct buf b;
	buf_init(&b, a, MIB);
	for (size_t i = 0; i < ARRAY_LEN(paras); i++)
		buf_printf(&b, "%s%s%s", f->para[0], paras[i], f->para[1]);
	buf_add_z(&b, f->page);
	for (size_t i = 0; i < ARRAY_LEN(annex); i++)
		buf_printf(&b, "%s%s%s", f->para[0], annex[i], f->para[1]);
	buf_add_z(&b, f->table[0]);
	for (size_t r = 0; r < ROWS; r++) {
		buf_add_z(&b, f->row[0]);
		for (size_t c = 0; c < COLUMNS; c++)
			buf_printf(&b, "%s%s%s", f->cell[0], cells[r][c], f->cell[1]);
		buf_add_z(&b, f->row[1]);
	}
	buf_add_z(&b, f->table[1]);
	return buf_str(&b);
}

static const struct form text = {"text", {"", "\n"}, "\f", {"", ""}, {"", "\n"}, {"| ", " "}};
static const struct form html = {"html", {"<p>", "</p>\n"},
        "<br style='page-break-before: always'>", {"<table>", "</table>"}, {"<tr>", "</tr>"},
        {"<td>", "</td>"}};
#define WP(s) "<w:p>" s "</w:p>"
static const struct form docx = {"docx", {"<w:p><w:r><w:t>", "</w:t></w:r></w:p>"},
        WP("<w:r><w:br w:type=\"page\"/></w:r>"), {"<w:tbl>", "</w:tbl>"}, {"<w:tr>", "</w:tr>"},
        {"<w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc>"}};
static const struct form odt = {"odt", {"<text:p>", "</text:p>"},
        "<text:p text:style-name=\"Page\"/>", {"<table:table>", "</table:table>"},
        {"<table:table-row>", "</table:table-row>"},
        {"<table:table-cell><text:p>", "</text:p></table:table-cell>"}};

/* ---- PDF: lines broken and placed as a printer does ---- */

typedef VEC(struct make_pdf_text) placed;

struct frame {
	int page, x;
	size_t letters;
};

/* Puts a text into the frame from y down, returns the y below it. */
static int place(struct arena *a, placed *v, struct frame f, int y, const char *z)
{
	struct str rest = str_c(z), word;
	struct str line = STR("");
	while (str_next(&rest, ' ', &word)) {
		struct str longer = line.n == 0 ? word
		                                : str_printf(a, STR_FMT " " STR_FMT, STR_ARG(line),
		                                          STR_ARG(word));
		if (utf8_len(longer) > f.letters) {
			*vec_push(a, v) = (struct make_pdf_text){f.page, f.x, y, line};
			y += 12;
			longer = word;
		}
		line = longer;
	}
	*vec_push(a, v) = (struct make_pdf_text){f.page, f.x, y, line};
	return y + 12;
}

/* Lines around the cells of the second page, as thin as printers draw them. */
static void grid(struct make_pdf_rules *r, const int *x, int n_x, const int *y, int n_y)
{
	for (int i = 0; i < n_y; i++)
		r->v[r->n++] = (struct make_pdf_rule){1, x[0], y[i], x[n_x - 1], y[i]};
	for (int i = 0; i < n_x; i++)
		r->v[r->n++] = (struct make_pdf_rule){1, x[i], y[0], x[i], y[n_y - 1]};
}

static struct str pdf(struct arena *a, bool bordered)
{
	static const struct frame column[COLUMNS] = {
	        {1, 50, 4}, {1, 80, 36}, {1, 310, 16}, {1, 420, 24}};
	placed v = {0};
	int y = 60;
	for (size_t i = 0; i < ARRAY_LEN(paras); i++)
		y = place(a, &v, (struct frame){0, 50, 80}, y, paras[i]) + 10;
	y = 60;
	for (size_t i = 0; i < ARRAY_LEN(annex); i++)
		y = place(a, &v, (struct frame){1, i == 0 ? 250 : 150, 60}, y, annex[i]) + 10;
	int edge[ROWS + 1] = {y - 12};
	for (size_t r = 0; r < ROWS; r++) {
		int below = y;
		for (size_t c = 0; c < COLUMNS; c++) {
			int end = place(a, &v, column[c], y, cells[r][c]);
			below = end > below ? end : below;
		}
		y = bordered ? below + 6 : below;
		edge[r + 1] = y - 12;
	}
	struct make_pdf_rules ruled = {.n = 0};
	if (bordered)
		grid(&ruled, (const int[]){46, 76, 306, 416, 575}, COLUMNS + 1, edge, ROWS + 1);
	return make_pdf_ruled(a, v.v, v.n, &ruled);
}

/* ---- what was understood, places aside ---- */

static struct str understood(struct arena *a, struct str bytes, const char *name)
{
	struct source *s = arena_new(a, struct source, 1);
	struct document d;
	struct err e = {0};
	struct buf b;
	buf_init(&b, a, MIB);
	if (doc_read(a, bytes, str_c(name), s, &e) != EC_OK) {
		test_check(false, name, 0, e.msg);
		return STR("");
	}
	CHECK_STR(source_format_name(s->format),
	        str_eq_z(str_c(name), "text") ? STR("txt") : str_c(name));
	document_parse(a, s, &d);
	struct str date = date_ru(a, d.meta.date.date);
	buf_printf(&b, "%s " STR_FMT " " STR_FMT " " STR_FMT "\n", doc_kind_name(d.meta.kind).p,
	        STR_ARG(date), STR_ARG(d.meta.number.text), STR_ARG(d.meta.title.text));
	for (size_t i = 0; i < d.n_assignments; i++) {
		const struct assignment *t = &d.assignment[i];
		buf_printf(&b, "%d %d " STR_FMT ": " STR_FMT, (int)t->part, (int)t->type,
		        STR_ARG(t->clause.text), STR_ARG(t->activity.text));
		for (size_t k = 0; k < t->n_responsible; k++)
			buf_printf(&b, " | " STR_FMT " " STR_FMT,
			        STR_ARG(t->responsible[k].name.text),
			        STR_ARG(t->responsible[k].person.text));
		for (size_t k = 0; k < t->n_due; k++) {
			struct str start = date_ru(a, t->due[k].value.start);
			struct str end = date_ru(a, t->due[k].value.end);
			buf_printf(&b, " | %d " STR_FMT " " STR_FMT, (int)t->due[k].value.kind,
			        STR_ARG(start), STR_ARG(end));
		}
		buf_byte(&b, '\n');
	}
	CHECK_INT(d.n_assignments, 7);
	return buf_str(&b);
}

static size_t lines_of(struct str these, struct str in)
{
	size_t n = 0;
	for (struct str line; str_next(&these, '\n', &line);)
		n += line.n > 0 && str_has(in, line);
	return n;
}

/* scan.tif: the order as a printer set it, two sheets of 200 dpi in black and white, laid on the
 * glass a third of a degree askew */
TEST(a_scan_of_the_same_document_gives_nine_of_ten_lines_alike)
{
	AUTO_ARENA(a, 4 * GIB);
	struct str bytes;
	struct err e = {0};
	const char *path = arena_printf(&a, "%s/tests/unit/doc/scan.tif", getenv("SOKO_SOURCE"));
	struct ocr *o = ocr_prepare();
	bool there = o != NULL;
	ocr_free(o);
	if (!there) {
		test_skip("tesseract-ocr-rus IS NOT INSTALLED");
		return;
	}
	if (file_read(&a, path, MIB, &bytes, &e) != EC_OK) {
		test_check(false, __FILE__, __LINE__, e.msg);
		return;
	}
	struct str want = understood(&a, marked(&a, &text), "text");
	struct str got = understood(&a, bytes, "image");
	size_t all = lines_of(want, want), same = lines_of(got, want);
	CHECK(same * 10 >= (all - 1) * 9); /* the first line holds the title */
	CHECK(str_has(got, STR("30.09.2022")) && str_has(got, STR("15.11.2022")));
}

TEST(the_same_document_in_five_forms_gives_the_same_assignments)
{
	AUTO_ARENA(a, 4 * GIB);
	struct str want = understood(&a, make_docx(&a, marked(&a, &docx).p, NULL, NULL), "docx");
	CHECK(str_has(want, STR("Методический центр")));
	CHECK(str_has(want, STR("30.09.2022")));
	CHECK_STR(understood(&a, marked(&a, &text), "text"), want);
	CHECK_STR(understood(&a,
	                  make_odt(&a, marked(&a, &odt).p,
	                          "<style:style style:name=\"Page\"><style:paragraph-properties "
	                          "fo:break-before=\"page\"/></style:style>",
	                          NULL),
	                  "odt"),
	        want);
	struct str page = marked(&a, &html);
	CHECK_STR(understood(&a, str_cat(&a, STR("<html><body>"), page), "html"), want);
	CHECK_STR(understood(&a, pdf(&a, false), "pdf"), want);
	CHECK_STR(understood(&a, pdf(&a, true), "pdf"), want);
}
