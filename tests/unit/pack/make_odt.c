#include "base/limits.h"
#include "make.h"
#include "pack/rich.h"

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMES                                                                                      \
	"xmlns:office=\"" ODF "office:1.0\" xmlns:text=\"" ODF "text:1.0\" xmlns:table=\"" ODF     \
	"table:1.0\" xmlns:style=\"" ODF "style:1.0\" xmlns:draw=\"" ODF                           \
	"drawing:1.0\" xmlns:svg=\"" ODF "svg-compatible:1.0\" xmlns:fo=\"" ODF                    \
	"xsl-fo-compatible:1.0\""

struct str make_odt(struct arena *a, const char *body, const char *automatic, const char *styles)
{
	char *content = arena_printf(a,
	        "<office:document-content " NAMES "><office:automatic-styles>%s"
	        "</office:automatic-styles><office:body><office:text>%s</office:text></office:body>"
	        "</office:document-content>",
	        automatic ? automatic : "", body);
	char *style_part = arena_printf(a,
	        "<office:document-styles " NAMES "><office:styles>%s</office:styles>"
	        "</office:document-styles>",
	        styles ? styles : "");
	const struct make_part part[] = {
	        {"mimetype", STR("application/vnd.oasis.opendocument.text"), true},
	        {"content.xml", str_c(content), false},
	        {"styles.xml", str_c(style_part), false},
	};
	return make_zip(a, part, ARRAY_LEN(part));
}

struct str made_rich(struct arena *a, const struct rich *rich)
{
	struct str out = STR("");
	for (size_t i = 0; i < rich->n; i++) {
		const struct rich_block *b = &rich->block[i];
		if (b->kind == RICH_PAGE)
			out = str_cat(a, out, STR("---\n"));
		if (b->kind == RICH_PARA)
			out = str_printf(a, STR_FMT STR_FMT "\n", STR_ARG(out), STR_ARG(b->text));
		for (size_t r = 0; b->kind == RICH_TABLE && r < b->n_rows; r++) {
			out = str_cat(a, out, b->row[r].header ? STR("[h:") : STR("["));
			for (size_t c = 0; c < b->row[r].n; c++)
				out = str_printf(a, STR_FMT "%s" STR_FMT "/%d%s", STR_ARG(out),
				        c ? "|" : "", STR_ARG(b->row[r].cell[c].text),
				        b->row[r].cell[c].colspan,
				        b->row[r].cell[c].continues ? "^" : "");
			out = str_cat(a, out, STR("]\n"));
		}
	}
	return out;
}
