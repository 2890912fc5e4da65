#include "pack/zipfile.h"

#include "base/limits.h"
#include "pack/zip_general.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum {
	END_SIZE = 22,     /* APPNOTE 4.3.16 end of central directory record */
	CENTRAL_SIZE = 46, /* 4.3.12 central directory header */
	LOCAL_SIZE = 30,   /* 4.3.7 local file header */
	METHOD_STORED = 0,
	METHOD_DEFLATED = 8,
	FLAG_ENCRYPTED = 1,
};

static const struct str sig_end = STR_INIT("PK\5\6"), sig_central = STR_INIT("PK\1\2"),
                        sig_local = STR_INIT("PK\3\4");

static uint32_t le16(struct str s, size_t at)
{
	return (uint32_t)(unsigned char)s.p[at] | (uint32_t)(unsigned char)s.p[at + 1] << 8;
}

static uint32_t le32(struct str s, size_t at)
{
	return le16(s, at) | le16(s, at + 2) << 16;
}

static bool sig_at(struct str s, uint64_t at, struct str sig)
{
	return at + sig.n <= s.n && memcmp(s.p + at, sig.p, sig.n) == 0;
}

bool zipfile_is(struct str bytes)
{
	return str_starts(bytes, sig_local) || str_starts(bytes, sig_end);
}

/* The end record stands in the last 64 KiB, its comment reaching exactly to the end of the file. */
static bool find_end(struct str s, size_t *ret)
{
	if (s.n < END_SIZE)
		return false;
	size_t lowest = s.n > END_SIZE + 0xFFFF ? s.n - END_SIZE - 0xFFFF : 0;
	for (size_t at = s.n - END_SIZE;; at--) {
		if (sig_at(s, at, sig_end) && at + END_SIZE + le16(s, at + 20) == s.n) {
			*ret = at;
			return true;
		}
		if (at == lowest)
			return false;
	}
}

/* One header of the central directory at *at; false when it does not fit. */
static bool central_entry(
        struct str s, size_t end, size_t *at, struct zipfile_entry *entry, uint64_t *ret_local)
{
	if (end - *at < CENTRAL_SIZE || !sig_at(s, *at, sig_central))
		return false;
	size_t name = le16(s, *at + 28), rest = le16(s, *at + 30) + le16(s, *at + 32);
	if (end - *at - CENTRAL_SIZE < name + rest)
		return false;
	*entry = (struct zipfile_entry){
	        .name = str_sub(s, *at + CENTRAL_SIZE, *at + CENTRAL_SIZE + name),
	        .encrypted = le16(s, *at + 8) & FLAG_ENCRYPTED,
	        .method = (uint16_t)le16(s, *at + 10),
	        .crc = le32(s, *at + 16),
	        .packed = le32(s, *at + 20),
	        .size = le32(s, *at + 24),
	};
	*ret_local = le32(s, *at + 42);
	*at += CENTRAL_SIZE + name + rest;
	return true;
}

/* Where an entry lies, for the check that no two overlap. */
struct extent {
	uint64_t from, to;
};

static int extent_cmp(const void *x, const void *y)
{
	const struct extent *p = x, *q = y;
	return (p->from > q->from) - (p->from < q->from);
}

/* Reads the local header: the data begin after its name and extra field. */
static bool locate(
        struct str s, uint64_t local, uint64_t dir, struct zipfile_entry *entry, struct extent *ret)
{
	if (local + LOCAL_SIZE > dir || !sig_at(s, local, sig_local))
		return false;
	entry->data = local + LOCAL_SIZE + le16(s, local + 26) + le16(s, local + 28);
	*ret = (struct extent){local, entry->data + entry->packed};
	return ret->to <= dir;
}

static bool overlap(struct extent *extent, size_t n)
{
	qsort(extent, n, sizeof(*extent), extent_cmp);
	for (size_t i = 1; i < n; i++)
		if (extent[i].from < extent[i - 1].to)
			return true;
	return false;
}

static enum ec damaged(struct err *e, const char *what)
{
	return err_set(e, EC_INPUT, "архив повреждён: %s", what);
}

/* Offsets are counted from `shift`: something may stand before the archive. */
static enum ec plain_open(
        struct arena *a, struct zipfile *z, size_t dir, size_t end, size_t shift, struct err *e)
{
	struct str s = z->bytes;
	if (arena_left(a) / 2 < z->n * (sizeof(struct zipfile_entry) + sizeof(struct extent)))
		return err_set(e, EC_LIMIT, "оглавление архива слишком велико");
	z->entry = arena_new(a, struct zipfile_entry, z->n);
	struct extent *extent = arena_new(a, struct extent, z->n);
	size_t at = dir;
	for (size_t i = 0; i < z->n; i++) {
		uint64_t local = 0;
		if (!central_entry(s, end, &at, &z->entry[i], &local))
			return damaged(e, "оглавление обрывается");
		if (!locate(s, local + shift, dir, &z->entry[i], &extent[i]))
			return damaged(e, "файл указан за пределами архива");
		if (z->entry[i].method != METHOD_STORED && z->entry[i].method != METHOD_DEFLATED)
			z->general = true;
	}
	if (overlap(extent, z->n))
		return damaged(e, "файлы внутри него накладываются друг на друга");
	return EC_OK;
}

