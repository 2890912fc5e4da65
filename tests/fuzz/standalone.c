/* Replays the stored corpus of a fuzz target as an ordinary test: standalone DIR prints TAP, one
 * line a file. A crash ends the program, and with it the test. */
#include "base/file.h"
#include "base/limits.h"
#include "fuzz.h"

#include <dirent.h>
#include <stdlib.h>

static void replay(const char *dir, const char *name, int number)
{
	AUTO_ARENA(a, 1 * GIB);
	struct err e = {0};
	struct str bytes;
	const char *path = arena_printf(&a, "%s/%s", dir, name);
	if (file_read(&a, path, 16 * MIB, &bytes, &e) != EC_OK) {
		printf("# %s\nnot ok %d - %s\n", e.msg, number, name);
		return;
	}
	/* a copy of the exact size, so that a read past the end is seen by the sanitizer */
	char *exact = malloc(bytes.n == 0 ? 1 : bytes.n);
	BUG_IF(exact == NULL);
	for (size_t i = 0; i < bytes.n; i++)
		exact[i] = bytes.p[i];
	fuzz_one(&a, (struct str){exact, bytes.n});
	free(exact);
	printf("ok %d - %s\n", number, name);
	(void)fflush(stdout);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		(void)fputs("usage: fuzz-<parser> CORPUS_DIR\n", stderr);
		return 2;
	}
	struct dirent **list = NULL;
	int n = scandir(argv[1], &list, NULL, alphasort);
	int number = 0;
	for (int i = 0; i < n; i++) {
		if (list[i]->d_name[0] != '.')
			replay(argv[1], list[i]->d_name, ++number);
		free(list[i]);
	}
	free(list);
	printf("1..%d%s\n", number, number == 0 ? " # SKIP no corpus" : "");
	return n < 0;
}
