#include "pack/wire.h"

void wire_put(struct buf *b, uint64_t v)
{
	char out[10];
	size_t n = 0;
	do {
		out[n++] = (char)((v & 0x7F) | (v > 0x7F ? 0x80 : 0));
		v >>= 7;
	} while (v > 0);
	buf_add_n(b, out, n);
}

void wire_put_str(struct buf *b, struct str s)
{
	wire_put(b, s.n);
	buf_add(b, s);
}

bool wire_take(struct wire *w, uint64_t max, uint64_t *ret)
{
	uint64_t v = 0;
	for (unsigned shift = 0; shift < 63 && w->i < w->s.n; shift += 7) {
		unsigned char c = (unsigned char)w->s.p[w->i++];
		v |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80) {
			*ret = v;
			return v <= max;
		}
	}
	return false;
}

bool wire_take_str(struct wire *w, size_t max, struct str *ret)
{
	uint64_t n;
	if (!wire_take(w, max, &n) || n > w->s.n - w->i)
		return false;
	*ret = n == 0 ? STR("") : (struct str){w->s.p + w->i, n};
	w->i += n;
	return utf8_valid(*ret);
}

bool wire_end(const struct wire *w)
{
	return w->i == w->s.n;
}

enum ec wire_bad(struct err *e)
{
	return err_set(e, EC_INPUT, "файл не удалось прочитать: ответ обработчика неверен");
}
