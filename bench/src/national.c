/* The country's year in soko's own database: made, exported for the peers, and measured.
 *	national make DB SCALE              tests, registry, protocols and segments; 1/SCALE of the
 *	                                    country
 *	national csv DIR SCALE              the same works as one wide table a test
 *	national scan DB THREADS REPEATS    all sums of every protocol, municipality, region,
 *country scan prints: seconds (median), works, protocols, resident kB, digest of every sum. */
#include "base/clock.h"
#include "base/limits.h"
#include "core/result/protocol.h"
#include "core/result/segment.h"
#include "core/result/test.h"
#include "core/store.h"
#include "db/q_load.h"
#include "db/q_org.h"
#include "db/q_protocol.h"
#include "db/q_roll.h"
#include "db/q_territory.h"
#include "db/q_test.h"
#include "year.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static int fail(const struct err *e)
{
	(void)fprintf(stderr, "national: %s\n", e->msg);
	return 1;
}

enum { ROOM = 400 }; /* numbers of a sum, at most */

static const struct clock noon = {.fixed = 1760000000, .offset_min = 180};

/* Making --------------------------------------------------------------------------------------- */

struct maker {
	struct ctx c;
	int scale, n_schools;
	struct year_school *school;
	int64_t *org;
};

static enum ec place_make(struct maker *m, int64_t parent, const char *kind, struct str name,
        int64_t *ret, struct err *e)
{
	struct q_territory_insert id;
	TRY(q_territory_insert(m->c.db, m->c.a,
	        &(struct q_territory_insert_in){parent, str_c(kind), name, name, name, name}, &id,
	        e));
	*ret = id.id;
	return EC_OK;
}

static enum ec registry_make(struct maker *m, struct err *e)
{
	struct arena *a = m->c.a;
	int64_t region = 0, place = 0;
	int at_region = -1, at_place = -1;
	AUTO_TX tx = {0};
	TRY(tx_begin(m->c.db, &tx, e));
	for (int i = 0; i < m->n_schools; i++) {
		struct year_school *s = &m->school[i];
		if (s->region != at_region) {
			at_place = -1;
			at_region = s->region;
			TRY(place_make(m, DB_NULL_INT, "region",
			        str_printf(a, "region %02d", s->region), &region, e));
		}
		if (s->place != at_place) {
			at_place = s->place;
			TRY(place_make(m, region, "municipality",
			        str_printf(a, "place %02d-%02d", s->region, s->place), &place, e));
		}
		struct str name = str_printf(a, "school %05d", i);
		struct q_org_insert id;
		TRY(q_org_insert(m->c.db, a,
		        &(struct q_org_insert_in){place, DB_NULL_INT, STR("school"), name, STR(""),
		                name, name, STR(""), STR_NONE, STR_NONE, 0},
		        &id, e));
		m->org[i] = id.id;
	}
	return tx_commit(&tx, e);
}

static enum ec test_make(struct maker *m, const struct year_test *t, int64_t *ret, struct err *e)
{
	struct str subject = str_printf(m->c.a, "subject %d", t->subject);
	struct q_test_insert id;
	TRY(q_test_insert(m->c.db, m->c.a,
	        &(struct q_test_insert_in){STR("vpr"), 2025, t->grade, subject, subject,
	                t->max_total, STR("bench"), STR("assumed")},
	        &id, e));
	for (int i = 0; i < t->n_items; i++)
		TRY(q_test_item_insert(m->c.db,
		        &(struct q_test_item_insert_in){id.id, i + 1,
		                str_printf(m->c.a, "%d", i + 1), t->max[i], STR(""), STR(""),
		                STR(""), STR("")},
		        e));
	*ret = id.id;
	return q_test_scale_insert(m->c.db,
	        &(struct q_test_scale_insert_in){
	                id.id, t->min3, t->min4, t->min5, STR("bench"), STR("assumed")},
	        e);
}

