/* Sample documents are written with relative dates, so that the sample region is always in the
 * middle of its year. */
#ifndef CORE_SAMPLE_TEXT_H
#define CORE_SAMPLE_TEXT_H

#include "base/buf.h"
#include "base/date.h"

/* Replaces {{d±N}} «08.02.2022», {{D±N}} «8 февраля 2022 г.» (N days from today), {{my±N}} «март
 * 2022» (N months),
 * {{y±N}} the year. EC_INPUT names what it does not know. *ret lives in the arena. */
MUST_USE enum ec sample_text(
        struct arena *a, struct str text, struct date today, struct str *ret, struct err *e);

#endif
