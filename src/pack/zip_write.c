#include "pack/zip_write.h"

#include "base/arena.h"

#include <zip.h>

static void archive_drop(zip_t **z)
{
	if (*z != NULL)
		zip_discard(*z);
}
static void source_drop(zip_source_t **s)
{
	if (*s != NULL)
		zip_source_free(*s);
}
#define AUTO_ARCHIVE __attribute__((cleanup(archive_drop))) zip_t
#define AUTO_SOURCE  __attribute__((cleanup(source_drop))) zip_source_t

static enum ec refuse(struct err *e)
{
	return err_set(e, EC_IO, "не удалось собрать архив");
}

static enum ec add(zip_t *z, const struct zip_member *m, struct arena *a, struct err *e)
{
	zip_source_t *s = zip_source_buffer(z, m->bytes.p, m->bytes.n, 0);
	if (s == NULL)
		return refuse(e);
	zip_int64_t at = zip_file_add(z, str_z(a, m->name), s, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
	if (at < 0) {
		zip_source_free(s);
		return refuse(e);
	}
	/* 1 January 1980, 00:00: the archive must not tell when it was made */
	if (zip_file_set_dostime(z, (zip_uint64_t)at, 0, 0x21, 0) != 0)
		return refuse(e);
	return EC_OK;
}

static enum ec take(zip_source_t *s, struct arena *a, struct str *ret, struct err *e)
{
	zip_stat_t st;
	if (zip_source_stat(s, &st) != 0 || zip_source_open(s) != 0)
		return refuse(e);
	char *to = arena_alloc(a, st.size);
	bool whole = zip_source_read(s, to, st.size) == (zip_int64_t)st.size;
	if (zip_source_close(s) != 0 || !whole)
		return refuse(e);
	*ret = (struct str){to, st.size};
	return EC_OK;
}

enum ec zip_write(
        struct arena *a, const struct zip_member *v, size_t n, struct str *ret, struct err *e)
{
	zip_error_t ze;
	zip_error_init(&ze);
	AUTO_SOURCE *s = zip_source_buffer_create(NULL, 0, 0, &ze);
	AUTO_ARCHIVE *z = s == NULL ? NULL : zip_open_from_source(s, ZIP_TRUNCATE, &ze);
	zip_error_fini(&ze);
	if (z == NULL)
		return refuse(e);
	zip_source_keep(s); /* closing the archive drops its own hold */
	for (size_t i = 0; i < n; i++)
		TRY(add(z, &v[i], a, e));
	if (zip_close(z) != 0)
		return refuse(e);
	z = NULL;
	return take(s, a, ret, e);
}