static struct str protocol_blob(struct arena *a, const struct year_protocol *p, size_t n_items)
{
	struct protocol_row *row = arena_new(a, struct protocol_row, p->n);
	for (int i = 0; i < p->n; i++)
		row[i] = (struct protocol_row){.code = str_printf(a, "%d", 40001 + i),
		        .klass = STR("А"),
		        .variant = {p->variant[i]},
		        .journal = p->journal[i],
		        .total = p->total[i],
		        .item = p->item[i]};
	return protocol_encode(a, row, (size_t)p->n, n_items, 1);
}

static enum ec protocols_make(struct maker *m, int test, struct err *e)
{
	static struct year_test t; /* 150 KB */
	struct year_protocol *p = arena_new(m->c.a, struct year_protocol, 1);
	int64_t id;
	year_test(test, &t);
	AUTO_TX tx = {0};
	TRY(tx_begin(m->c.db, &tx, e));
	TRY(test_make(m, &t, &id, e));
	struct q_load_insert load;
	TRY(q_load_insert(m->c.db, m->c.a,
	        &(struct q_load_insert_in){STR("results"), DB_NULL_INT, STR("bench"), STR(""),
	                STR(""), id, noon.fixed, DB_NULL_INT},
	        &load, e));
	for (int i = 0; i < m->n_schools; i++) {
		struct arena_mark mark = arena_mark(m->c.a);
		year_protocol(i * m->scale, &m->school[i], test, &t, p);
		struct q_protocol_insert ret;
		if (p->n > 0)
			TRY(q_protocol_insert(m->c.db, m->c.a,
			        &(struct q_protocol_insert_in){id, m->org[i], load.id, DB_NULL_INT,
			                p->n, STR("bench"),
			                protocol_blob(m->c.a, p, (size_t)t.n_items)},
			        &ret, e));
		arena_reset(m->c.a, mark);
	}
	TRY(segment_rebuild(&m->c, id, e));
	return tx_commit(&tx, e);
}

static void schools_make(struct maker *m, struct arena *a, int scale)
{
	m->scale = scale;
	m->n_schools = YEAR_SCHOOLS / scale;
	m->school = arena_new(a, struct year_school, m->n_schools);
	m->org = arena_new(a, int64_t, m->n_schools);
	for (int i = 0; i < m->n_schools; i++)
		year_school(i * scale, &m->school[i]);
}

static enum ec make(struct arena *a, const char *file, int scale, struct err *e)
{
	AUTO_STORE store = NULL;
	TRY(store_open(a,
	        &(struct store_opt){.url = file, .now = noon.fixed, .program = STR("bench")},
	        &store, e));
	struct maker m = {.c = {.a = a, .clock = &noon, .actor = &actor_program}};
	schools_make(&m, a, scale);
	TRY(store_take(store, false, &m.c.db, e));
	enum ec code = registry_make(&m, e);
	for (int t = 0; t < YEAR_TESTS && code == EC_OK; t++)
		code = protocols_make(&m, t, e);
	store_give(store, m.c.db);
	return code;
}

/* Export --------------------------------------------------------------------------------------- */

static void csv_test(FILE *f, const struct maker *m, int test, const struct year_test *t)
{
	static struct year_protocol p;
	(void)fprintf(f, "test,school,region,place");
	for (int i = 1; i <= t->n_items; i++)
		(void)fprintf(f, ",i%d", i);
	(void)fputc('\n', f);
	for (int s = 0; s < m->n_schools; s++) {
		const struct year_school *x = &m->school[s];
		year_protocol(s * m->scale, x, test, t, &p);
		for (int w = 0; w < p.n; w++) {
			(void)fprintf(f, "%d,%d,%d,%d", test, s, x->region,
			        x->region * YEAR_PLACES + x->place);
			for (int i = 0; i < t->n_items; i++) {
				(void)fputc(',', f);
				if (p.item[w][i] != YEAR_MISS)
					(void)fputc('0' + p.item[w][i], f);
			}
			(void)fputc('\n', f);
		}
	}
}

