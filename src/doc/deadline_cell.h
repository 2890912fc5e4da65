/* Inside of deadline_find. */
#ifndef DOC_DEADLINE_CELL_H
#define DOC_DEADLINE_CELL_H

#include "base/str.h"

/* The text is nothing but a deadline («сентябрь», «по мере поступления»): *ret is the phrase. Texts
 * of a cell's length only. */
bool deadline_whole_cell(struct arena *a, struct str text, struct str *ret);

#endif
