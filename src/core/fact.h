/* Small tools every use case needs: the JSON of a fact for the history, typed dates, rights. */
#ifndef CORE_FACT_H
#define CORE_FACT_H

#include "core/ctx.h"
#include "core/history.h"
#include "pack/json.h"

/* The JSON object of one fact. Members are written to .j between fact_begin and fact_end. */
struct fact {
	struct buf b;
	struct json j;
};
void fact_begin(struct fact *f, struct arena *a);
struct str fact_end(struct fact *f);

/* A date as typed, ISO or Russian (31.12.2022), to ISO; empty gives STR_NONE. EC_INPUT names the
 * field. */
MUST_USE enum ec typed_date(
        struct arena *a, struct str typed, const char *field, struct str *ret, struct err *e);
/* "2022-12-31" → «31.12.2022»; others as they are. */
struct str iso_ru(struct arena *a, struct str iso);
struct date iso_date(struct str iso); /* zero when it is none */
struct str today_iso(const struct ctx *c);

/* A text field: trimmed, at most max bytes, one line. EC_INPUT names the field. */
struct text_field {
	struct str typed;
	const char *field;
	size_t max;
	bool required, lines; /* lines: line breaks are kept */
};
MUST_USE enum ec typed_text(
        struct arena *a, const struct text_field *f, struct str *ret, struct err *e);

/* EC_DENIED with a Russian message unless the actor may do it there. */
MUST_USE enum ec must_may(
        const struct ctx *c, enum cap cap, int64_t territory_id, int64_t org_id, struct err *e);
/* actor_scope() or EC_DENIED. */
MUST_USE enum ec must_scope(const struct ctx *c, enum cap cap, struct scope *ret, struct err *e);
/* The person who acts, DB_NULL_INT for the program. */
int64_t acting_user(const struct ctx *c);
/* p == NULL becomes empty. */
struct str or_empty(struct str s);

#endif