static enum ec csv(struct arena *a, const char *dir, int scale, struct err *e)
{
	static struct year_test t;
	struct maker m = {0};
	schools_make(&m, a, scale);
	FILE *tests = fopen(str_z(a, str_printf(a, "%s/test.csv", dir)), "w");
	if (tests == NULL)
		return err_set(e, EC_IO, "%s: cannot be written", dir);
	(void)fprintf(tests, "test,b3,b4,b5\n");
	for (int i = 0; i < YEAR_TESTS; i++) {
		year_test(i, &t);
		(void)fprintf(tests, "%d,%d,%d,%d\n", i, t.min3, t.min4, t.min5);
		FILE *f = fopen(str_z(a, str_printf(a, "%s/w%02d.csv", dir, i)), "w");
		if (f == NULL)
			return err_set(e, EC_IO, "%s: cannot be written", dir);
		csv_test(f, &m, i, &t);
		if (fclose(f) != 0)
			return err_set(e, EC_IO, "%s: not written", dir);
	}
	return fclose(tests) == 0 ? EC_OK : err_set(e, EC_IO, "%s: not written", dir);
}

/* Measuring ------------------------------------------------------------------------------------ */

/* What all threads read. */
struct map {
	size_t n_orgs, n_places, n_regions;
	uint32_t *place_of_org, *region_of_place; /* by id */
	int64_t *test;
	size_t n_tests;
	struct store *store;
	bool digest, read_only;
	atomic_size_t next;
	atomic_uint_least64_t works, protocols, sum, total, total2, products;
	atomic_int bad;
};

/* One thread, one test. */
struct sums {
	const struct map *map;
	const struct test_row *test;
	struct stat_sum one, country, *place, *region; /* by id; n_block = 0: nothing yet */
	int64_t *place_room;
	uint64_t works, protocols, digest;
};

/* Room for the sums of one test at a time, kept by a thread. */
struct room {
	struct stat_sum *place;
	int64_t *v;
};

static uint64_t digest_of(uint64_t salt, const struct stat_sum *s)
{
	uint64_t h = 0xCBF29CE484222325ULL ^ salt;
	for (const int64_t *p = &s->rows; p < (const int64_t *)(const void *)&s->hist; p++)
		h = (h ^ (uint64_t)*p) * 0x100000001B3ULL;
	for (size_t i = 0; i < s->n_block; i++)
		h = (h ^ (uint64_t)s->block[i]) * 0x100000001B3ULL;
	return h;
}

static enum ec on_part(void *user, const struct segment_part *part, struct err *e)
{
	struct sums *s = user;
	s->works += part->works.n;
	s->protocols++;
	if (s->map->read_only)
		return EC_OK;
	if (part->org_id < 0 || (size_t)part->org_id >= s->map->n_orgs ||
	        part->works.n_items != s->test->n_items)
		return err_set(e, EC_DB, "a protocol of an unknown school");
	stat_sum_clear(&s->one);
	stat_sum_works(&s->one, &s->test->stat, &part->works);
	uint32_t place = s->map->place_of_org[part->org_id];
	if (s->place[place].n_block == 0)
		stat_sum_init_in(
		        &s->place[place], &s->test->stat, s->place_room + place * s->one.n_block);
	stat_sum_add(&s->place[place], &s->one);
	if (s->map->digest)
		s->digest += digest_of((uint64_t)part->org_id, &s->one);
	return EC_OK;
}

static void levels_add(struct sums *s, struct arena *a)
{
	const struct map *map = s->map;
	for (size_t i = 0; i < map->n_places; i++) {
		struct stat_sum *region = &s->region[map->region_of_place[i]];
		if (s->place[i].n_block == 0)
			continue;
		if (region->n_block == 0)
			stat_sum_init(region, a, &s->test->stat);
		stat_sum_add(region, &s->place[i]);
		s->digest += map->digest ? digest_of(i * 3 + 2, &s->place[i]) : 0;
	}
	for (size_t i = 0; i < map->n_places; i++) {
		if (s->region[i].n_block == 0)
			continue;
		stat_sum_add(&s->country, &s->region[i]);
		s->digest += map->digest ? digest_of(i * 3 + 1, &s->region[i]) : 0;
	}
}

