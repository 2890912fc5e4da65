/* The part of pack/zipfile.h done by libzip. Used by pack/zipfile.c only. */
#ifndef PACK_ZIP_GENERAL_H
#define PACK_ZIP_GENERAL_H

#include "pack/zipfile.h"

/* Fills entry and n. */
MUST_USE enum ec zip_general_open(struct arena *a, struct zipfile *z, struct err *e);
/* Unpacks entry number i into to[0, entry->size). */
MUST_USE enum ec zip_general_read(const struct zipfile *z, size_t i, char *to, struct err *e);

#endif
