/* How a group of notices is told; shared by list, card and letter. */
#ifndef CORE_REMIND_NOTICE_ROW_H
#define CORE_REMIND_NOTICE_ROW_H

#include "core/remind/notice.h"
#include "db/q_notice.h"

struct notice_row notice_row_of(
        struct arena *a, const struct q_notice_groups *r, struct date today);

#endif
