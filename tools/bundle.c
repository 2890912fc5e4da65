/* Text files become C.
 * bundle NAME OUT.c FILE…            one table: `const struct bundle_file NAME[]` and `const size_t
 *                                    NAME_n` (base/bundle.h)
 * bundle --each OUT.c NAME FILE …    `const struct str NAME` for each
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"

#include <stdio.h>

/* String literals are cut into lines so that no compiler limit on their length is met. */
static void add_literal(struct buf *out, struct str s)
{
	buf_byte(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (c >= 0x20 && c < 0x7F && c != '?')
			buf_byte(out, (char)c);
		else
			buf_printf(out, "\\%03o", c);
		if (c == '\n' && i + 1 < s.n)
			buf_add_z(out, "\"\n\t\"");
	}
	buf_byte(out, '"');
}

static enum ec bundle(struct arena *a, int argc, char **argv, struct err *e)
{
	struct buf out;
	buf_init(&out, a, 64 * MIB);
	buf_printf(&out,
	        "#include \"base/bundle.h\"\n\nextern const struct bundle_file %s[];\nextern const "
	        "size_t "
	        "%s_n;\n\nconst struct bundle_file %s[] = {\n",
	        argv[1], argv[1], argv[1]);
	for (int i = 3; i < argc; i++) {
		struct str bytes;
		TRY(file_read(a, argv[i], 16 * MIB, &bytes, e));
		struct str base = path_base(str_c(argv[i]));
		buf_printf(&out, "{STR_INIT(\"" STR_FMT "\"), STR_INIT(\n\t", STR_ARG(base));
		add_literal(&out, bytes);
		buf_add_z(&out, ")},\n");
	}
	buf_printf(&out, "};\nconst size_t %s_n = %d;\n", argv[1], argc - 3);
	TRY(buf_check(&out, argv[2], e));
	return file_write(argv[2], buf_str(&out), e);
}

static enum ec each(struct arena *a, int argc, char **argv, struct err *e)
{
	struct buf out;
	buf_init(&out, a, 64 * MIB);
	buf_add_z(&out, "#include \"base/str.h\"\n\n");
	for (int i = 3; i + 1 < argc; i += 2) {
		struct str bytes;
		TRY(file_read(a, argv[i + 1], 16 * MIB, &bytes, e));
		buf_printf(&out, "extern const struct str %s;\nconst struct str %s = STR_INIT(\n\t",
		        argv[i], argv[i]);
		add_literal(&out, bytes);
		buf_add_z(&out, ");\n");
	}
	TRY(buf_check(&out, argv[2], e));
	return file_write(argv[2], buf_str(&out), e);
}

int main(int argc, char **argv)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e;
	bool single = argc > 1 && str_eq_z(str_c(argv[1]), "--each");
	if (argc < 4 || (single && (argc < 5 || argc % 2 == 0))) {
		(void)fputs("usage: bundle NAME OUT.c FILE…\n"
		            "       bundle --each OUT.c NAME FILE …\n",
		        stderr);
		return 2;
	}
	if ((single ? each : bundle)(&a, argc, argv, &e) != EC_OK) {
		(void)fprintf(stderr, "bundle: %s\n", e.msg);
		return 1;
	}
	return 0;
}
