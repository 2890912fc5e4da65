#include "core/result/protocol.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, HEAD = 16 };

static int code_cmp(struct str x, struct str y)
{
	if (x.n != y.n)
		return x.n < y.n ? -1 : 1;
	return x.n == 0 ? 0 : memcmp(x.p, y.p, x.n);
}

struct order {
	struct str code;
	size_t i;
};

static int order_cmp(const void *x, const void *y)
{
	const struct order *a = x, *b = y;
	int c = code_cmp(a->code, b->code);
	return c != 0 ? c : (a->i > b->i) - (a->i < b->i);
}

static void put16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v);
	put16(p + 2, v >> 16);
}

static uint32_t get16(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) | get16(p + 2) << 16;
}

/* Names of classes in order of first appearance; a school has few, so a line search is enough. */
struct classes {
	VEC(struct str) name;
	size_t bytes;
};

static uint16_t class_index(struct arena *a, struct classes *c, struct str name)
{
	name = str_sub(name, 0, PROTOCOL_CLASS_MAX);
	for (size_t i = 0; i < c->name.n; i++) {
		if (str_eq(c->name.v[i], name))
			return (uint16_t)i;
	}
	BUG_IF(c->name.n >= UINT16_MAX);
	*vec_push(a, &c->name) = name;
	c->bytes += 1 + name.n;
	return (uint16_t)(c->name.n - 1);
}

/* Where the arrays stand in a blob. */
struct layout {
	size_t code, klass, variant, gender, journal, status, total, item, end;
};

static struct layout layout_of(
        size_t n, size_t n_items, size_t n_parts, size_t code_width, size_t class_bytes)
{
	struct layout l = {.code = HEAD + class_bytes};
	l.klass = l.code + n * code_width;
	l.variant = l.klass + 2 * n;
	l.gender = l.variant + n_parts * n;
	l.journal = l.gender + n;
	l.status = l.journal + n;
	l.total = l.status + n;
	l.item = l.total + 2 * n;
	l.end = l.item + n * n_items;
	return l;
}

static uint8_t *head_write(
        uint8_t *p, const struct layout *l, const struct classes *c, const size_t dim[4])
{
	memcpy(p, "SP", 2);
	p[2] = VERSION;
	p[3] = (uint8_t)dim[1];
	put32(p + 4, (uint32_t)dim[0]);
	p[8] = (uint8_t)dim[3];
	p[9] = (uint8_t)dim[2];
	put16(p + 10, (uint32_t)c->name.n);
	put32(p + 12, (uint32_t)c->bytes);
	uint8_t *at = p + HEAD;
	for (size_t i = 0; i < c->name.n; i++) {
		*at++ = (uint8_t)c->name.v[i].n;
		if (c->name.v[i].n > 0)
			memcpy(at, c->name.v[i].p, c->name.v[i].n);
		at += c->name.v[i].n;
	}
	BUG_IF(at != p + l->code);
	return p;
}

struct str protocol_encode(
        struct arena *a, const struct protocol_row *row, size_t n, size_t n_items, size_t n_parts)
{
	BUG_IF(n_items > LIMIT_TEST_ITEMS || n_parts > PROTOCOL_PARTS || n > LIMIT_SHEET_ROWS);
	struct order *order = arena_new(a, struct order, n);
	uint16_t *klass = arena_new(a, uint16_t, n);
	struct classes classes = {0};
	size_t width = 0;
	for (size_t i = 0; i < n; i++) {
		order[i] = (struct order){str_sub(row[i].code, 0, PROTOCOL_CODE_MAX), i};
		width = order[i].code.n > width ? order[i].code.n : width;
	}
	qsort(order, n, sizeof(*order), order_cmp);
	for (size_t i = 0; i < n; i++)
		klass[i] = class_index(a, &classes, row[order[i].i].klass);
	struct layout l = layout_of(n, n_items, n_parts, width, classes.bytes);
	uint8_t *p = head_write(
	        arena_alloc(a, l.end), &l, &classes, (const size_t[4]){n, n_items, n_parts, width});
	for (size_t i = 0; i < n; i++) {
		const struct protocol_row *r = &row[order[i].i];
		if (order[i].code.n > 0)
			memcpy(p + l.code + i * width, order[i].code.p, order[i].code.n);
		put16(p + l.klass + 2 * i, klass[i]);
		for (size_t v = 0; v < n_parts; v++)
			p[l.variant + v * n + i] = r->variant[v];
		p[l.gender + i] = r->gender;
		p[l.journal + i] = r->journal;
		p[l.status + i] = r->status;
		put16(p + l.total + 2 * i, r->total);
		if (n_items > 0)
			memcpy(p + l.item + i * n_items, r->item, n_items);
	}
	return (struct str){(const char *)p, l.end};
}

