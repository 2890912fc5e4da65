#include "core/result/segment.h"
#include "base/limits.h"
#include "core/result/protocol.h"
#include "db/q_protocol.h"
#include "db/q_segment.h"
#include "db/q_test.h"

#include <string.h>

enum { VERSION = 1, HEAD = 16 };

static void put(uint8_t *p, uint64_t v, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static uint64_t get(const uint8_t *p, size_t bytes)
{
	uint64_t v = 0;
	for (size_t i = 0; i < bytes; i++)
		v |= (uint64_t)p[i] << 8 * i;
	return v;
}

/* Where the arrays stand. */
struct layout {
	size_t org, n_works, status, journal, total, item, end;
};

static struct layout layout_of(size_t n_protocols, size_t n_works, size_t n_items)
{
	struct layout l = {.org = HEAD};
	l.n_works = l.org + 8 * n_protocols;
	l.status = l.n_works + 4 * n_protocols;
	l.journal = l.status + n_works;
	l.total = l.journal + n_works;
	l.item = l.total + 2 * n_works;
	l.end = l.item + n_works * n_items;
	return l;
}

static void copy(uint8_t *to, const uint8_t *from, size_t n)
{
	if (n > 0)
		memcpy(to, from, n);
}

struct str segment_encode(
        struct arena *a, const struct segment_part *part, size_t n, size_t n_items)
{
	size_t n_works = 0;
	for (size_t i = 0; i < n; i++) {
		BUG_IF(part[i].works.n_items != n_items);
		n_works += part[i].works.n;
	}
	BUG_IF(n_items > LIMIT_TEST_ITEMS || n > UINT32_MAX || n_works > UINT32_MAX);
	struct layout l = layout_of(n, n_works, n_items);
	uint8_t *p = arena_alloc(a, l.end);
	memcpy(p, "SS", 2);
	p[2] = VERSION;
	p[3] = (uint8_t)n_items;
	put(p + 4, n, 4);
	put(p + 8, n_works, 4);
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		const struct stat_works *w = &part[i].works;
		put(p + l.org + 8 * i, (uint64_t)part[i].org_id, 8);
		put(p + l.n_works + 4 * i, w->n, 4);
		copy(p + l.status + at, w->status, w->n);
		copy(p + l.journal + at, w->journal, w->n);
		copy(p + l.total + 2 * at, w->total, 2 * w->n);
		copy(p + l.item + n_items * at, w->item, n_items * w->n);
		at += w->n;
	}
	return (struct str){(const char *)p, l.end};
}

enum ec segment_open(struct str blob, struct segment *ret, struct err *e)
{
	const uint8_t *p = (const uint8_t *)blob.p;
	if (blob.n < HEAD || memcmp(p, "SS", 2) != 0)
		return err_set(e, EC_DB, "segment: not a segment");
	if (p[2] != VERSION)
		return err_set(e, EC_DB, "segment: version %d is unknown", p[2]);
	size_t n_items = p[3], n_protocols = get(p + 4, 4), n_works = get(p + 8, 4);
	struct layout l = layout_of(n_protocols, n_works, n_items);
	if (n_items > LIMIT_TEST_ITEMS || l.end != blob.n)
		return err_set(e, EC_DB, "segment: %zu bytes instead of %zu", blob.n, l.end);
	uint64_t sum = 0;
	for (size_t i = 0; i < n_protocols; i++)
		sum += get(p + l.n_works + 4 * i, 4);
	if (sum != n_works)
		return err_set(e, EC_DB, "segment: works of the protocols do not add up");
	*ret = (struct segment){.n_protocols = n_protocols,
	        .n_items = n_items,
	        .org = p + l.org,
	        .n_works = p + l.n_works,
	        .rest = {n_works, n_items, p + l.status, p + l.journal, p + l.total, p + l.item}};
	return EC_OK;
}

bool segment_next(struct segment *s, struct segment_part *ret)
{
	if (s->i >= s->n_protocols)
		return false;
	struct stat_works *w = &s->rest;
	size_t n = get(s->n_works + 4 * s->i, 4);
	*ret = (struct segment_part){(int64_t)get(s->org + 8 * s->i, 8), *w};
	ret->works.n = n;
	*w = (struct stat_works){w->n - n, w->n_items, w->status + n, w->journal + n,
	        w->total + 2 * n, w->item + n * w->n_items};
	s->i++;
	return true;
}

struct packed {
	struct str blob;
	int64_t n_works;
};

/* Packs the protocols of one test. */
struct packer {
	struct arena *a;
	VEC(struct segment_part) part; /* of the segment being filled */
	int64_t n_works;
	size_t bytes, n_protocols;
	VEC(struct packed) done;
	struct err *e;
};

static void pack_flush(struct packer *k)
{
	if (k->part.n == 0)
		return;
	struct str blob = segment_encode(k->a, k->part.v, k->part.n, k->part.v[0].works.n_items);
	*vec_push(k->a, &k->done) = (struct packed){blob, k->n_works};
	k->part.n = 0;
	k->bytes = 0;
	k->n_works = 0;
}

static const uint8_t *bytes_dup(struct arena *a, const uint8_t *p, size_t n)
{
	uint8_t *to = arena_alloc(a, n);
	copy(to, p, n);
	return to;
}

