#include "pack/rich_build.h"

#include "base/limits.h"

#include <string.h>

void rich_build_init(struct rich_build *b, struct arena *a, struct arena *scratch)
{
	*b = (struct rich_build){
	        .a = a, .text_left = LIMIT_DOC_TEXT, .cells_left = 8ul * LIMIT_DOC_PARAS};
	buf_init(&b->para, scratch, LIMIT_DOC_TEXT + 1);
	buf_init(&b->cell_text, scratch, 2 * LIMIT_DOC_TEXT);
}

static enum ec room(const struct rich_build *b, size_t n, struct err *e)
{
	if (arena_left(b->a) / 4 < n + 4096)
		return err_set(e, EC_LIMIT, "документ слишком велик для отведённой памяти");
	return EC_OK;
}

static enum ec add_block(struct rich_build *b, struct rich_block **ret, struct err *e)
{
	if (b->block.n == LIMIT_DOC_PARAS)
		return err_set(e, EC_LIMIT, "в документе больше %d абзацев", LIMIT_DOC_PARAS);
	TRY(room(b, b->block.n * sizeof(struct rich_block), e));
	*ret = vec_push(b->a, &b->block);
	(*ret)->text = (*ret)->style = STR("");
	return EC_OK;
}

enum ec rich_build_text(struct rich_build *b, struct str text, bool bold, struct err *e)
{
	if (text.n > b->text_left)
		return err_set(e, EC_LIMIT, "текст документа больше %lu МБ", LIMIT_DOC_TEXT / MIB);
	b->text_left -= text.n;
	buf_add(&b->para, text);
	if (!str_blank(text)) {
		b->bold |= bold;
		b->plain |= !bold;
	}
	return EC_OK;
}

static struct str kept(struct rich_build *b, struct str s)
{
	return s.n > 0 ? str_dup(b->a, s) : STR("");
}

enum ec rich_build_para(struct rich_build *b, const struct rich_para *para, struct err *e)
{
	struct str text = buf_str(&b->para);
	TRY(room(b, text.n, e));
	if (b->tables > 0 && b->in_cell) {
		if (b->cell_begun)
			buf_byte(&b->cell_text, '\n');
		buf_add(&b->cell_text, text);
		b->cell_begun = true;
	} else if (b->tables == 0 || !str_blank(text)) {
		struct rich_block *block = NULL;
		TRY(add_block(b, &block, e));
		*block = (struct rich_block){
		        .kind = RICH_PARA,
		        .text = kept(b, text),
		        .style = kept(b, para->style),
		        .level = para->level,
		        .bold = b->bold && !b->plain,
		        .center = para->center,
		        .right = para->right,
		};
	}
	buf_reset(&b->para);
	b->bold = b->plain = false;
	return EC_OK;
}

enum ec rich_build_page(struct rich_build *b, struct err *e)
{
	struct rich_block *block = NULL;
	if (b->tables > 0)
		return EC_OK;
	TRY(add_block(b, &block, e));
	block->kind = RICH_PAGE;
	return EC_OK;
}

void rich_build_table_open(struct rich_build *b)
{
	if (b->tables++ > 0)
		return;
	b->row.v = NULL;
	b->row.n = b->row.cap = 0;
	b->in_row = b->in_cell = false;
	memset(b->pending, 0, sizeof(b->pending));
}

enum ec rich_build_table_close(struct rich_build *b, struct err *e)
{
	if (b->tables == 0)
		return EC_OK;
	if (b->tables == 1) {
		TRY(rich_build_row_close(b, false, e));
		if (b->row.n > 0) {
			struct rich_block *block = NULL;
			TRY(add_block(b, &block, e));
			block->kind = RICH_TABLE;
			block->row = b->row.v;
			block->n_rows = b->row.n;
		}
	}
	b->tables--;
	return EC_OK;
}

void rich_build_row_open(struct rich_build *b)
{
	if (b->tables != 1 || b->in_row)
		return;
	b->cell.v = NULL;
	b->cell.n = b->cell.cap = 0;
	b->col = b->own_cells = 0;
	b->in_row = true;
}

static enum ec cell_push(struct rich_build *b, const struct rich_cell *cell, struct err *e)
{
	if (b->cells_left == 0)
		return err_set(e, EC_LIMIT, "в таблицах документа слишком много ячеек");
	b->cells_left--;
	TRY(room(b, b->cell.n * sizeof(struct rich_cell), e));
	*vec_push(b->a, &b->cell) = *cell;
	b->col += cell->colspan;
	return EC_OK;
}