static enum ec test_scan(
        struct map *map, struct ctx *c, int64_t id, const struct room *room, struct err *e)
{
	struct test_row test;
	struct sums s = {.map = map, .test = &test, .place = room->place, .place_room = room->v};
	bool found;
	TRY(test_load(c, id, &test, e));
	memset(s.place, 0, map->n_places * sizeof(*s.place));
	s.region = arena_new(c->a, struct stat_sum, map->n_places);
	stat_sum_init(&s.one, c->a, &test.stat);
	stat_sum_init(&s.country, c->a, &test.stat);
	if (s.one.n_block > ROOM)
		return err_set(e, EC_LIMIT, "a test too large for this measurement");
	TRY(segment_scan(c, id, on_part, &s, &found, e));
	if (!found)
		return err_set(e, EC_NOTFOUND, "no segments");
	levels_add(&s, c->a);
	atomic_fetch_add(&map->works, s.works);
	atomic_fetch_add(&map->total, (uint64_t)s.country.t);
	atomic_fetch_add(&map->total2, (uint64_t)s.country.t2);
	for (size_t i = 0; i < test.n_items; i++)
		atomic_fetch_add(&map->products, (uint64_t)s.country.xt[i]);
	atomic_fetch_add(&map->protocols, s.protocols);
	atomic_fetch_add(&map->sum, s.digest + digest_of((uint64_t)id, &s.country));
	return EC_OK;
}

static void *thread(void *user)
{
	struct map *map = user;
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct ctx c = {.a = &a, .clock = &noon, .actor = &actor_program};
	struct err e = {0};
	struct room room = {arena_new(&a, struct stat_sum, map->n_places),
	        arena_new(&a, int64_t, ROOM * map->n_places)};
	enum ec code = store_take(map->store, true, &c.db, &e);
	for (size_t i; code == EC_OK && (i = atomic_fetch_add(&map->next, 1)) < map->n_tests;) {
		struct arena_mark mark = arena_mark(&a);
		code = test_scan(map, &c, map->test[i], &room, &e);
		arena_reset(&a, mark);
	}
	if (code != EC_OK)
		atomic_store(&map->bad, fail(&e));
	store_give(map->store, c.db);
	return NULL;
}

static double cpu_seconds(void)
{
	struct rusage u;
	(void)getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* One pass: seconds and cpu seconds. */
static void pass(struct map *map, int n_threads, double *ret_s, double *ret_cpu)
{
	pthread_t id[8];
	atomic_store(&map->next, 0);
	atomic_store(&map->works, 0);
	atomic_store(&map->protocols, 0);
	atomic_store(&map->sum, 0);
	atomic_store(&map->total, 0);
	atomic_store(&map->total2, 0);
	atomic_store(&map->products, 0);
	double cpu = cpu_seconds();
	int64_t from = clock_monotonic_us();
	for (int i = 1; i < n_threads; i++) {
		if (pthread_create(&id[i], NULL, thread, map) != 0)
			atomic_store(&map->bad, 1);
	}
	(void)thread(map);
	for (int i = 1; i < n_threads; i++)
		(void)pthread_join(id[i], NULL);
	*ret_s = (double)(clock_monotonic_us() - from) / 1e6;
	*ret_cpu = cpu_seconds() - cpu;
}

static enum ec map_read(struct map *map, struct ctx *c, struct err *e)
{
	struct q_roll_territories_rows place;
	struct q_roll_orgs_rows org;
	struct q_test_with_protocols_rows test;
	TRY(q_roll_territories(c->db, c->a, &place, e));
	TRY(q_roll_orgs(c->db, c->a, &org, e));
	TRY(q_test_with_protocols(c->db, c->a, &test, e));
	for (size_t i = 0; i < place.n; i++)
		map->n_places = (size_t)place.v[i].id + 1 > map->n_places
		                        ? (size_t)place.v[i].id + 1
		                        : map->n_places;
	for (size_t i = 0; i < org.n; i++)
		map->n_orgs = (size_t)org.v[i].id + 1 > map->n_orgs ? (size_t)org.v[i].id + 1
		                                                    : map->n_orgs;
	map->place_of_org = arena_new(c->a, uint32_t, map->n_orgs);
	map->region_of_place = arena_new(c->a, uint32_t, map->n_places);
	for (size_t i = 0; i < place.n; i++)
		map->region_of_place[place.v[i].id] =
		        (uint32_t)(place.v[i].parent_id == DB_NULL_INT ? place.v[i].id
		                                                       : place.v[i].parent_id);
	for (size_t i = 0; i < org.n; i++)
		map->place_of_org[org.v[i].id] = (uint32_t)org.v[i].territory_id;
	map->n_tests = test.n;
	map->test = arena_new(c->a, int64_t, test.n);
	for (size_t i = 0; i < test.n; i++)
		map->test[i] = test.v[i].id;
	return EC_OK;
}

/* kB; 0 where the system does not say. */
static long own_memory(void)
{
	static const char name[] = "RssAnon:";
	char line[128];
	long kb = 0;
	FILE *f = fopen("/proc/self/status", "r");
	while (f != NULL && kb == 0 && fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, name, sizeof(name) - 1) == 0)
			kb = strtol(line + sizeof(name) - 1, NULL, 10);
	}
	if (f != NULL)
		(void)fclose(f);
	return kb;
}

