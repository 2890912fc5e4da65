#include "pack/opc.h"

#include "base/limits.h"
#include "pack/xml.h"

struct str opc_resolve(struct arena *a, struct str folder, struct str target)
{
	if (str_starts(target, STR("/")))
		return str_dup(a, str_skip(target, 1));
	while (str_starts(target, STR("../"))) {
		target = str_skip(target, 3);
		if (folder.n > 0)
			folder.n--;
		while (folder.n > 0 && folder.p[folder.n - 1] != '/')
			folder.n--;
	}
	if (str_starts(target, STR("./")))
		target = str_skip(target, 2);
	return str_printf(a, STR_FMT STR_FMT, STR_ARG(folder), STR_ARG(target));
}

struct str opc_folder(struct str part)
{
	while (part.n > 0 && part.p[part.n - 1] != '/')
		part.n--;
	return part;
}

struct looking {
	struct arena *a;
	struct str folder, type_end, found;
};

static enum ec on_start(void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	(void)ns, (void)e;
	struct looking *l = user;
	struct str target = xml_attr(attrs, "Target");
	if (l->found.p == NULL && str_eq(name, STR("Relationship")) && target.n < 4096 &&
	        str_ends(xml_attr(attrs, "Type"), l->type_end))
		l->found = opc_resolve(l->a, l->folder, target);
	return EC_OK;
}

enum ec opc_target(struct arena *a, struct zipfile *zip, struct str source, const char *type_end,
        struct str *ret, struct err *e)
{
	*ret = STR_NONE;
	if (source.n > 4096 || arena_left(a) < 64 * KIB)
		return err_set(e, EC_LIMIT, "файл слишком велик для отведённой памяти");
	struct looking l = {.a = a, .folder = opc_folder(source), .type_end = str_c(type_end)};
	struct str rels = str_printf(a, STR_FMT "_rels/" STR_FMT ".rels", STR_ARG(l.folder),
	        STR_ARG(str_skip(source, l.folder.n)));
	const struct zipfile_entry *entry = zipfile_find(zip, rels);
	if (entry == NULL)
		return EC_OK;
	AUTO_ARENA(scratch, LIMIT_ZIP_UNPACKED + MIB);
	struct str xml;
	TRY(zipfile_read(zip, entry, &scratch, &xml, e));
	const struct xml_sink sink = {.user = &l, .start = on_start};
	TRY(xml_read(xml, str_z(&scratch, utf8_head(rels, 80)), &sink, e));
	*ret = l.found;
	return EC_OK;
}
