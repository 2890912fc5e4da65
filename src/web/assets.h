/* Serving the embedded files of the page (styles, scripts, fonts). */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include "web/http.h"
#include "web/out.h"

/* Address of an embedded file with the hash of its content, so that browsers keep it for ever.
 * Asking for a file that is not embedded is a bug. */
struct url asset_url(struct arena *a, struct str path);
/* Address of one icon of /assets/icons.svg. */
struct url icon_url(struct arena *a, struct str name);
/* Answers a request under /assets/: the file, 304, or 404; false for other paths. */
bool asset_serve(struct req *r, struct resp *w);

#endif
