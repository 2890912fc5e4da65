/* Every maximum of the program. Sizes in bytes unless said otherwise. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define KIB 1024ul
#define MIB (1024ul * KIB)
#define GIB (1024ul * MIB)

/* memory */
#define LIMIT_ARENA_PROGRAM (1 * GIB)
#define LIMIT_ARENA_REQUEST (256 * MIB)
#define LIMIT_ARENA_JOB     (4 * GIB)

/* HTTP */
#define LIMIT_HTTP_BODY       (52 * MIB) /* a file of LIMIT_EVIDENCE and its form */
#define LIMIT_HTTP_AT_ONCE    (5 * MIB)  /* files read inside the request; more become a job */
#define LIMIT_HTTP_FIELD      (1 * MIB)
#define LIMIT_HTTP_FIELDS     2000 /* fields of one form */
#define LIMIT_PAGE            (16 * MIB)
#define LIMIT_LOGIN_TRIES     10  /* failures per login or address … */
#define LIMIT_LOGIN_WINDOW    900 /* … in so many seconds */
#define LIMIT_SESSION_SECONDS (12 * 3600)
#define LIMIT_PASSWORD        200
#define LIMIT_PASSWORD_MIN    8

/* files from outside */
#define LIMIT_FILE           (200 * MIB)
#define LIMIT_ZIP_ENTRIES    5000
#define LIMIT_ZIP_UNPACKED   (1 * GIB)
#define LIMIT_ZIP_RATIO      200 /* unpacked : packed over the first MiB */
#define LIMIT_XML_DEPTH      200
#define LIMIT_XML_ATTR       (1 * MIB)
#define LIMIT_SHEET_ROWS     1048576
#define LIMIT_SHEET_COLS     16384
#define LIMIT_SHEETS         255
#define LIMIT_CELL           32767
#define LIMIT_SHARED_STRINGS 4000000
#define LIMIT_JSON_DEPTH     64

/* jail */
#define LIMIT_JAIL_MEMORY       (4 * GIB)
#define LIMIT_JAIL_CPU_SECONDS  60
#define LIMIT_JAIL_WALL_SECONDS 120
#define LIMIT_JAIL_OUTPUT       (512 * MIB)
#define LIMIT_JAIL_PIECE        (64 * MIB) /* one piece of the answer */

/* documents */
#define LIMIT_DOC_TEXT       (8 * MIB)
#define LIMIT_DOC_PARAS      200000
#define LIMIT_DOC_POINTS     20000
#define LIMIT_SCAN_PAGES     200
#define LIMIT_SCAN_POINTS    60000000 /* of one image: A4 at 600 dpi has 35 million */
#define LIMIT_SCAN_WORDS     20000    /* of one page */
#define LIMIT_SCAN_RULES     4000     /* ruling lines of one page */
#define LIMIT_SCAN_CELLS     1000     /* cells of one page looked at by themselves */
#define LIMIT_SCAN_SECONDS   1800     /* for one file */
#define LIMIT_DEADLINE_TEXT  2000
#define LIMIT_DEADLINE_ITEMS 64

/* evidence */
#define LIMIT_EVIDENCE       (50 * MIB) /* one file */
#define LIMIT_EVIDENCE_COUNT 200        /* proofs of one assignment */
#define LIMIT_EVIDENCE_TEXT  (1 * MIB)  /* kept of what was read in one */

/* search */
#define LIMIT_SEARCH_TEXT  (512 * KIB) /* indexed of one piece */
#define LIMIT_SEARCH_WORDS 16          /* of one question */

/* when: recurrences and calendars */
#define LIMIT_RRULE         400    /* bytes of one rule */
#define LIMIT_RRULE_STEPS   100000 /* occurrences passed over before the first wanted one */
#define LIMIT_DUE_AHEAD     12     /* occurrences of one deadline put on control at once */
#define LIMIT_CALENDAR_DAYS 20000  /* stored days, terms and rules of all years */
#define LIMIT_CALENDAR_ROWS 5000   /* rows of one imported calendar or schedule */
#define LIMIT_WORK_DAYS     2000   /* working days one distance may count */

/* results */
#define LIMIT_TEST_ITEMS  100   /* items of one work */
#define LIMIT_ITEM_MAX    100   /* points of one item */
#define LIMIT_TEST_MAX    1000  /* points of one work */
#define LIMIT_LOAD_ISSUES 10000 /* stored rows of causes of one load */

#endif
