#include "text/token.h"

#include "text/fold.h"

static bool inside_word(uint32_t cp)
{
	return cp_letter(cp) || cp_digit(cp) || cp == 0xad || cp == 0x306 || cp == 0x308;
}

/* Reads a word, a number or a mix that starts at from; returns its end. */
static size_t run(struct str s, size_t from, enum token_kind *ret_kind)
{
	bool letters = false, digits = false;
	size_t i = from;
	while (i < s.n) {
		size_t next = i;
		uint32_t cp = utf8_next(s, &next);
		if (!inside_word(cp))
			break;
		letters = letters || !cp_digit(cp);
		digits = digits || cp_digit(cp);
		i = next;
	}
	*ret_kind = letters && digits ? TOKEN_MIXED : letters ? TOKEN_WORD : TOKEN_NUMBER;
	return i;
}

size_t text_tokens(struct arena *a, struct str s, struct token **ret)
{
	VEC(struct token) v = {0};
	bool space = false, line = false;
	for (size_t i = 0; i < s.n;) {
		size_t next = i;
		uint32_t cp = utf8_next(s, &next);
		if (cp_space(cp)) {
			space = true;
			line = line || cp == '\n';
			i = next;
			continue;
		}
		struct token *t = vec_push(a, &v);
		t->kind = TOKEN_PUNCT;
		t->from = i;
		t->to = inside_word(cp) ? run(s, i, &t->kind) : next;
		t->text = str_sub(s, t->from, t->to);
		t->space_before = space;
		t->line_before = line;
		space = line = false;
		i = t->to;
	}
	*ret = v.v;
	return v.n;
}