static enum ec classes_read(
        struct arena *a, const uint8_t *p, size_t bytes, struct protocol *ret, struct err *e)
{
	if (ret->n_classes > bytes)
		return err_set(e, EC_DB, "protocol: more classes than their names can be");
	struct str *name = arena_new(a, struct str, ret->n_classes);
	size_t at = 0;
	for (size_t i = 0; i < ret->n_classes; i++) {
		if (at >= bytes || bytes - at - 1 < p[at])
			return err_set(e, EC_DB, "protocol: names of classes are cut");
		name[i] = (struct str){(const char *)p + at + 1, p[at]};
		at += 1u + p[at];
	}
	if (at != bytes)
		return err_set(e, EC_DB, "protocol: names of classes do not fill their place");
	ret->klass = name;
	return EC_OK;
}

enum ec protocol_decode(struct arena *a, struct str blob, struct protocol *ret, struct err *e)
{
	const uint8_t *p = (const uint8_t *)blob.p;
	if (blob.n < HEAD || memcmp(p, "SP", 2) != 0)
		return err_set(e, EC_DB, "protocol: not a protocol");
	if (p[2] != VERSION)
		return err_set(e, EC_DB, "protocol: version %d is unknown", p[2]);
	struct protocol r = {
	        .n = get32(p + 4), .n_items = p[3], .n_parts = p[9], .code_width = p[8]};
	r.n_classes = get16(p + 10);
	size_t bytes = get32(p + 12);
	if (r.n > LIMIT_SHEET_ROWS || r.n_items > LIMIT_TEST_ITEMS || r.n_parts > PROTOCOL_PARTS ||
	        r.code_width > PROTOCOL_CODE_MAX)
		return err_set(e, EC_DB, "protocol: sizes are out of bounds");
	struct layout l = layout_of(r.n, r.n_items, r.n_parts, r.code_width, bytes);
	if (l.end != blob.n)
		return err_set(e, EC_DB, "protocol: %zu bytes instead of %zu", blob.n, l.end);
	TRY(classes_read(a, p + HEAD, bytes, &r, e));
	r.code = p + l.code;
	r.klass_of = p + l.klass;
	for (size_t v = 0; v < r.n_parts; v++)
		r.variant[v] = p + l.variant + v * r.n;
	r.gender = p + l.gender;
	r.journal = p + l.journal;
	r.status = p + l.status;
	r.total = p + l.total;
	r.item = p + l.item;
	for (size_t i = 0; i < r.n; i++) {
		if (get16(r.klass_of + 2 * i) >= r.n_classes)
			return err_set(e, EC_DB, "protocol: row %zu has no class", i);
	}
	*ret = r;
	return EC_OK;
}

static struct str code_at(const struct protocol *p, size_t i)
{
	struct str s = {(const char *)p->code + i * p->code_width, p->code_width};
	while (s.n > 0 && s.p[s.n - 1] == 0)
		s.n--;
	return s;
}

struct protocol_row protocol_row_at(const struct protocol *p, size_t i)
{
	BUG_IF(i >= p->n);
	struct protocol_row r = {
	        .code = code_at(p, i),
	        .klass = p->klass[get16(p->klass_of + 2 * i)],
	        .gender = p->gender[i],
	        .journal = p->journal[i],
	        .status = p->status[i],
	        .total = (uint16_t)get16(p->total + 2 * i),
	        .item = p->item + i * p->n_items,
	};
	for (size_t v = 0; v < p->n_parts; v++)
		r.variant[v] = p->variant[v][i];
	return r;
}

struct stat_works protocol_works(const struct protocol *p)
{
	return (struct stat_works){p->n, p->n_items, p->status, p->journal, p->total, p->item};
}

static bool row_same(const struct protocol *x, size_t i, const struct protocol *y, size_t j)
{
	struct protocol_row a = protocol_row_at(x, i), b = protocol_row_at(y, j);
	return str_eq(a.klass, b.klass) && memcmp(a.variant, b.variant, PROTOCOL_PARTS) == 0 &&
	       a.gender == b.gender && a.journal == b.journal && a.status == b.status &&
	       a.total == b.total && x->n_items == y->n_items &&
	       (x->n_items == 0 || memcmp(a.item, b.item, x->n_items) == 0);
}

struct protocol_diff protocol_diff(const struct protocol *was, const struct protocol *now)
{
	struct protocol_diff d = {0};
	size_t i = 0, j = 0;
	while (i < was->n || j < now->n) {
		int c = i >= was->n   ? 1
		        : j >= now->n ? -1
		                      : code_cmp(code_at(was, i), code_at(now, j));
		if (c < 0) {
			d.gone++;
			i++;
		} else if (c > 0) {
			d.added++;
			j++;
		} else {
			*(row_same(was, i, now, j) ? &d.same : &d.changed) += 1;
			i++;
			j++;
		}
	}
	return d;
}
