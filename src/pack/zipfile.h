/* Reading zip archives from memory (PKWARE APPNOTE 6.3), with limits on entries, ratio and total.
 *
 * The common case (stored and deflated entries of one plain archive) is read by an own directory
 * reader and libdeflate; zip64 and other methods go to libzip. Bytes before the archive are
 * passed over. Names of entries are only compared, never used as file names. */
#ifndef PACK_ZIPFILE_H
#define PACK_ZIPFILE_H

#include "base/str.h"

struct zipfile_entry {
	struct str name; /* as in the directory; a view into the archive or the arena */
	uint64_t packed, size;
	uint64_t data; /* offset of the packed bytes (plain archives only) */
	uint32_t crc;
	uint16_t method; /* 0 stored, 8 deflated, others by libzip */
	bool encrypted;
};

struct zipfile {
	struct str bytes;
	struct zipfile_entry *entry;
	size_t n;
	uint64_t left; /* bytes that may still be unpacked: LIMIT_ZIP_UNPACKED in sum */
	bool general;  /* libzip must read it */
};

/* True when the bytes begin like a zip archive. */
bool zipfile_is(struct str bytes);
/* Reads the directory; views point into bytes. EC_INPUT when damaged, truncated or with entries
 * that overlap; EC_LIMIT past LIMIT_ZIP_ENTRIES. */
MUST_USE enum ec zipfile_open(
        struct arena *a, struct str bytes, struct zipfile *ret, struct err *e);
/* The entry of that name (ASCII case is ignored when there is no exact one); NULL when none. */
const struct zipfile_entry *zipfile_find(const struct zipfile *z, struct str name);
/* Unpacks into the arena and checks the length and the CRC. EC_INPUT damaged or encrypted, EC_LIMIT
 * past the ratio, the total or the arena. */
MUST_USE enum ec zipfile_read(struct zipfile *z, const struct zipfile_entry *entry, struct arena *a,
        struct str *ret, struct err *e);

#endif
