#include "web/assets.h"

#include "web/asset.h"

/* The etag without its quotes. */
static struct str version_of(const struct asset *f)
{
	return str_sub(f->etag, 1, f->etag.n - 1);
}

struct url asset_url(struct arena *a, struct str path)
{
	const struct asset *f = asset_find(path);
	if (f == NULL)
		BUG("a page names a file that is not embedded");
	return url_arg(a, url_local(path), STR("v"), version_of(f));
}

struct url icon_url(struct arena *a, struct str name)
{
	struct url u = asset_url(a, STR("/assets/icons.svg"));
	return url_local(str_printf(a, STR_FMT "#" STR_FMT, STR_ARG(u.s), STR_ARG(name)));
}

static bool accepts_gzip(const struct req *r)
{
	struct str rest = header_get(r, STR("Accept-Encoding"));
	struct str part;
	while (str_next(&rest, ',', &part)) {
		size_t semi = str_find_byte(part, ';', 0);
		struct str name = str_trim(str_sub(part, 0, semi == SIZE_MAX ? part.n : semi));
		bool never =
		        semi != SIZE_MAX && str_eq(str_trim(str_skip(part, semi + 1)), STR("q=0"));
		if (str_ieq_ascii(name, STR("gzip")))
			return !never;
	}
	return false;
}

bool asset_serve(struct req *r, struct resp *w)
{
	if (!str_starts(r->path, STR("/assets/")))
		return false;
	const struct asset *f = r->method == METHOD_GET ? asset_find(r->path) : NULL;
	if (f == NULL) {
		w->status = 404;
		w->type = STR("text/plain; charset=utf-8");
		w->body = STR("Нет такого файла.\n");
		return true;
	}
	w->type = f->type;
	w->cacheable = true;
	resp_header(r->a, w, STR("ETag"), f->etag);
	resp_header(r->a, w, STR("Vary"), STR("Accept-Encoding"));
	/* With its hash in the address the file never changes; without it, ask again. */
	resp_header(r->a, w, STR("Cache-Control"),
	        str_eq(field_get(&r->args, STR("v")), version_of(f))
	                ? STR("public, max-age=31536000, immutable")
	                : STR("public, no-cache"));
	if (str_eq(header_get(r, STR("If-None-Match")), f->etag)) {
		w->status = 304;
		return true;
	}
	if (f->gzip.n > 0 && accepts_gzip(r)) {
		resp_header(r->a, w, STR("Content-Encoding"), STR("gzip"));
		w->body = f->gzip;
	} else {
		w->body = f->bytes;
	}
	return true;
}
