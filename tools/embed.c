/* Writes the files of a list into one C source: embed LIST SOURCE_ROOT OUT.c OUT.d
 *
 * LIST has lines "/path/on/site file/in/tree" and "icon NAME"; the icons become the symbols of
 * /assets/icons.svg. The table asset_table of src/web/asset.h carries content type, etag by content
 * hash, and a gzip form where it is smaller. OUT.d names what was read, for ninja. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/secret.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

#define ICONS "node_modules/@tabler/icons/icons/outline/"

struct item {
	struct str path, bytes;
};

struct embed {
	struct arena *a;
	const char *root;
	VEC(struct item) items;
	struct buf sprite, deps, c;
	struct err *e;
};

static enum ec read_part(struct embed *m, struct str name, struct str *ret)
{
	char *path = arena_printf(m->a, "%s/" STR_FMT, m->root, STR_ARG(name));
	buf_printf(&m->deps, " \\\n %s", path);
	enum ec code = file_read(m->a, path, 64 * MIB, ret, m->e);
	if (code == EC_NOTFOUND && str_starts(name, STR("node_modules/")))
		return err_set(m->e, EC_NOTFOUND,
		        "%s is absent: fetch the page parts with ./run (or: npm ci)", path);
	return code;
}

/* <svg …>inner</svg> → <symbol id="name" …>inner</symbol>, keeping how lines are drawn. */
static enum ec add_icon(struct embed *m, struct str name)
{
	struct str file = str_printf(m->a, ICONS STR_FMT ".svg", STR_ARG(name));
	struct str svg;
	TRY(read_part(m, file, &svg));
	size_t begin = str_find_byte(svg, '>', 0);
	size_t end = str_find(svg, STR("</svg>"), 0);
	if (!str_starts(svg, STR("<svg")) || begin == SIZE_MAX || end == SIZE_MAX || begin > end)
		return err_set(m->e, EC_INPUT, STR_FMT " is not a plain svg", STR_ARG(file));
	buf_printf(&m->sprite,
	        "<symbol id=\"" STR_FMT
	        "\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" "
	        "stroke-linecap=\"round\" stroke-linejoin=\"round\">" STR_FMT "</symbol>\n",
	        STR_ARG(name), STR_ARG(str_trim(str_sub(svg, begin + 1, end))));
	return EC_OK;
}

static enum ec add_line(struct embed *m, struct str line)
{
	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return EC_OK;
	struct str rest = line;
	struct str first;
	(void)str_next(&rest, ' ', &first);
	rest = str_trim(rest);
	if (str_eq_z(first, "icon"))
		return add_icon(m, rest);
	if (first.p[0] != '/' || rest.n == 0)
		return err_set(m->e, EC_INPUT,
		        "want '/path file' or 'icon name', not '" STR_FMT "'", STR_ARG(line));
	struct str bytes;
	TRY(read_part(m, rest, &bytes));
	*vec_push(m->a, &m->items) = (struct item){first, bytes};
	return EC_OK;
}

static const char *content_type(struct str path)
{
	static const struct {
		const char *ext, *type;
	} types[] = {{".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
	        {".svg", "image/svg+xml"}, {".woff2", "font/woff2"}, {".png", "image/png"},
	        {".ico", "image/x-icon"}, {".json", "application/json"},
	        {".geojson", "application/geo+json"}, {".txt", "text/plain; charset=utf-8"},
	        {".webmanifest", "application/manifest+json"}};
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_ends(path, str_c(types[i].ext)))
			return types[i].type;
	return NULL;
}

static void put_bytes(struct buf *b, const char *name, size_t i, struct str s)
{
	buf_printf(b, "static const char %s_%zu[] =\n\"", name, i);
	for (size_t k = 0; k < s.n; k++) {
		unsigned char c = (unsigned char)s.p[k];
		if (c == '\n')
			buf_add_z(b, "\\n");
		else if (c < 32 || c > 126 || c == '"' || c == '\\' || c == '?')
			buf_printf(b, "\\%03o", c);
		else
			buf_byte(b, (char)c);
		if (k % 4096 == 4095)
			buf_add_z(b, "\"\n\"");
	}
	buf_add_z(b, "\";\n");
}

