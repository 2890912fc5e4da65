/* Stems of Russian words (Snowball, snowballstem.org) and sets of them for comparing texts. */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/str.h"

struct sb_stemmer;

/* A stemmer keeps state between calls: one for each thread, opened and closed by its user. */
struct stemmer {
	struct sb_stemmer *sb;
};

void stemmer_open(struct stemmer *s);
void stemmer_close(struct stemmer *s); /* accepts a zeroed struct */
#define AUTO_STEMMER(name)                                                                         \
	__attribute__((cleanup(stemmer_close))) struct stemmer name = {0};                         \
	stemmer_open(&name)

/* Stem of one word in any case («учреждениями» → «учрежден»); ё counts as е. In the arena. */
struct str text_stem(struct stemmer *s, struct arena *a, struct str word);

/* Different stems of a text in byte order, words of one letter left out. */
struct stem_set {
	struct str *v;
	size_t n;
};
struct stem_set text_stems(struct stemmer *s, struct arena *a, struct str text);
size_t stem_common(struct stem_set x, struct stem_set y); /* stems in both */
/* Harmonic mean of the shares of common stems, 0…1; 0 when one is empty. */
double stem_likeness(struct stem_set x, struct stem_set y);

#endif
