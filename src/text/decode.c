#include "text/decode.h"

#include "base/buf.h"
#include "text/fold.h"

/* Upper halves of the code pages (unicode.org mapping tables). */
static const uint16_t cp1251[128] = {
        0x0402,
        0x0403,
        0x201a,
        0x0453,
        0x201e,
        0x2026,
        0x2020,
        0x2021,
        0x20ac,
        0x2030,
        0x0409,
        0x2039,
        0x040a,
        0x040c,
        0x040b,
        0x040f,
        0x0452,
        0x2018,
        0x2019,
        0x201c,
        0x201d,
        0x2022,
        0x2013,
        0x2014,
        0xfffd,
        0x2122,
        0x0459,
        0x203a,
        0x045a,
        0x045c,
        0x045b,
        0x045f,
        0x00a0,
        0x040e,
        0x045e,
        0x0408,
        0x00a4,
        0x0490,
        0x00a6,
        0x00a7,
        0x0401,
        0x00a9,
        0x0404,
        0x00ab,
        0x00ac,
        0x00ad,
        0x00ae,
        0x0407,
        0x00b0,
        0x00b1,
        0x0406,
        0x0456,
        0x0491,
        0x00b5,
        0x00b6,
        0x00b7,
        0x0451,
        0x2116,
        0x0454,
        0x00bb,
        0x0458,
        0x0405,
        0x0455,
        0x0457,
        0x0410,
        0x0411,
        0x0412,
        0x0413,
        0x0414,
        0x0415,
        0x0416,
        0x0417,
        0x0418,
        0x0419,
        0x041a,
        0x041b,
        0x041c,
        0x041d,
        0x041e,
        0x041f,
        0x0420,
        0x0421,
        0x0422,
        0x0423,
        0x0424,
        0x0425,
        0x0426,
        0x0427,
        0x0428,
        0x0429,
        0x042a,
        0x042b,
        0x042c,
        0x042d,
        0x042e,
        0x042f,
        0x0430,
        0x0431,
        0x0432,
        0x0433,
        0x0434,
        0x0435,
        0x0436,
        0x0437,
        0x0438,
        0x0439,
        0x043a,
        0x043b,
        0x043c,
        0x043d,
        0x043e,
        0x043f,
        0x0440,
        0x0441,
        0x0442,
        0x0443,
        0x0444,
        0x0445,
        0x0446,
        0x0447,
        0x0448,
        0x0449,
        0x044a,
        0x044b,
        0x044c,
        0x044d,
        0x044e,
        0x044f,
};
static const uint16_t cp866[128] = {
        0x0410,
        0x0411,
        0x0412,
        0x0413,
        0x0414,
        0x0415,
        0x0416,
        0x0417,
        0x0418,
        0x0419,
        0x041a,
        0x041b,
        0x041c,
        0x041d,
        0x041e,
        0x041f,
        0x0420,
        0x0421,
        0x0422,
        0x0423,
        0x0424,
        0x0425,
        0x0426,
        0x0427,
        0x0428,
        0x0429,
        0x042a,
        0x042b,
        0x042c,
        0x042d,
        0x042e,
        0x042f,
        0x0430,
        0x0431,
        0x0432,
        0x0433,
        0x0434,
        0x0435,
        0x0436,
        0x0437,
        0x0438,
        0x0439,
        0x043a,
        0x043b,
        0x043c,
        0x043d,
        0x043e,
        0x043f,
        0x2591,
        0x2592,
        0x2593,
        0x2502,
        0x2524,
        0x2561,
        0x2562,
        0x2556,
        0x2555,
        0x2563,
        0x2551,
        0x2557,
        0x255d,
        0x255c,
        0x255b,
        0x2510,
        0x2514,
        0x2534,
        0x252c,
        0x251c,
        0x2500,
        0x253c,
        0x255e,
        0x255f,
        0x255a,
        0x2554,
        0x2569,
        0x2566,
        0x2560,
        0x2550,
        0x256c,
        0x2567,
        0x2568,
        0x2564,
        0x2565,
        0x2559,
        0x2558,
        0x2552,
        0x2553,
        0x256b,
        0x256a,
        0x2518,
        0x250c,
        0x2588,
        0x2584,
        0x258c,
        0x2590,
        0x2580,
        0x0440,
        0x0441,
        0x0442,
        0x0443,
        0x0444,
        0x0445,
        0x0446,
        0x0447,
        0x0448,
        0x0449,
        0x044a,
        0x044b,
        0x044c,
        0x044d,
        0x044e,
        0x044f,
        0x0401,
        0x0451,
        0x0404,
        0x0454,
        0x0407,
        0x0457,
        0x040e,
        0x045e,
        0x00b0,
        0x2219,
        0x00b7,
        0x221a,
        0x2116,
        0x00a4,
        0x25a0,
        0x00a0,
};
static const uint16_t koi8r[128] = {
        0x2500,
        0x2502,
        0x250c,
        0x2510,
        0x2514,
        0x2518,
        0x251c,
        0x2524,
        0x252c,
        0x2534,
        0x253c,
        0x2580,
        0x2584,
        0x2588,
        0x258c,
        0x2590,
        0x2591,
        0x2592,
        0x2593,
        0x2320,
        0x25a0,
        0x2219,
        0x221a,
        0x2248,
        0x2264,
        0x2265,
        0x00a0,
        0x2321,
        0x00b0,
        0x00b2,
        0x00b7,
        0x00f7,
        0x2550,
        0x2551,
        0x2552,
        0x0451,
        0x2553,
        0x2554,
        0x2555,
        0x2556,
        0x2557,
        0x2558,
        0x2559,
        0x255a,
        0x255b,
        0x255c,
        0x255d,
        0x255e,
        0x255f,
        0x2560,
        0x2561,
        0x0401,
        0x2562,
        0x2563,
        0x2564,
        0x2565,
        0x2566,
        0x2567,
        0x2568,
        0x2569,
        0x256a,
        0x256b,
        0x256c,
        0x00a9,
        0x044e,
        0x0430,
        0x0431,
        0x0446,
        0x0434,
        0x0435,
        0x0444,
        0x0433,
        0x0445,
        0x0438,
        0x0439,
        0x043a,
        0x043b,
        0x043c,
        0x043d,
        0x043e,
        0x043f,
        0x044f,
        0x0440,
        0x0441,
        0x0442,
        0x0443,
        0x0436,
        0x0432,
        0x044c,
        0x044b,
        0x0437,
        0x0448,
        0x044d,
        0x0449,
        0x0447,
        0x044a,
        0x042e,
        0x0410,
        0x0411,
        0x0426,
        0x0414,
        0x0415,
        0x0424,
        0x0413,
        0x0425,
        0x0418,
        0x0419,
        0x041a,
        0x041b,
        0x041c,
        0x041d,
        0x041e,
        0x041f,
        0x042f,
        0x0420,
        0x0421,
        0x0422,
        0x0423,
        0x0416,
        0x0412,
        0x042c,
        0x042b,
        0x0417,
        0x0428,
        0x042d,
        0x0429,
        0x0427,
        0x042a,
};