enum ec zipfile_open(struct arena *a, struct str bytes, struct zipfile *ret, struct err *e)
{
	if (bytes.n > LIMIT_FILE)
		return err_set(e, EC_LIMIT, "файл больше %lu МБ", LIMIT_FILE / MIB);
	size_t end = 0;
	if (!find_end(bytes, &end))
		return damaged(e, "нет оглавления (файл передан не целиком?)");
	struct zipfile z = {.bytes = bytes, .left = LIMIT_ZIP_UNPACKED, .n = le16(bytes, end + 10)};
	if (z.n > LIMIT_ZIP_ENTRIES && z.n != 0xFFFF)
		return err_set(e, EC_LIMIT, "в архиве больше %d файлов", (int)LIMIT_ZIP_ENTRIES);
	uint64_t size = le32(bytes, end + 12), dir = le32(bytes, end + 16);
	/* zip64 marks, several volumes */
	if (z.n == 0xFFFF || dir == 0xFFFFFFFF || le32(bytes, end + 4) != 0 ||
	        le16(bytes, end + 8) != z.n || dir + size > end)
		z.general = true;
	else
		TRY(plain_open(a, &z, end - size, end, end - size - dir, e));
	if (z.general)
		TRY(zip_general_open(a, &z, e));
	*ret = z;
	return EC_OK;
}

const struct zipfile_entry *zipfile_find(const struct zipfile *z, struct str name)
{
	for (size_t i = 0; i < z->n; i++)
		if (str_eq(z->entry[i].name, name))
			return &z->entry[i];
	for (size_t i = 0; i < z->n; i++)
		if (str_ieq_ascii(z->entry[i].name, name))
			return &z->entry[i];
	return NULL;
}

static void inflater_free(struct libdeflate_decompressor **d)
{
	if (*d != NULL)
		libdeflate_free_decompressor(*d);
}

static enum ec inflate(struct str packed, char *to, size_t n, struct err *e)
{
	__attribute__((cleanup(inflater_free))) struct libdeflate_decompressor *d =
	        libdeflate_alloc_decompressor();
	BUG_IF(d == NULL);
	/* without a place for the real length it must be n exactly */
	if (libdeflate_deflate_decompress(d, packed.p, packed.n, to, n, NULL) != LIBDEFLATE_SUCCESS)
		return damaged(e, "сжатые данные не читаются");
	return EC_OK;
}

/* Sizes are promises of the file: nothing is allocated before they are compared with the limits. */
static enum ec allowed(
        const struct zipfile *z, const struct zipfile_entry *entry, struct arena *a, struct err *e)
{
	if (entry->encrypted)
		return err_set(
		        e, EC_INPUT, "архив защищён паролем: снимите защиту и загрузите снова");
	if (entry->size > MIB && entry->size / LIMIT_ZIP_RATIO > entry->packed)
		return err_set(e, EC_LIMIT, "архив сжат подозрительно сильно (больше чем в %d раз)",
		        (int)LIMIT_ZIP_RATIO);
	if (entry->size > z->left)
		return err_set(e, EC_LIMIT, "распакованные данные больше %lu МБ",
		        LIMIT_ZIP_UNPACKED / MIB);
	if (arena_left(a) < entry->size + 4096)
		return err_set(e, EC_LIMIT, "файл слишком велик для отведённой памяти");
	return EC_OK;
}

enum ec zipfile_read(struct zipfile *z, const struct zipfile_entry *entry, struct arena *a,
        struct str *ret, struct err *e)
{
	TRY(allowed(z, entry, a, e));
	z->left -= entry->size;
	if (entry->method == METHOD_STORED && !z->general) {
		if (entry->size != entry->packed)
			return damaged(e, "длина файла указана неверно");
		*ret = str_sub(z->bytes, entry->data, entry->data + entry->size);
	} else {
		char *to = arena_alloc(a, entry->size + 1);
		if (z->general) {
			TRY(zip_general_read(z, (size_t)(entry - z->entry), to, e));
			*ret = (struct str){to, entry->size};
			return EC_OK;
		}
		struct str packed = str_sub(z->bytes, entry->data, entry->data + entry->packed);
		TRY(inflate(packed, to, entry->size, e));
		*ret = (struct str){to, entry->size};
	}
	if (libdeflate_crc32(0, ret->p, ret->n) != entry->crc)
		return damaged(e, "контрольная сумма не сходится");
	return EC_OK;
}