static enum ec on_protocol(void *user, const struct q_protocol_pack *row)
{
	struct packer *k = user;
	struct protocol p;
	TRY(protocol_decode(k->a, row->rows, &p, k->e));
	struct stat_works w = protocol_works(&p);
	if (k->part.n > 0 && k->part.v[0].works.n_items != w.n_items)
		return err_set(k->e, EC_DB, "protocols of one test differ in items");
	w.status = bytes_dup(k->a, w.status, w.n);
	w.journal = bytes_dup(k->a, w.journal, w.n);
	w.total = bytes_dup(k->a, w.total, 2 * w.n);
	w.item = bytes_dup(k->a, w.item, w.n * w.n_items);
	*vec_push(k->a, &k->part) = (struct segment_part){row->org_id, w};
	k->n_protocols++;
	k->n_works += (int64_t)w.n;
	k->bytes += 12 + w.n * (4 + w.n_items);
	if (k->bytes >= SEGMENT_BYTES)
		pack_flush(k);
	return EC_OK;
}

static enum ec pack(const struct ctx *c, struct packer *k, int64_t test_id, struct err *e)
{
	k->e = e;
	TRY(q_protocol_pack(c->db, &(struct q_protocol_pack_in){test_id}, on_protocol, k, e));
	pack_flush(k);
	return EC_OK;
}

enum ec segment_drop(const struct ctx *c, int64_t test_id, struct err *e)
{
	TRY(q_segment_state_drop(c->db, &(struct q_segment_state_drop_in){test_id}, e));
	return q_segment_drop(c->db, &(struct q_segment_drop_in){test_id}, e);
}

enum ec segment_rebuild(const struct ctx *c, int64_t test_id, struct err *e)
{
	AUTO_ARENA(scratch, LIMIT_ARENA_JOB);
	struct packer k = {.a = &scratch};
	TRY(segment_drop(c, test_id, e));
	TRY(pack(c, &k, test_id, e));
	for (size_t i = 0; i < k.done.n; i++)
		TRY(q_segment_insert(c->db,
		        &(struct q_segment_insert_in){
		                test_id, k.done.v[i].n_works, k.done.v[i].blob},
		        e));
	return q_segment_state_put(
	        c->db, &(struct q_segment_state_put_in){test_id, (int64_t)k.n_protocols}, e);
}

enum ec segment_rebuild_all(const struct ctx *c, size_t *ret_tests, struct err *e)
{
	struct q_test_with_protocols_rows rows;
	TRY(q_test_with_protocols(c->db, c->a, &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		AUTO_TX tx = {0};
		TRY(tx_begin(c->db, &tx, e));
		TRY(segment_rebuild(c, rows.v[i].id, e));
		TRY(tx_commit(&tx, e));
	}
	*ret_tests = rows.n;
	return EC_OK;
}

static enum ec state(const struct ctx *c, int64_t test_id, bool *ret, struct err *e)
{
	AUTO_ARENA(scratch, LIMIT_ARENA_REQUEST);
	struct q_segment_state_rows rows;
	TRY(q_segment_state(c->db, &scratch, &(struct q_segment_state_in){test_id}, &rows, e));
	*ret = rows.n > 0;
	return EC_OK;
}

struct scan {
	segment_fn *fn;
	void *user;
	struct err *e;
};

static enum ec on_segment(void *user, const struct q_segment_scan *row)
{
	const struct scan *x = user;
	struct segment s;
	struct segment_part part;
	TRY(segment_open(row->rows, &s, x->e));
	while (segment_next(&s, &part))
		TRY(x->fn(x->user, &part, x->e));
	return EC_OK;
}

enum ec segment_scan(const struct ctx *c, int64_t test_id, segment_fn *fn, void *user,
        bool *ret_found, struct err *e)
{
	bool found;
	TRY(state(c, test_id, &found, e));
	if (found) {
		struct scan x = {fn, user, e};
		TRY(q_segment_scan(c->db, &(struct q_segment_scan_in){test_id}, on_segment, &x, e));
	}
	*ret_found = found;
	return EC_OK;
}

/* What is stored against what would be made now. */
struct compare {
	const struct packer *k;
	size_t i;
	struct err *e;
};

static enum ec on_compare(void *user, const struct q_segment_scan *row)
{
	struct compare *x = user;
	if (x->i >= x->k->done.n || !str_eq(x->k->done.v[x->i].blob, row->rows))
		return err_set(x->e, EC_CONFLICT, "сегменты отличаются от протоколов");
	x->i++;
	return EC_OK;
}

enum ec segment_verify(const struct ctx *c, int64_t test_id, struct err *e)
{
	AUTO_ARENA(scratch, LIMIT_ARENA_JOB);
	bool found;
	TRY(state(c, test_id, &found, e));
	if (!found)
		return EC_OK;
	struct packer k = {.a = &scratch};
	TRY(pack(c, &k, test_id, e));
	struct compare x = {&k, 0, e};
	TRY(q_segment_scan(c->db, &(struct q_segment_scan_in){test_id}, on_compare, &x, e));
	return x.i == k.done.n ? EC_OK
	                       : err_set(e, EC_CONFLICT, "сегментов меньше, чем протоколов");
}

enum ec segment_verify_all(const struct ctx *c, size_t *ret_tests, struct err *e)
{
	struct q_test_with_protocols_rows rows;
	TRY(q_test_with_protocols(c->db, c->a, &rows, e));
	for (size_t i = 0; i < rows.n; i++)
		TRY(segment_verify(c, rows.v[i].id, e));
	*ret_tests = rows.n;
	return EC_OK;
}
