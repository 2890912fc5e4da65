#include "pack/zip_general.h"

#include "base/limits.h"

#include <zip.h>

static void archive_close(zip_t **z)
{
	if (*z != NULL)
		zip_discard(*z);
}

static void member_close(zip_file_t **f)
{
	if (*f != NULL)
		(void)zip_fclose(*f);
}

#define AUTO_ARCHIVE __attribute__((cleanup(archive_close))) zip_t
#define AUTO_MEMBER  __attribute__((cleanup(member_close))) zip_file_t

static enum ec archive_open(struct str bytes, zip_t **ret, struct err *e)
{
	zip_error_t ze;
	zip_error_init(&ze);
	zip_source_t *src = zip_source_buffer_create(bytes.p, bytes.n, 0, &ze);
	zip_t *z = src == NULL ? NULL : zip_open_from_source(src, ZIP_RDONLY, &ze);
	zip_error_fini(&ze);
	if (z == NULL) {
		zip_source_free(src);
		return err_set(e, EC_INPUT, "архив повреждён: оглавление не читается");
	}
	*ret = z;
	return EC_OK;
}

enum ec zip_general_open(struct arena *a, struct zipfile *z, struct err *e)
{
	AUTO_ARCHIVE *arc = NULL;
	TRY(archive_open(z->bytes, &arc, e));
	zip_int64_t n = zip_get_num_entries(arc, 0);
	if (n < 0 || (size_t)n > LIMIT_ZIP_ENTRIES)
		return err_set(e, EC_LIMIT, "в архиве больше %d файлов", (int)LIMIT_ZIP_ENTRIES);
	if (arena_left(a) / 2 < z->bytes.n + (size_t)n * sizeof(struct zipfile_entry))
		return err_set(e, EC_LIMIT, "оглавление архива слишком велико");
	z->entry = arena_new(a, struct zipfile_entry, (size_t)n);
	z->n = (size_t)n;
	for (size_t i = 0; i < z->n; i++) {
		zip_stat_t st;
		const zip_uint64_t need = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
		if (zip_stat_index(arc, i, ZIP_FL_ENC_RAW, &st) != 0 || (st.valid & need) != need)
			return err_set(e, EC_INPUT, "архив повреждён: файл № %zu", i + 1);
		z->entry[i] = (struct zipfile_entry){
		        .name = str_dup(a, str_c(st.name)),
		        .packed = st.comp_size,
		        .size = st.size,
		        .crc = (st.valid & ZIP_STAT_CRC) ? st.crc : 0,
		        .method = st.comp_method,
		        .encrypted = (st.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
		                     st.encryption_method != ZIP_EM_NONE,
		};
	}
	return EC_OK;
}

enum ec zip_general_read(const struct zipfile *z, size_t i, char *to, struct err *e)
{
	const struct zipfile_entry *entry = &z->entry[i];
	AUTO_ARCHIVE *arc = NULL;
	TRY(archive_open(z->bytes, &arc, e));
	AUTO_MEMBER *f = zip_fopen_index(arc, i, 0);
	if (f == NULL)
		return err_set(e, EC_INPUT, "архив: файл «" STR_FMT "» не читается: %s",
		        STR_ARG(utf8_head(entry->name, 80)), zip_strerror(arc));
	uint64_t got = 0;
	while (got < entry->size) {
		zip_int64_t n = zip_fread(f, to + got, entry->size - got);
		if (n <= 0)
			break;
		got += (uint64_t)n;
	}
	char more;
	/* the read at the end also makes libzip compare the CRC */
	if (got != entry->size || zip_fread(f, &more, 1) != 0)
		return err_set(e, EC_INPUT, "архив повреждён: файл «" STR_FMT "»",
		        STR_ARG(utf8_head(entry->name, 80)));
	return EC_OK;
}