static const uint16_t *const pages[] = {
        [ENC_CP1251] = cp1251,
        [ENC_CP866] = cp866,
        [ENC_KOI8R] = koi8r,
};

/* Letters а…я per mille in running Russian text (Национальный корпус русского языка, rounded). */
static const int8_t letter_weight[32] = {80, 16, 45, 17, 30, 85, 9, 16, 74, 12, 35, 44, 32, 67, 110,
        28, 47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1, 19, 17, 3, 6, 20};

/* How Russian the text looks when read by the page; the sample is enough for any real file. */
static int64_t page_score(const uint16_t *page, struct str s)
{
	int64_t score = 0;
	uint32_t before = 0;
	for (size_t i = 0; i < s.n && i < 65536; i++) {
		unsigned char b = (unsigned char)s.p[i];
		uint32_t cp = b < 128 ? b : page[b - 128];
		if (b >= 128) {
			uint32_t low = cp_lower(cp);
			if (low >= 0x430 && low <= 0x44f)
				score += letter_weight[low - 0x430];
			else if (low == 0x451 || cp == 0x2116 || cp == 0xab || cp == 0xbb ||
			         cp == 0xa0)
				score += 3;
			else if (cp != 0x2013 && cp != 0x2014)
				score -= 60;
			if (cp != low && cp_letter(before) && before == cp_lower(before))
				score -= 90; /* an upper-case letter after a lower-case one */
		}
		before = cp;
	}
	return score;
}

static enum encoding guess_page(struct str s)
{
	enum encoding best = ENC_CP1251;
	int64_t top = INT64_MIN;
	for (enum encoding e = ENC_CP1251; e <= ENC_KOI8R; e++) {
		int64_t score = page_score(pages[e], s);
		if (score > top) {
			top = score;
			best = e;
		}
	}
	return best;
}

static void put(struct buf *b, uint32_t cp, uint32_t *before, size_t *bad)
{
	if (cp == 0 || cp == 0xfffd) {
		++*bad;
		cp = 0xfffd;
	}
	if (cp == '\n' && *before == '\r') {
		*before = cp;
		return; /* the \r became the line end */
	}
	*before = cp;
	buf_cp(b, cp == '\r' ? '\n' : cp);
}