static struct str packed(struct embed *m, struct str s)
{
	struct libdeflate_compressor *z = libdeflate_alloc_compressor(9);
	BUG_IF(z == NULL);
	size_t room = libdeflate_gzip_compress_bound(z, s.n);
	char *out = arena_alloc(m->a, room + 1);
	size_t n = libdeflate_gzip_compress(z, s.p, s.n, out, room);
	libdeflate_free_compressor(z);
	return n > 0 && n < s.n - s.n / 10 ? (struct str){out, n} : STR_NONE;
}

static enum ec put_items(struct embed *m)
{
	struct buf table;
	buf_init(&table, m->a, 1 * MIB);
	buf_add_z(&m->c,
	        "/* made by tools/embed from assets/embed.txt */\n#include \"web/asset.h\"\n");
	for (size_t i = 0; i < m->items.n; i++) {
		struct item *it = &m->items.v[i];
		const char *type = content_type(it->path);
		if (type == NULL)
			return err_set(
			        m->e, EC_INPUT, "no content type for " STR_FMT, STR_ARG(it->path));
		if (i > 0 && str_eq(m->items.v[i - 1].path, it->path))
			return err_set(
			        m->e, EC_INPUT, STR_FMT " is listed twice", STR_ARG(it->path));
		struct str gz = packed(m, it->bytes);
		put_bytes(&m->c, "bytes", i, it->bytes);
		if (gz.n > 0)
			put_bytes(&m->c, "gzip", i, gz);
		buf_printf(&table, "\t{STR_INIT(\"" STR_FMT "\"), STR_INIT(\"%s\"), ",
		        STR_ARG(it->path), type);
		buf_printf(&table, "STR_INIT(\"\\\"" STR_FMT "\\\"\"), {bytes_%zu, %zu}, ",
		        STR_ARG(str_sub(secret_hash_hex(m->a, it->bytes), 0, 16)), i, it->bytes.n);
		if (gz.n > 0)
			buf_printf(&table, "{gzip_%zu, %zu}},\n", i, gz.n);
		else
			buf_add_z(&table, "{NULL, 0}},\n");
	}
	buf_printf(&m->c,
	        "const struct asset asset_table[] = {\n" STR_FMT
	        "};\nconst size_t asset_table_n = %zu;\n",
	        STR_ARG(buf_str(&table)), m->items.n);
	return buf_check(&m->c, "embedded files", m->e);
}

static int by_path(const void *x, const void *y)
{
	return str_cmp(((const struct item *)x)->path, ((const struct item *)y)->path);
}

static enum ec run(struct arena *a, char **argv, struct err *e)
{
	TRY(secret_init(e));
	struct embed m = {.a = a, .root = argv[2], .e = e};
	buf_init(&m.sprite, a, 16 * MIB);
	buf_init(&m.deps, a, 1 * MIB);
	buf_init(&m.c, a, 256 * MIB);
	buf_printf(&m.deps, "%s:", argv[3]);
	buf_add_z(&m.sprite, "<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
	struct str list;
	TRY(file_read(a, argv[1], 1 * MIB, &list, e));
	struct str line;
	while (str_next(&list, '\n', &line))
		TRY(add_line(&m, line));
	buf_add_z(&m.sprite, "</svg>\n");
	*vec_push(a, &m.items) = (struct item){STR("/assets/icons.svg"), buf_str(&m.sprite)};
	qsort(m.items.v, m.items.n, sizeof(m.items.v[0]), by_path);
	TRY(put_items(&m));
	buf_byte(&m.deps, '\n');
	TRY(file_write(argv[4], buf_str(&m.deps), e));
	return file_write(argv[3], buf_str(&m.c), e);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		(void)fputs("usage: embed LIST SOURCE_ROOT OUT.c OUT.d\n", stderr);
		return 2;
	}
	AUTO_ARENA(a, 2 * GIB);
	struct err e = {0};
	if (run(&a, argv, &e) == EC_OK)
		return 0;
	(void)fprintf(stderr, "embed: %s\n", e.msg);
	return 1;
}
