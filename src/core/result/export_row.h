/* Cells of one row of an export → one work. Pure; used by export_read.c. */
#ifndef CORE_RESULT_EXPORT_ROW_H
#define CORE_RESULT_EXPORT_ROW_H

#include "core/result/protocol.h"

/* Points or an ITEM_… code. */
uint8_t item_cell(struct str s);
/* 0…65534 or TOTAL_NONE; *ret_bad: something stands there that is no number. */
uint16_t total_cell(struct str s, bool *ret_bad);
/* VARIANT_… or its number. */
uint8_t variant_cell(struct str s);
/* 2…5 or a JOURNAL_… code. */
uint8_t journal_cell(struct str s);
uint8_t gender_cell(struct str s);
/* «нет», «НЕТ», «11 "нет"»: no letter. */
bool class_is_none(struct str s);
/* Whether the work was written, from its variants and items: see docs/methods/vpr-import.md. */
enum work_status work_status_of(
        const uint8_t variant[PROTOCOL_PARTS], size_t n_parts, const uint8_t *item, size_t n_items);

#endif
