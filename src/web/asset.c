#include "web/asset.h"

const struct asset *asset_find(struct str path)
{
	size_t from = 0;
	size_t to = asset_table_n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int c = str_cmp(path, asset_table[mid].path);
		if (c == 0)
			return &asset_table[mid];
		if (c < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return NULL;
}
