#include "core/sample/text.h"
#include "base/cur.h"
#include "base/limits.h"

static const char *const genitive[] = {"января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря"};
static const char *const nominative[] = {"январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"};

static enum ec put(
        struct buf *out, struct arena *a, struct str mark, struct date today, struct err *e)
{
	struct cur c = CUR(mark);
	struct str word = cur_lit(&c, STR("my")) ? STR("my") : str_sub(mark, 0, 1);
	if (c.i == 0)
		c.i = 1;
	(void)cur_byte(&c, '+');
	int64_t n = 0;
	if (!cur_end(&c) && (!cur_int(&c, -5000, 5000, &n) || !cur_end(&c)))
		return err_set(
		        e, EC_INPUT, "образец: непонятная пометка {{" STR_FMT "}}", STR_ARG(mark));
	struct date d = date_add_days(today, (int)n);
	if (str_eq(word, STR("d"))) {
		buf_add(out, date_ru(a, d));
	} else if (str_eq(word, STR("D"))) {
		buf_printf(out, "%d %s %d г.", d.d, genitive[d.m - 1], d.y);
	} else if (str_eq(word, STR("my"))) {
		d = date_add_months(today, (int)n);
		buf_printf(out, "%s %d", nominative[d.m - 1], d.y);
	} else if (str_eq(word, STR("y"))) {
		buf_int(out, today.y + n);
	} else {
		return err_set(
		        e, EC_INPUT, "образец: непонятная пометка {{" STR_FMT "}}", STR_ARG(mark));
	}
	return EC_OK;
}

enum ec sample_text(
        struct arena *a, struct str text, struct date today, struct str *ret, struct err *e)
{
	struct buf out;
	buf_init(&out, a, LIMIT_DOC_TEXT);
	size_t at = 0;
	for (;;) {
		size_t open = str_find(text, STR("{{"), at);
		size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(text, STR("}}"), open);
		if (close == SIZE_MAX)
			break;
		buf_add(&out, str_sub(text, at, open));
		TRY(put(&out, a, str_sub(text, open + 2, close), today, e));
		at = close + 2;
	}
	buf_add(&out, str_skip(text, at));
	TRY(buf_check(&out, "образец документа", e));
	*ret = buf_str(&out);
	return EC_OK;
}
