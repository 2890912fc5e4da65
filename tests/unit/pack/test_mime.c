/* Letters as bytes: encoded words, no header from outside, parts that decode to what went in. */
#include "base/limits.h"
#include "pack/mime_write.h"
#include "test.h"

#include <string.h>

static struct str words(struct arena *a, struct str text, size_t used)
{
	struct buf b;
	buf_init(&b, a, 64 * KIB);
	mime_words(&b, text, used);
	return buf_str(&b);
}

TEST(russian_words_of_a_header_are_encoded_words_of_whole_characters)
{
	AUTO_ARENA(a, MIB);
	CHECK_STR(words(&a, STR("Plain text"), 9), STR("Plain text"));
	CHECK_STR(words(&a, STR("СОКО"), 9), STR("=?UTF-8?B?0KHQntCa0J4=?="));
	struct str text = STR("Напоминания СОКО на 01.03.2022: просрочено 3, сегодня 2, скоро 5 — "
	                      "поручения департамента образования");
	struct str got = words(&a, text, 9);
	struct str rest = got;
	struct str line;
	size_t n = 0;
	while (str_next(&rest, '\n', &line)) {
		CHECK(line.n + (n == 0 ? 9 : 0) <= 78);
		struct str w = str_trim(line);
		CHECK(w.n <= 75);
		CHECK(str_starts(w, STR("=?UTF-8?B?")) && str_ends(w, STR("?=")));
		n++;
	}
	CHECK(n >= 3);
	/* an encoded word in the text itself is not left to be decoded */
	CHECK(str_starts(words(&a, STR("=?UTF-8?B?QQ==?="), 9), STR("=?UTF-8?B?PT9VVEYt")));
}

TEST(addresses_that_need_quoting_are_refused)
{
	CHECK(mime_email_ok(STR("school1@edu.example.ru")));
	static const char *const bad[] = {"", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>",
	        "a@b\r\nX: y", "a,b@c", "школа@пример.рф"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (!CHECK(!mime_email_ok(str_c(bad[i]))))
			CHECK_STR(str_c(bad[i]), STR("refused"));
}

TEST(a_letter_has_two_parts_and_no_header_of_its_values)
{
	AUTO_ARENA(a, MIB);
	struct buf b;
	buf_init(&b, &a, 64 * KIB);
	struct mime_message m = {.from = {STR("СОКО"), STR("soko@example.ru")},
	        .to = {STR("O'Hara, \"J\""), STR("j@example.ru")},
	        .subject = STR("A\r\nBcc: all@example.ru"),
	        .message_id = STR("digest-1@example.ru"),
	        .at = 1646107200, /* 2022-03-01 04:00 UTC */
	        .offset_min = 300,
	        .unsubscribe = STR("https://soko.example.ru/notices/off/1"),
	        .text = STR("Привет"),
	        .html = STR("<p>Привет</p>")};
	mime_write(&b, &m);
	struct str s = buf_str(&b);
	CHECK(str_has(s, STR("Subject: A  Bcc: all@example.ru\r\n")));
	CHECK(!str_has(s, STR("\nBcc:")));
	CHECK(str_has(s, STR("To: \"O'Hara, \\\"J\\\"\"\r\n <j@example.ru>\r\n")));
	CHECK(str_has(s, STR("From: =?UTF-8?B?0KHQntCa0J4=?=\r\n <soko@example.ru>\r\n")));
	CHECK(str_has(s, STR("Date: Tue, 1 Mar 2022 09:00:00 +0500\r\n")));
	CHECK(str_has(s, STR("List-Unsubscribe:\r\n <https://soko.example.ru/notices/off/1>\r\n"
	                     "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")));
	CHECK(str_has(s, STR("0J/RgNC40LLQtdGC\r\n")));
	CHECK(str_ends(s, STR("--=_soko--\r\n")));
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n')
			CHECK(i > 0 && s.p[i - 1] == '\r');
}
