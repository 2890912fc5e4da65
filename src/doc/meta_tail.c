/* Requisites below the text: who prepared the document and his telephone, to whom copies go, what
 * is enclosed. */
#include "doc/parse.h"
#include "doc/words.h"

#define TAIL_BLOCKS 30
#define MAX_LISTED  40

static bool phone_char(char c)
{
	return (c >= '0' && c <= '9') || c == '(' || c == ')' || c == '+' || c == '-' || c == ' ';
}

/* The first run of digits, brackets and hyphens with five digits or more. */
static struct traced phone_of(struct traced t)
{
	for (size_t i = 0; i < t.s.n; i++) {
		size_t k = i, digits = 0;
		while (k < t.s.n && phone_char(t.s.p[k])) {
			digits += t.s.p[k] >= '0' && t.s.p[k] <= '9';
			k++;
		}
		if (digits >= 5) {
			struct traced hit = traced_trim(traced_sub(t, i, k));
			while (hit.s.n > 0 && (hit.s.p[0] == '-' || hit.s.p[0] == ' '))
				hit = traced_sub(hit, 1, hit.s.n);
			return hit;
		}
		i = k > i ? k : i;
	}
	return traced_sub(t, 0, 0);
}

static struct traced line_at(const struct parse *p, size_t i, size_t to)
{
	if (i >= to || p->src->block[i].kind != BLOCK_LINE)
		return (struct traced){0};
	return p->src->block[i].text;
}

static bool executor_label(struct str f)
{
	static const char *const labels[] = {
	        "исп.", "исп:", "исп ", "исполнитель", "исполнил", "подготовил", NULL};
	return starts_any(f, labels);
}

static void read_executor(struct parse *p, size_t i, size_t to)
{
	if (p->meta.executor.text.n > 0)
		return;
	struct traced line = line_at(p, i, to), below = line_at(p, i + 1, to);
	bool label = executor_label(p->fold[i]);
	struct word name;
	bool here = person_find(line.s, 0, &name);
	struct traced phone = phone_of(here ? traced_sub(line, name.to, line.s.n) : below);
	if (label && !here && person_find(below.s, 0, &name)) {
		line = below;
		phone = phone_of(traced_sub(line, name.to, line.s.n));
		below = line_at(p, i + 2, to);
		here = true;
	}
	if (!here || (!label && name.from != 0))
		return;
	if (phone.s.n == 0)
		phone = phone_of(below);
	if (!label && phone.s.n == 0)
		return;
	p->meta.executor = field_of(
	        p, traced_sub(line, name.from, name.to), label ? TRUST_SURE : TRUST_DOUBTFUL);
	if (phone.s.n > 0)
		p->meta.executor_phone = field_of(p, phone, p->meta.executor.trust);
}

/* Adds the pieces of a line that commas, semicolons and numbers part. */
static void add_listed(struct parse *p, struct traced t, bool commas, fields *ret)
{
	size_t from = 0;
	int depth = 0;
	for (size_t i = 0; i <= t.s.n && ret->n < MAX_LISTED; i++) {
		char c = i < t.s.n ? t.s.p[i] : ';';
		depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
		if (i < t.s.n && !(c == ';' || (c == ',' && commas && depth == 0)))
			continue;
		struct traced piece = traced_trim(traced_sub(t, from, i));
		uint16_t number[CLAUSE_DEPTH];
		size_t nth = 0, len = clause_number(piece.s, number, &nth);
		piece = traced_trim(traced_sub(piece, len, piece.s.n));
		while (str_ends(piece.s, STR(";")) || str_ends(piece.s, STR(",")))
			piece = traced_sub(piece, 0, piece.s.n - 1);
		if (letters(piece.s) > 1)
			*vec_push(p->a, ret) = field_flat(p, piece, TRUST_SURE);
		from = i + 1;
	}
}

/* The words behind the colon and the lines of the list under it. Returns the last block read. */
static size_t read_list(struct parse *p, size_t i, size_t to, bool commas, fields *ret)
{
	struct traced line = line_at(p, i, to);
	size_t colon = str_find_byte(line.s, ':', 0);
	if (colon == SIZE_MAX)
		return i;
	add_listed(p, traced_sub(line, colon + 1, line.s.n), commas, ret);
	for (size_t k = i + 1; k < to && k < i + 12; k++) {
		struct traced next = line_at(p, k, to);
		uint16_t number[CLAUSE_DEPTH];
		size_t depth;
		bool item = clause_number(next.s, number, &depth) > 0 ||
		            str_starts(next.s, STR("- ")) || str_starts(next.s, STR("– "));
		bool on = ret->n == 0 && k == i + 1;
		if (next.s.n == 0 || (!item && !on) ||
		        (p->src->block[k].blank_above && ret->n > 0 && !item))
			return k - 1;
		if (!clause_number(next.s, number, &depth) && item)
			next = traced_sub(next, 2, next.s.n);
		add_listed(p, next, commas, ret);
	}
	return i;
}

static bool copies_label(struct str f)
{
	static const char *const labels[] = {"рассылка", "разослать", "расчет рассылки",
	        "копии:", "копия:", "список рассылки", NULL};
	return starts_any(f, labels);
}

static bool annex_label(struct str f)
{
	static const char *const labels[] = {"приложение:", "приложения:", "приложение на", NULL};
	return starts_any(f, labels);
}

void meta_read_tail(struct parse *p)
{
	struct range main = p->ranges.v[0].blocks;
	size_t end = main.from, to = p->ranges.n > 1 ? p->ranges.v[1].blocks.from : p->src->n;
	if (signature_find(p, main.from, main.to, &end) == SIZE_MAX)
		end = main.to;
	fields copies = {0}, annexes = {0};
	for (size_t i = main.from; i < to && i < end + TAIL_BLOCKS; i++) {
		if (p->src->block[i].kind != BLOCK_LINE)
			continue;
		if (annex_label(p->fold[i]) && p->meta.kind == DOC_LETTER)
			i = read_list(p, i, to, false, &annexes);
		else if (i >= end && copies_label(p->fold[i]))
			i = read_list(p, i, to, true, &copies);
		else if (i >= end && str_starts(p->fold[i], STR("в дело")))
			add_listed(p, p->src->block[i].text, true, &copies);
		else if (i >= end)
			read_executor(p, i, to);
	}
	p->meta.copy = copies.v;
	p->meta.n_copies = copies.n;
	p->meta.annex = annexes.v;
	p->meta.n_annexes = annexes.n;
}
