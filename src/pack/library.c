#include "pack/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const struct library_need *need, size_t n)
{
	void *lib = dlopen(file, RTLD_NOW | RTLD_NODELETE);
	if (lib == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		void *found = dlsym(lib, need[i].name);
		if (found == NULL)
			return false;
		memcpy(need[i].at, &found, sizeof(found));
	}
	return true;
}
