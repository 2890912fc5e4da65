#include "web/api.h"

#include "base/limits.h"

void api_begin(struct api *p, const struct call *c, struct date on)
{
	buf_init(&p->b, c->r->a, LIMIT_PAGE);
	json_init(&p->j, &p->b, false);
	json_obj(&p->j);
	json_kv_str(&p->j, "on", date_iso(c->r->a, on));
}

enum ec api_end(struct api *p, struct call *c, struct err *e)
{
	json_obj_end(&p->j);
	buf_byte(&p->b, '\n');
	TRY(buf_check(&p->b, "ответ API", e));
	c->w->type = STR("application/json");
	c->w->body = buf_str(&p->b);
	return EC_OK;
}

void api_rows(struct api *p, int64_t total, int64_t offset)
{
	json_kv_int(&p->j, "total", total);
	json_kv_int(&p->j, "offset", offset);
	json_kv_arr(&p->j, "rows");
}