static void decode_utf16(struct buf *b, struct str s, bool little, size_t *bad)
{
	uint32_t before = 0, high = 0;
	for (size_t i = 0; i + 1 < s.n; i += 2) {
		uint32_t x = (unsigned char)s.p[i], y = (unsigned char)s.p[i + 1];
		uint32_t u = little ? y << 8 | x : x << 8 | y;
		if (high != 0 && u >= 0xdc00 && u <= 0xdfff) {
			put(b, 0x10000 + ((high - 0xd800) << 10) + (u - 0xdc00), &before, bad);
			high = 0;
			continue;
		}
		if (high != 0)
			put(b, 0xfffd, &before, bad);
		high = u >= 0xd800 && u <= 0xdbff ? u : 0;
		if (high == 0)
			put(b, u >= 0xdc00 && u <= 0xdfff ? 0xfffd : u, &before, bad);
	}
	if (high != 0 || s.n % 2 != 0)
		put(b, 0xfffd, &before, bad);
}

static void decode_utf8(struct buf *b, struct str s, size_t *bad)
{
	uint32_t before = 0;
	for (size_t i = 0; i < s.n;)
		put(b, utf8_next(s, &i), &before, bad);
}

static void decode_page(struct buf *b, struct str s, const uint16_t *page, size_t *bad)
{
	uint32_t before = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		put(b, c < 128 ? c : page[c - 128], &before, bad);
	}
}

/* Whether the text is UTF-16 without a mark: the byte of the high half is nearly always 0 or 4. */
static bool looks_utf16(struct str s, size_t high_at)
{
	size_t pairs = 0, hits = 0;
	for (size_t i = 0; i + 1 < s.n && i < 8192; i += 2) {
		unsigned char high = (unsigned char)s.p[i + high_at];
		pairs++;
		hits += high == 0 || high == 4 || high == 0x20;
	}
	return pairs >= 4 && s.n % 2 == 0 && hits * 10 >= pairs * 9;
}

/* UTF-8 with a few broken bytes is still UTF-8, not a code page. */
static bool mostly_utf8(struct str s)
{
	size_t good = 0, bad = 0;
	for (size_t i = 0; i < s.n;) {
		bool high = (unsigned char)s.p[i] >= 128;
		uint32_t cp = utf8_next(s, &i);
		bad += cp == 0xfffd;
		good += high && cp != 0xfffd;
	}
	return bad == 0 || good > 20 * bad;
}

static enum encoding find_encoding(struct str s, struct str *body, bool *bom)
{
	static const struct {
		struct str mark;
		enum encoding e;
	} marks[] = {
	        {STR_INIT("\xef\xbb\xbf"), ENC_UTF8},
	        {STR_INIT("\xff\xfe"), ENC_UTF16LE},
	        {STR_INIT("\xfe\xff"), ENC_UTF16BE},
	};
	*body = s;
	*bom = false;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (str_starts(s, marks[i].mark)) {
			*body = str_skip(s, marks[i].mark.n);
			*bom = true;
			return marks[i].e;
		}
	}
	if (str_find_byte(s, '\0', 0) != SIZE_MAX) {
		if (looks_utf16(s, 1))
			return ENC_UTF16LE;
		if (looks_utf16(s, 0))
			return ENC_UTF16BE;
	}
	return mostly_utf8(s) ? ENC_UTF8 : guess_page(s);
}

void text_decode(struct arena *a, struct str bytes, struct decoded *ret)
{
	struct decoded d = {0};
	struct str body;
	struct buf b;
	d.encoding = find_encoding(bytes, &body, &d.bom);
	buf_init(&b, a, body.n * 3 + 16);
	switch (d.encoding) {
	case ENC_UTF16LE:
	case ENC_UTF16BE:
		decode_utf16(&b, body, d.encoding == ENC_UTF16LE, &d.bad);
		break;
	case ENC_CP1251:
	case ENC_CP866:
	case ENC_KOI8R:
		decode_page(&b, body, pages[d.encoding], &d.bad);
		break;
	case ENC_UTF8:
		decode_utf8(&b, body, &d.bad);
		break;
	}
	d.text = buf_str(&b);
	*ret = d;
}

struct str encoding_name(enum encoding e)
{
	static const struct str names[] = {
	        [ENC_UTF8] = STR_INIT("UTF-8"),
	        [ENC_UTF16LE] = STR_INIT("UTF-16LE"),
	        [ENC_UTF16BE] = STR_INIT("UTF-16BE"),
	        [ENC_CP1251] = STR_INIT("Windows-1251"),
	        [ENC_CP866] = STR_INIT("CP866"),
	        [ENC_KOI8R] = STR_INIT("KOI8-R"),
	};
	return names[e];
}