static int by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static enum ec scan(
        struct arena *a, const char *file, const int n[2], bool read_only, struct err *e)
{
	AUTO_STORE store = NULL;
	TRY(store_open(a,
	        &(struct store_opt){.url = file,
	                .must_exist = true,
	                .now = noon.fixed,
	                .program = STR("bench")},
	        &store, e));
	struct ctx c = {.a = a, .clock = &noon, .actor = &actor_program};
	struct map map = {.store = store, .read_only = read_only};
	TRY(store_take(store, true, &c.db, e));
	enum ec code = map_read(&map, &c, e);
	store_give(store, c.db);
	TRY(code);
	double s[32], cpu[32];
	pass(&map, n[0], s, cpu); /* warm */
	for (int i = 0; i < n[1]; i++)
		pass(&map, n[0], &s[i], &cpu[i]);
	double digest_s, digest_cpu;
	map.digest = true;
	pass(&map, n[0], &digest_s, &digest_cpu);
	if (atomic_load(&map.bad))
		return err_set(e, EC_DB, "not measured");
	qsort(s, (size_t)n[1], sizeof(*s), by_value);
	qsort(cpu, (size_t)n[1], sizeof(*cpu), by_value);
	(void)printf("%.4f\t%.4f\t%llu:%llu:%llu:%llu\t%llu\t%ld\t%016llx\n", s[n[1] / 2],
	        cpu[n[1] / 2], (unsigned long long)atomic_load(&map.works),
	        (unsigned long long)atomic_load(&map.total),
	        (unsigned long long)atomic_load(&map.total2),
	        (unsigned long long)atomic_load(&map.products),
	        (unsigned long long)atomic_load(&map.protocols), own_memory(),
	        (unsigned long long)atomic_load(&map.sum));
	return EC_OK;
}

static int number(const char *s, int max)
{
	char *end;
	long v = strtol(s, &end, 10);
	return *end != '\0' || v < 1 || v > max ? 0 : (int)v;
}

int main(int argc, char **argv)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct err e = {0};
	int n[2] = {argc > 3 ? number(argv[3], 10000) : 0, argc > 4 ? number(argv[4], 31) : 0};
	enum ec code = EC_INPUT;
	if (argc == 4 && n[0] > 0 && strcmp(argv[1], "make") == 0)
		code = make(&a, argv[2], n[0], &e);
	else if (argc == 4 && n[0] > 0 && strcmp(argv[1], "csv") == 0)
		code = csv(&a, argv[2], n[0], &e);
	else if (argc == 5 && n[0] > 0 && n[0] <= 8 && n[1] > 0 &&
	         (strcmp(argv[1], "scan") == 0 || strcmp(argv[1], "read") == 0))
		code = scan(&a, argv[2], n, *argv[1] == 'r', &e);
	else
		(void)err_set(
		        &e, EC_INPUT, "make DB SCALE | csv DIR SCALE | scan DB THREADS REPEATS");
	return code == EC_OK ? 0 : fail(&e);
}
