#include "pack/rrule.h"

#include "base/limits.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

static struct icaltimetype ical_of(struct date d)
{
	/* not icaltime_null_date(): its hour of -1 makes the first day come twice */
	return (struct icaltimetype){.year = d.y, .month = d.m, .day = d.d, .is_date = 1};
}

/* the one word of a rule that libical copies */
static void recurrence_free(struct icalrecurrencetype *r)
{
	free(r->rscale);
}

static void iterator_free(struct icalrecur_iterator_impl **it)
{
	if (*it != NULL)
		icalrecur_iterator_free(*it);
}

enum ec rrule_days(struct str rule, const struct rrule_span *s, struct date *ret, size_t max,
        size_t *ret_n, struct err *e)
{
	char text[LIMIT_RRULE + 1];
	size_t n = 0;
	*ret_n = 0;
	if (rule.n > LIMIT_RRULE)
		return err_set(e, EC_INPUT, "правило повторения длиннее %d знаков", LIMIT_RRULE);
	memcpy(text, rule.p, rule.n);
	text[rule.n] = '\0';
	/* an unknown word leaves a message in icalerrno and no frequency; it never ends us */
	icalerror_set_errors_are_fatal(0);
	__attribute__((cleanup(recurrence_free))) struct icalrecurrencetype r =
	        icalrecurrencetype_from_string(text);
	if (r.freq == ICAL_NO_RECURRENCE)
		return err_set(
		        e, EC_INPUT, "правило повторения «" STR_FMT "» не понято", STR_ARG(rule));
	__attribute__((cleanup(iterator_free))) struct icalrecur_iterator_impl *it =
	        icalrecur_iterator_new(r, ical_of(s->anchor));
	if (it == NULL)
		return err_set(
		        e, EC_INPUT, "правило повторения «" STR_FMT "» невозможно", STR_ARG(rule));
	for (long step = 0; n < max; step++) {
		struct icaltimetype t = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(t) || !date_valid(t.year, t.month, t.day))
			break;
		struct date d = date_make(t.year, t.month, t.day);
		if (date_cmp(d, s->to) > 0)
			break;
		if (date_cmp(d, s->from) >= 0)
			ret[n++] = d;
		else if (step >= LIMIT_RRULE_STEPS)
			return err_set(e, EC_LIMIT,
			        "от начала правила «" STR_FMT "» прошло слишком много сроков",
			        STR_ARG(rule));
	}
	*ret_n = n;
	return EC_OK;
}
