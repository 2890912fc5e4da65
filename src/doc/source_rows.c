/* Tables of plain text whose rows are lines: tabs, pipes and box drawing. */
#include "base/limits.h"
#include "doc/lines.h"
#include "doc/parse.h"
#include "doc/words.h"
#include "text/fold.h"

#include <string.h>

#define MAX_COLS 64

struct row *rows_add(struct reader *r, rows_vec *rows, size_t line, size_t cells)
{
	const struct rawline *l = &r->line[line];
	struct row *row = vec_push(r->a, rows);
	*row = (struct row){.n = cells, .page = l->page, .line = l->line, .line_end = l->line};
	row->cell = arena_new(r->a, struct cell, cells == 0 ? 1 : cells);
	for (size_t i = 0; i < cells; i++)
		row->cell[i].colspan = 1;
	return row;
}

void rows_to_block(struct reader *r, rows_vec *rows)
{
	if (rows->n == 0)
		return;
	struct block *b = vec_push(r->a, &r->out);
	*b = (struct block){
	        .kind = BLOCK_TABLE,
	        .page = rows->v[0].page,
	        .line = rows->v[0].line,
	        .line_end = rows->v[rows->n - 1].line_end,
	        .row = rows->v,
	        .n_rows = rows->n,
	};
}

bool looks_like_head(struct arena *a, struct str text, int want)
{
	static const char *const heads[] = {"мероприяти", "срок", "ответствен", "исполнител",
	        "показател", "результат", "№", "дата", "содержани", "вид документа", "форма заверш",
	        "документ", "выход", "наименовани", "поручени", "отметка", "период", "индикатор",
	        "вид деятельности", "работ", "задач", NULL};
	struct arena_mark mark = arena_mark(a);
	struct str f = words_fold(a, text);
	int n = 0;
	for (const char *const *h = heads; *h != NULL; h++)
		n += str_has(f, str_c(*h));
	arena_reset(a, mark);
	return n >= want;
}

static struct cell piece(struct reader *r, size_t from, size_t to)
{
	struct traced t = traced_clean(r->a, r->src->text, from, to, r->src->ocr, CLEAN_CELL);
	return (struct cell){.text = traced_trim(t), .colspan = 1};
}

/* Cuts the lines from `line` to `last` at a separator byte into cells; outer: a pipe stands before
 * the first cell. */
static void split_row(
        struct reader *r, rows_vec *rows, size_t line, size_t last, char sep, bool outer)
{
	const char *p = r->src->text.p;
	size_t from = r->line[line].from, to = r->line[last].to;
	if (sep == '|') {
		while (from < to && (p[from] == ' ' || p[from] == '\t'))
			from++;
		while (to > from && (p[to - 1] == ' ' || p[to - 1] == '\t' || p[to - 1] == '\r'))
			to--;
		from += outer && from < to && p[from] == '|';
		to -= to > from && p[to - 1] == '|';
	}
	size_t cells = 1;
	for (size_t i = from; i < to; i++)
		cells += p[i] == sep;
	if (cells > MAX_COLS)
		cells = MAX_COLS;
	struct row *row = rows_add(r, rows, line, cells);
	for (size_t k = 0, i = from; k < cells; k++) {
		size_t end = i;
		while (end < to && p[end] != sep)
			end++;
		row->cell[k] = piece(r, i, k + 1 == cells ? to : end);
		i = end + 1;
	}
}

/* A text line between rows is a section row without separators when the table goes on behind it. */
static bool row_without_cells(const struct reader *r, size_t i, enum line_look look)
{
	size_t texts = 0;
	for (size_t j = i; j < r->n && j < i + 6; j++) {
		if (r->line[j].look == look)
			return texts <= 1;
		if (r->line[j].look == LOOK_BLANK || r->line[j].look == LOOK_PAGE)
			continue;
		if (r->line[j].look != LOOK_TEXT)
			return false;
		struct str t = str_trim(raw_text(r, j));
		if (str_starts(t, STR("Приложение")) || str_starts(t, STR("ПРИЛОЖЕНИЕ")) ||
		        str_starts(t, STR("План")) || str_starts(t, STR("ПЛАН")))
			return false;
		texts++;
	}
	return false;
}

/* The table goes on after blank lines and page signs. */
static size_t next_row(const struct reader *r, size_t i, enum line_look look)
{
	size_t j = i;
	while (j < r->n && j < i + 8 &&
	        (r->line[j].look == LOOK_BLANK || r->line[j].look == LOOK_PAGE ||
	                (look == LOOK_PIPES && r->line[j].look == LOOK_RULE)))
		j++;
	if (j >= r->n)
		return SIZE_MAX;
	if (r->line[j].look == look)
		return j;
	if (r->line[j].look == LOOK_TEXT && row_without_cells(r, j, look))
		return j;
	return SIZE_MAX;
}

