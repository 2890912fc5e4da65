/* Files from outside → rows and documents, through the jail. The one way in: nothing else in core
 * opens a container format. */
#ifndef CORE_INTAKE_H
#define CORE_INTAKE_H

#include "core/ctx.h"
#include "doc/source.h"
#include "jail/jail.h"
#include "pack/sheet.h"

/* What the jailed child can do: for `soko jail` in cli/main.c. */
extern const struct jail_task intake_tasks[];
extern const size_t intake_n_tasks;

/* As sheet_read; rows arrive while the child still reads. With ctx->jail NULL the file is read
 * here. Scratch memory comes from ctx->a. */
MUST_USE enum ec intake_sheet(const struct ctx *ctx, struct str bytes, struct str name,
        const struct sheet_sink *sink, struct err *e);

/* Is there room in the arena for more rows? Rows are collected before anything is written; a sink
 * that keeps them asks at each row and answers EC_LIMIT, because an arena that runs out ends the
 * program. The rest (three eighths) is for what follows. */
bool intake_room(const struct arena *a);

/* Will reading take seconds a page (a scan)? Then a page hands it to a job. */
bool intake_is_scan(const struct ctx *ctx, struct str bytes, struct str name);

/* As doc_read: scans too, telling ctx->progress of each page; DOCX, ODT, HTML and PDF are opened in
 * the jail, plain text is read here. */
MUST_USE enum ec intake_document(const struct ctx *ctx, struct str bytes, struct str name,
        struct source *ret, struct err *e);

#endif
