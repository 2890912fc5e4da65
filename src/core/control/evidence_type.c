#include "core/control/evidence_type.h"

#include "base/buf.h"
#include "base/limits.h"

static const struct evidence_type types[] = {
        {STR_INIT("application/pdf"), STR_INIT("pdf"), STR_INIT("PDF"), false},
        {STR_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                STR_INIT("docx"), STR_INIT("Word"), false},
        {STR_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                STR_INIT("xlsx"), STR_INIT("Excel"), true},
        {STR_INIT("application/vnd.oasis.opendocument.text"), STR_INIT("odt"),
                STR_INIT("OpenDocument"), false},
        {STR_INIT("image/png"), STR_INIT("png"), STR_INIT("снимок PNG"), false},
        {STR_INIT("image/jpeg"), STR_INIT("jpg"), STR_INIT("снимок JPEG"), false},
        {STR_INIT("image/tiff"), STR_INIT("tif"), STR_INIT("скан TIFF"), false},
};

enum { PDF, DOCX, XLSX, ODT, PNG, JPEG, TIFF };

/* Beginnings that are known and not taken. */
static const struct {
	struct str begins;
	const char *message;
} refused[] = {
        {STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
                "это файл старого Word или Excel (.doc, .xls) или файл с паролем: сохраните его "
                "как DOCX, XLSX или PDF без пароля"},
        {STR_INIT("{\\rtf"), "это RTF: сохраните документ как DOCX, ODT или PDF"},
        {STR_INIT("Rar!"), "это архив RAR: приложите сами файлы"},
        {STR_INIT("7z\xBC\xAF"), "это архив 7z: приложите сами файлы"},
        {STR_INIT("MZ"), "это программа: такие файлы не принимаются"},
        {STR_INIT("\x7F"
                  "ELF"),
                "это программа: такие файлы не принимаются"},
};

/* A zip archive: its parts say what it is. Names stand uncompressed in it, so it is not opened. */
static enum ec of_zip(struct str bytes, struct evidence_type *ret, struct err *e)
{
	if (str_has(bytes, STR("vbaProject.bin")))
		return err_set(e, EC_INPUT,
		        "в файле есть макросы: сохраните его без них (DOCX, XLSX) или как PDF");
	if (str_has(bytes, STR("word/document.xml")))
		*ret = types[DOCX];
	else if (str_has(bytes, STR("xl/workbook.xml")))
		*ret = types[XLSX];
	else if (str_has(str_sub(bytes, 0, 200), types[ODT].media_type))
		*ret = types[ODT];
	else
		return err_set(e, EC_INPUT,
		        "это архив ZIP, а не документ: приложите сами файлы (DOCX, XLSX, ODT, PDF, "
		        "PNG, JPEG, TIFF)");
	return EC_OK;
}

enum ec evidence_type_of(struct str bytes, struct evidence_type *ret, struct err *e)
{
	if (bytes.n == 0)
		return err_set(e, EC_INPUT, "файл пуст");
	if (bytes.n > LIMIT_EVIDENCE)
		return err_set(e, EC_LIMIT, "файл больше %lu МБ", LIMIT_EVIDENCE / MIB);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		if (str_starts(bytes, refused[i].begins))
			return err_set(e, EC_INPUT, "%s", refused[i].message);
	if (str_starts(bytes, STR("PK\x03\x04")))
		return of_zip(bytes, ret, e);
	if (str_starts(bytes, STR("%PDF-")))
		*ret = types[PDF];
	else if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
		*ret = types[PNG];
	else if (str_starts(bytes, STR("\xFF\xD8\xFF")))
		*ret = types[JPEG];
	else if (str_starts(bytes, ((struct str){"II*\0", 4})) ||
	         str_starts(bytes, ((struct str){"MM\0*", 4})))
		*ret = types[TIFF];
	else
		return err_set(e, EC_INPUT,
		        "такие файлы не принимаются: нужен DOCX, XLSX, ODT, PDF, PNG, JPEG или "
		        "TIFF (вид узнаётся по содержимому, а не по имени)");
	return EC_OK;
}

struct str evidence_type_title(struct str media_type)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_eq(types[i].media_type, media_type))
			return types[i].title;
	return media_type;
}

static bool same_ending(struct str given, struct str ending)
{
	return str_ieq_ascii(given, ending) ||
	       (str_eq_z(ending, "jpg") && str_ieq_ascii(given, STR("jpeg"))) ||
	       (str_eq_z(ending, "tif") && str_ieq_ascii(given, STR("tiff")));
}

struct str evidence_file_name(struct arena *a, struct str name, const struct evidence_type *t)
{
	struct buf b;
	size_t dot = SIZE_MAX;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || name.p[i] == '\\') {
			name = str_skip(name, i + 1);
			i = SIZE_MAX; /* begins anew */
		}
	name = utf8_head(str_trim(name), 190);
	buf_init(&b, a, 2 * name.n + 64);
	for (size_t i = 0; i < name.n; i++) {
		unsigned char ch = (unsigned char)name.p[i];
		buf_byte(&b, ch < 0x20 || ch == 0x7F ? '_' : (char)ch);
	}
	struct str clean = buf_str(&b);
	for (size_t i = 0; i < clean.n; i++)
		if (clean.p[i] == '.')
			dot = i;
	if (clean.n == 0 || dot == 0)
		return str_printf(a, "файл." STR_FMT, STR_ARG(t->ending));
	if (dot != SIZE_MAX && same_ending(str_skip(clean, dot + 1), t->ending))
		return clean;
	return str_printf(a, STR_FMT "." STR_FMT, STR_ARG(clean), STR_ARG(t->ending));
}
