#include "base/limits.h"
#include "web/http.h"

#define MAX_FILES 100
#define MAX_LINES 16 /* header lines of one part */

/* Value of a parameter of a header such as `form-data; name="x"`; quoted or bare. Browsers escape a
 * quote in a name as %22 (WHATWG HTML §4.10.22.8), so a quoted value ends at the next quote. */
static bool header_param(struct str value, struct str name, struct str *ret)
{
	size_t at = 0;
	while ((at = str_find(value, name, at)) != SIZE_MAX) {
		size_t after = at + name.n;
		bool starts = at > 0 && (value.p[at - 1] == ' ' || value.p[at - 1] == ';');
		if (!starts || after >= value.n || value.p[after] != '=') {
			at = after;
			continue;
		}
		struct str rest = str_skip(value, after + 1);
		if (rest.n > 0 && rest.p[0] == '"') {
			size_t end = str_find_byte(rest, '"', 1);
			if (end == SIZE_MAX)
				return false;
			*ret = str_sub(rest, 1, end);
			return true;
		}
		size_t end = str_find_byte(rest, ';', 0);
		*ret = str_trim(str_sub(rest, 0, end == SIZE_MAX ? rest.n : end));
		return true;
	}
	return false;
}

static bool header_value(struct str line, struct str name, struct str *ret)
{
	size_t colon = str_find_byte(line, ':', 0);
	if (colon == SIZE_MAX || !str_ieq_ascii(str_trim(str_sub(line, 0, colon)), name))
		return false;
	*ret = str_trim(str_skip(line, colon + 1));
	return true;
}

/* File names arrive with folders from some browsers, and may try to climb: only the last part is
 * kept. */
static struct str last_component(struct str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
			return str_skip(name, i);
	return name;
}

static enum ec part_add(struct arena *a, struct str disposition, struct str bytes,
        struct fields *form, struct uploads *files, struct err *e)
{
	struct str name, file;
	if (!str_starts(disposition, STR("form-data")) ||
	        !header_param(disposition, STR("name"), &name) || !utf8_valid(name))
		return err_set(e, EC_INPUT, "часть формы без имени поля");
	if (header_param(disposition, STR("filename"), &file)) {
		file = last_component(file);
		if (!utf8_valid(file))
			return err_set(e, EC_INPUT, "имя файла не в кодировке UTF-8");
		if (file.n == 0 && bytes.n == 0)
			return EC_OK; /* no file was chosen */
		if (files->n >= MAX_FILES)
			return err_set(e, EC_LIMIT, "файлов больше %d", MAX_FILES);
		*vec_push(a, files) = (struct upload){.field = name, .name = file, .bytes = bytes};
		return EC_OK;
	}
	if (bytes.n > LIMIT_HTTP_FIELD)
		return err_set(e, EC_LIMIT, "поле формы слишком длинное");
	if (form->n >= LIMIT_HTTP_FIELDS)
		return err_set(e, EC_LIMIT, "в форме больше %d полей", LIMIT_HTTP_FIELDS);
	if (!utf8_valid(bytes) || str_find_byte(bytes, '\0', 0) != SIZE_MAX)
		return err_set(e, EC_INPUT, "текст не в кодировке UTF-8");
	field_add(a, form, name, bytes);
	return EC_OK;
}

/* Reads the header lines of a part from *rest up to the empty line. */
static enum ec part_head(struct str *rest, struct str *ret_disposition, struct err *e)
{
	struct str disposition = STR_NONE;
	for (int i = 0; i < MAX_LINES; i++) {
		size_t end = str_find(*rest, STR("\r\n"), 0);
		if (end == SIZE_MAX)
			break;
		struct str line = str_sub(*rest, 0, end);
		*rest = str_skip(*rest, end + 2);
		if (line.n == 0) {
			if (disposition.n == 0)
				break;
			*ret_disposition = disposition;
			return EC_OK;
		}
		(void)header_value(line, STR("content-disposition"), &disposition);
	}
	return err_set(e, EC_INPUT, "форма повреждена: нет заголовка части");
}

enum ec multipart_parse(struct arena *a, struct str type, struct str body, struct fields *ret_form,
        struct uploads *ret_files, struct err *e)
{
	struct str boundary;
	if (!header_param(type, STR("boundary"), &boundary) || boundary.n == 0 || boundary.n > 70)
		return err_set(e, EC_INPUT, "форма повреждена: нет границы частей");
	struct str open = str_cat(a, STR("--"), boundary);
	struct str stop = str_cat(a, STR("\r\n"), open);
	struct fields form = {0};
	struct uploads files = {0};
	if (!str_starts(body, open))
		return err_set(e, EC_INPUT, "форма повреждена: нет начала");
	struct str rest = str_skip(body, open.n);
	while (!str_starts(rest, STR("--"))) {
		if (!str_starts(rest, STR("\r\n")))
			return err_set(e, EC_INPUT, "форма повреждена: нет границы частей");
		rest = str_skip(rest, 2);
		struct str disposition;
		TRY(part_head(&rest, &disposition, e));
		size_t end = str_find(rest, stop, 0);
		if (end == SIZE_MAX)
			return err_set(e, EC_INPUT, "форма оборвана");
		TRY(part_add(a, disposition, str_sub(rest, 0, end), &form, &files, e));
		rest = str_skip(rest, end + stop.n);
	}
	*ret_form = form;
	*ret_files = files;
	return EC_OK;
}
