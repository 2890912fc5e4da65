/* What goes over the socket between jail_run and jail_main: the same program on both ends, so plain
 * structs. The child's frames are not trusted by the parent. */
#ifndef JAIL_FRAME_H
#define JAIL_FRAME_H

#include <stdint.h>

enum { JAIL_MAGIC = 0x4C49414A, JAIL_FD = 0 }; /* the child's end is its standard input */

/* Parent to child: this, then the bytes of task, options, input. */
struct jail_head {
	uint32_t magic;
	uint32_t task_n, options_n;
	uint32_t cpu_seconds;
	uint64_t input_n, memory;
};

enum jail_kind { JAIL_PIECE = 1, JAIL_DONE, JAIL_FAIL, JAIL_PROGRESS };

/* The body of JAIL_PROGRESS. */
struct jail_progress {
	uint32_t done, all;
};

/* Child to parent: any number of pieces and signs of progress, then done (empty) or fail (message).
 */
struct jail_frame {
	uint32_t kind;
	uint32_t code; /* enum ec of a failure */
	uint64_t n;
};

#endif