static size_t count_of(const struct reader *r, size_t i, char sep)
{
	size_t n = 0;
	for (uint32_t k = r->line[i].from; k < r->line[i].to; k++)
		n += r->src->text.p[k] == sep;
	return n;
}

/* A cell of several lines tears its row: the lines that follow bring exactly the separators the row
 * lacks. Returns how many of them belong to it. */
static size_t torn_lines(const struct reader *r, size_t i, char sep, bool outer, size_t want)
{
	enum { MOST = 8 };
	size_t seps = count_of(r, i, sep);
	if (seps == 0 || seps >= want)
		return 0;
	for (size_t j = i + 1; j < r->n && j <= i + MOST; j++) {
		enum line_look look = r->line[j].look;
		struct str s = str_trim(raw_text(r, j));
		uint16_t number[CLAUSE_DEPTH];
		size_t depth;
		if (look == LOOK_BLANK || look == LOOK_PAGE || look == LOOK_RULE ||
		        look == LOOK_BOX || (outer && s.n > 0 && s.p[0] == '|') ||
		        clause_number(s, number, &depth) > 0)
			return 0;
		seps += count_of(r, j, sep);
		if (seps >= want)
			return seps == want ? j - i : 0;
	}
	return 0;
}

static size_t read_rows(struct reader *r, size_t i, enum line_look look, char sep)
{
	rows_vec rows = {0};
	size_t at = i, end = i;
	bool outer = str_starts(str_trim(raw_text(r, i)), STR("|"));
	size_t seps = count_of(r, i, sep);
	while (at != SIZE_MAX) {
		bool broken =
		        rows.n > 0 && at > end && (r->line[end].look != LOOK_RULE || at > end + 1);
		size_t more = torn_lines(r, at, sep, outer, seps);
		split_row(r, &rows, at, at + more,
		        r->line[at].look == look || more > 0 ? sep : '\0', outer);
		struct row *row = &rows.v[rows.n - 1];
		row->line_end = r->line[at + more].line;
		row->after_break =
		        broken || (at > 0 && rows.n > 1 && r->line[at - 1].page < row->page);
		end = at + more + 1;
		at = next_row(r, end, look);
	}
	rows_to_block(r, &rows);
	return end - i;
}

size_t table_of_tabs(struct reader *r, size_t i)
{
	if (looks_like_head(r->a, raw_text(r, i), 2) || next_row(r, i + 1, LOOK_TABS) != SIZE_MAX)
		return read_rows(r, i, LOOK_TABS, '\t');
	return 0;
}

size_t table_of_pipes(struct reader *r, size_t i)
{
	return read_rows(r, i, LOOK_PIPES, '|');
}

/* ---- box drawing ---- */

struct box {
	struct reader *r;
	uint32_t edge[MAX_COLS]; /* code point columns of the vertical lines, from the fullest rule
	                          */
	size_t n_edges;
	rows_vec rows;
	struct tbuf text[MAX_COLS]; /* cells of the row being read */
	bool fresh;                 /* the next line of text begins a row */
	bool merged[MAX_COLS];      /* the rule above the row has a gap there */
};

static bool box_vertical(uint32_t cp)
{
	return cp == 0x2502 || cp == 0x2503 || cp == 0x2551 || cp == '|';
}

static bool box_corner(uint32_t cp)
{
	return cp == '+' || (cp >= 0x250C && cp <= 0x254B) || (cp >= 0x2552 && cp <= 0x256C);
}

/* A horizontal line: no letters in it. */
static bool box_rule(struct str s)
{
	return letters(s) == 0 && word_nth(s, 0).n == 0 &&
	       (str_has(s, STR("─")) || str_has(s, STR("━")) || str_has(s, STR("═")) ||
	               str_has(s, STR("--")));
}

static void box_edges(struct box *b, struct str rule)
{
	uint32_t col = 0, edge[MAX_COLS];
	size_t n = 0;
	for (size_t i = 0; i < rule.n; col++)
		if (box_corner(utf8_next(rule, &i)) && n < MAX_COLS)
			edge[n++] = col;
	if (n > b->n_edges) {
		memcpy(b->edge, edge, n * sizeof(edge[0]));
		b->n_edges = n;
	}
}