/* Cells from above that stand where the row has come to. */
static enum ec pending(struct rich_build *b, struct err *e)
{
	while (b->col < RICH_COLUMNS && b->pending[b->col].rows > 0) {
		struct rich_pending *p = &b->pending[b->col];
		p->rows--;
		TRY(cell_push(b,
		        &(struct rich_cell){
		                .text = STR(""), .colspan = p->colspan, .continues = true},
		        e));
	}
	return EC_OK;
}

enum ec rich_build_row_close(struct rich_build *b, bool header, struct err *e)
{
	if (b->tables != 1 || !b->in_row)
		return EC_OK;
	TRY(rich_build_cell_close(b, e));
	TRY(pending(b, e));
	for (size_t i = b->col; i < RICH_COLUMNS; i++) {
		if (b->pending[i].rows == 0)
			continue;
		if (i > b->col)
			TRY(cell_push(b,
			        &(struct rich_cell){
			                .text = STR(""), .colspan = (uint16_t)(i - b->col)},
			        e));
		TRY(pending(b, e));
		i = b->col - 1;
	}
	b->in_row = false;
	if (b->own_cells == 0)
		return EC_OK;
	if (b->row.n == LIMIT_DOC_PARAS)
		return err_set(e, EC_LIMIT, "в таблице документа больше %d строк", LIMIT_DOC_PARAS);
	TRY(room(b, b->row.n * sizeof(struct rich_row), e));
	*vec_push(b->a, &b->row) =
	        (struct rich_row){.cell = b->cell.v, .n = b->cell.n, .header = header};
	return EC_OK;
}

enum ec rich_build_cell_open(
        struct rich_build *b, unsigned colspan, unsigned rowspan, struct err *e)
{
	if (b->tables != 1)
		return EC_OK;
	rich_build_row_open(b);
	TRY(rich_build_cell_close(b, e));
	TRY(pending(b, e));
	colspan = colspan < 1 ? 1 : colspan > RICH_COLUMNS ? RICH_COLUMNS : colspan;
	b->now = (struct rich_cell){.colspan = (uint16_t)colspan};
	b->now_rows = rowspan;
	b->in_cell = true;
	b->cell_begun = false;
	buf_reset(&b->cell_text);
	return EC_OK;
}

enum ec rich_build_cell_close(struct rich_build *b, struct err *e)
{
	if (b->tables != 1 || !b->in_cell)
		return EC_OK;
	TRY(room(b, b->cell_text.n, e));
	TRY(buf_check(&b->cell_text, "текст ячейки", e));
	b->now.text = kept(b, str_trim(buf_str(&b->cell_text)));
	b->in_cell = false;
	b->own_cells++;
	if (b->now_rows > 1 && b->col < RICH_COLUMNS)
		b->pending[b->col] = (struct rich_pending){b->now_rows - 1, b->now.colspan};
	return cell_push(b, &b->now, e);
}

static enum ec lines_to_blocks(struct rich_build *b, struct str text, struct err *e)
{
	struct str line;
	while (str_next(&text, '\n', &line)) {
		struct rich_block *block = NULL;
		if (str_blank(line))
			continue;
		TRY(add_block(b, &block, e));
		block->kind = RICH_PARA;
		block->text = line;
	}
	return EC_OK;
}

enum ec rich_build_unwrap(struct rich_build *b, bool *ret, struct err *e)
{
	*ret = false;
	if (b->tables != 1 || !b->in_cell || b->cell.n > 0)
		return EC_OK;
	for (size_t i = 0; i < b->row.n; i++)
		if (b->row.v[i].n > 1)
			return EC_OK;
	TRY(rich_build_cell_close(b, e));
	for (size_t i = 0; i < b->row.n; i++)
		TRY(lines_to_blocks(b, b->row.v[i].cell[0].text, e));
	TRY(lines_to_blocks(b, b->cell.v[0].text, e));
	b->in_row = false;
	b->tables = 0;
	*ret = true;
	return EC_OK;
}

struct rich rich_build_done(const struct rich_build *b)
{
	return (struct rich){.block = b->block.v, .n = b->block.n};
}