/* A rule that leaves a column open joins the cells above and below it. */
static void box_gaps(struct box *b, struct str rule)
{
	memset(b->merged, 0, sizeof(b->merged));
	if (b->rows.n == 0 || b->n_edges < 2)
		return;
	bool line[MAX_COLS] = {false};
	uint32_t col = 0;
	for (size_t i = 0; i < rule.n; col++) {
		uint32_t cp = utf8_next(rule, &i);
		if (cp_space(cp) || box_vertical(cp) || box_corner(cp))
			continue;
		for (size_t k = 0; k + 1 < b->n_edges; k++)
			if (col > b->edge[k] && col < b->edge[k + 1])
				line[k] = true;
	}
	bool any = false;
	for (size_t k = 0; k + 1 < b->n_edges; k++)
		any |= line[k];
	for (size_t k = 0; any && k + 1 < b->n_edges; k++)
		b->merged[k] = !line[k];
}

/* The words of a merged cell may stand in any of its rows: all go to the first. */
static void join_merged(struct box *b)
{
	for (size_t i = b->rows.n; i-- > 1;)
		for (size_t c = 0; c < b->rows.v[i].n && c < b->rows.v[i - 1].n; c++) {
			struct cell *cell = &b->rows.v[i].cell[c];
			struct cell *above = &b->rows.v[i - 1].cell[c];
			if (!cell->continues || cell->text.s.n == 0)
				continue;
			above->text = traced_join(b->r->a, above->text, cell->text);
			cell->text = traced_sub(cell->text, 0, 0);
		}
}

static size_t box_column(const struct box *b, uint32_t col)
{
	size_t k = 0;
	while (k + 1 < b->n_edges && b->edge[k + 1] <= col)
		k++;
	return k;
}

/* One line of text between vertical lines: adds its pieces to the row, cell by cell. */
static void box_text(struct box *b, size_t line)
{
	struct reader *r = b->r;
	const struct rawline *l = &r->line[line];
	struct str s = raw_text(r, line);
	struct chunk piece_at[MAX_COLS];
	size_t n = 0;
	uint32_t col = 0, from_col = 0;
	size_t from = SIZE_MAX;
	for (size_t i = 0; i < s.n; col++) {
		size_t at = i;
		if (!box_vertical(utf8_next(s, &i)))
			continue;
		if (from != SIZE_MAX && n < MAX_COLS)
			piece_at[n++] = (struct chunk){
			        l->from + (uint32_t)from, l->from + (uint32_t)at, from_col, col};
		from = i;
		from_col = col + 1;
	}
	size_t cols = b->n_edges > 1 ? b->n_edges - 1 : n;
	if (n == 0 || cols == 0)
		return;
	bool first_filled = !str_blank(str_sub(r->src->text, piece_at[0].from, piece_at[0].to));
	struct row *row = b->rows.n > 0 ? &b->rows.v[b->rows.n - 1] : NULL;
	bool number = first_filled && n > 1 && piece_at[0].to - piece_at[0].from < 24 &&
	              row != NULL && row->cell[0].text.s.n > 0 && row->cell[0].text.s.p[0] <= '9' &&
	              starts_upper(str_sub(r->src->text, piece_at[1].from, piece_at[1].to));
	if (b->fresh || row == NULL || number) {
		row = rows_add(r, &b->rows, line, cols);
		row->after_break = b->rows.n > 1 && r->line[line].page > (row - 1)->page;
		for (size_t k = 0; b->fresh && k < cols; k++)
			row->cell[k].continues = b->merged[k];
		b->fresh = false;
		memset(b->text, 0, sizeof(b->text));
	}
	for (size_t k = 0; k < n; k++) {
		size_t c = box_column(b, piece_at[k].col);
		if (c >= cols)
			continue;
		struct cell *cell = &row->cell[c];
		if (cell->text.s.n > LIMIT_CELL)
			continue;
		tbuf_join(&b->text[c], r->a, piece(r, piece_at[k].from, piece_at[k].to).text);
		cell->text = tbuf_done(&b->text[c]);
	}
	row->line_end = l->line;
}

size_t table_of_box(struct reader *r, size_t i)
{
	struct box b = {.r = r, .fresh = true};
	size_t end = i;
	for (size_t j = i; j < r->n && j < end + 6; j++)
		if (r->line[j].look == LOOK_BOX || (j > i && r->line[j].look == LOOK_PIPES)) {
			struct str s = str_trim(raw_text(r, j));
			if (box_rule(s))
				box_edges(&b, raw_text(r, j));
			end = j + 1;
		}
	for (size_t j = i; j < end; j++) {
		if (r->line[j].look != LOOK_BOX && r->line[j].look != LOOK_PIPES)
			continue;
		if (box_rule(str_trim(raw_text(r, j)))) {
			b.fresh = true;
			box_gaps(&b, raw_text(r, j));
		} else {
			box_text(&b, j);
		}
	}
	join_merged(&b);
	rows_to_block(r, &b.rows);
	return end - i;
}
