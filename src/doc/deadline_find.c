/* Deadline phrases inside running text: where one begins and how far it goes. What it means is
 * decided by deadline_parse. A wrong find costs a false deadline, a missed one is reported by the
 * linter, so only openings that name a time beyond doubt count («до 5 школ» is none). */
#include "base/limits.h"
#include "doc/deadline.h"
#include "doc/deadline_cell.h"
#include "doc/words.h"

#include <string.h>

#define MAX_CELL 300 /* bytes of a text that may be nothing but a deadline */

static size_t blanks(struct str f, size_t i)
{
	while (i < f.n) {
		if (f.p[i] == ' ')
			i++;
		else if (i + 1 < f.n && f.p[i] == '\xC2' && f.p[i + 1] == '\xA0')
			i += 2;
		else
			break;
	}
	return i;
}

/* End of the word (or words) when it stands at i as a whole; 0 otherwise. */
static size_t word_at(struct str f, size_t i, const char *w)
{
	size_t n = strlen(w);
	if (!str_starts(str_skip(f, i), (struct str){w, n}))
		return 0;
	size_t end = i + n;
	if (end < f.n && letters(utf8_head(str_skip(f, end), 1)) > 0 &&
	        letters(str_sub(f, end - (n > 1 ? 2 : 1), end)) > 0)
		return 0;
	return end;
}

static size_t any_at(struct str f, size_t i, const char *const *list)
{
	for (; *list != NULL; list++) {
		size_t end = word_at(f, i, *list);
		if (end > 0)
			return end;
	}
	return 0;
}

static size_t digits_at(struct str f, size_t i, size_t max)
{
	size_t j = i;
	while (j < f.n && j - i < max + 1 && f.p[j] >= '0' && f.p[j] <= '9')
		j++;
	return j - i >= 1 && j - i <= max ? j : 0;
}

static const char *const months[] = {"января", "январе", "январь", "февраля", "феврале", "февраль",
        "марта", "марте", "март", "апреля", "апреле", "апрель", "мая", "мае", "май", "июня", "июне",
        "июнь", "июля", "июле", "июль", "августа", "августе", "август", "сентября", "сентябре",
        "сентябрь", "октября", "октябре", "октябрь", "ноября", "ноябре", "ноябрь", "декабря",
        "декабре", "декабрь", NULL};

static size_t dash_at(struct str f, size_t i)
{
	static const char *const dashes[] = {"-", "–", "—", NULL};
	for (const char *const *d = dashes; *d != NULL; d++)
		if (str_starts(str_skip(f, i), str_c(*d)))
			return i + strlen(*d);
	return 0;
}

/* «2023», «2023 года», «2023 г.», «2022/2023 учебного года», «текущего года». */
static size_t year_at(struct str f, size_t i)
{
	static const char *const words[] = {
	        "текущего года", "следующего года", "т.г.", "с.г.", NULL};
	static const char *const after[] = {"учебного года", "учебном году", "учебный год", "года",
	        "году", "год", "г.", "гг.", "г", NULL};
	size_t end = any_at(f, i, words);
	if (end > 0)
		return end;
	end = digits_at(f, i, 4);
	if (end != i + 4)
		return 0;
	size_t dash = end < f.n && f.p[end] == '/' ? end + 1 : dash_at(f, end);
	if (dash > 0 && digits_at(f, dash, 4) == dash + 4)
		end = dash + 4;
	size_t w = any_at(f, blanks(f, end), after);
	return w > 0 ? w : end;
}

static size_t with_year(struct str f, size_t end)
{
	size_t y = year_at(f, blanks(f, end));
	return y > 0 ? y : end;
}

/* «10.02.2023», «30.08», «1 марта 2023 года», «25-28 февраля 2022», «5 и 12 октября». */
static size_t date_at(struct str f, size_t i)
{
	size_t j = i;
	if (str_starts(str_skip(f, j), STR("«")) || (j < f.n && f.p[j] == '"'))
		j += f.p[j] == '"' ? 1 : 2;
	size_t end = digits_at(f, j, 2);
	if (end == 0)
		return 0;
	size_t q = end;
	if (str_starts(str_skip(f, q), STR("»")) || (q < f.n && f.p[q] == '"'))
		q += f.p[q] == '"' ? 1 : 2;
	if (q < f.n && f.p[q] == '.' && digits_at(f, q + 1, 2) == q + 3) {
		end = q + 3;
		if (end < f.n && f.p[end] == '.') {
			size_t y = digits_at(f, end + 1, 5);
			if (y > 0 && y - end > 2)
				return with_year(f, y) > y ? with_year(f, y)
				       : any_at(f, blanks(f, y),
				                 (const char *const[]){"года", "г.", "г", NULL}) > 0
				               ? any_at(f, blanks(f, y),
				                         (const char *const[]){
				                                 "года", "г.", "г", NULL})
				               : y;
		}
		size_t dash = dash_at(f, blanks(f, end));
		size_t second = dash > 0 ? date_at(f, blanks(f, dash)) : 0;
		if (second > 0)
			return second;
		int month = (f.p[q + 1] - '0') * 10 + (f.p[q + 2] - '0');
		return month >= 1 && month <= 12 &&
		                       (end >= f.n || f.p[end] != '.' || end + 1 >= f.n ||
		                               f.p[end + 1] == ' ')
		               ? end
		               : 0;
	}
	size_t m = blanks(f, q);
	size_t month = any_at(f, m, months);
	if (month > 0)
		return with_year(f, month);
	/* one more day before the month */
	size_t sep = dash_at(f, m);
	if (sep == 0 && m < f.n && f.p[m] == ',')
		sep = m + 1;
	if (sep == 0)
		sep = word_at(f, m, "и");
	return sep > 0 ? date_at(f, blanks(f, sep)) : 0;
}

/* «август 2023», «январе - марте 2024 года» */
static size_t month_at(struct str f, size_t i)
{
	size_t end = any_at(f, i, months);
	if (end == 0)
		return 0;
	size_t year = with_year(f, end);
	size_t dash = dash_at(f, blanks(f, year));
	size_t next = dash > 0 ? any_at(f, blanks(f, dash), months) : 0;
	return next > 0 ? with_year(f, next) : year;
}

static size_t quarter_at(struct str f, size_t i)
{
	static const char *const numbers[] = {"iii", "ii", "iv", "i", "1", "2", "3", "4", "первом",
	        "втором", "третьем", "четвертом", "первого", "второго", "третьего", "четвертого",
	        "первый", "второй", "третий", "четвертый", "первое", "второе", NULL};
	static const char *const nouns[] = {"квартале", "квартала", "квартал", "полугодии",
	        "полугодия", "полугодие", "четверти", "четверть", "декаде", "декады", "половине",
	        "половины", NULL};
	size_t end = any_at(f, i, numbers);
	if (end == 0)
		return 0;
	size_t dash = dash_at(f, blanks(f, end));
	size_t second = dash > 0 ? any_at(f, blanks(f, dash), numbers) : 0;
	end = any_at(f, blanks(f, second > 0 ? second : end), nouns);
	if (end == 0)
		return 0;
	size_t month = month_at(f, blanks(f, end));
	return month > 0 ? month : with_year(f, end);
}

/* «12:00», «12.00», «16 часов 00 минут» */
static size_t time_at(struct str f, size_t i)
{
	size_t end = digits_at(f, i, 2);
	if (end == 0)
		return 0;
	if (end < f.n && (f.p[end] == ':' || f.p[end] == '.' || f.p[end] == '-') &&
	        digits_at(f, end + 1, 2) == end + 3)
		return end + 3;
	size_t h = any_at(f, blanks(f, end), (const char *const[]){"часов", "час", "ч.", NULL});
	if (h == 0)
		return 0;
	size_t m = digits_at(f, blanks(f, h), 2);
	size_t w =
	        m > 0 ? any_at(f, blanks(f, m), (const char *const[]){"минут", "мин.", NULL}) : 0;
	return w > 0 ? w : h;
}

/* Words of an event until the sentence turns to something else. */
static size_t event_end(struct str f, size_t i)
{
	size_t end = i, at = i;
	struct word w;
	for (int n = 0; n < 7 && word_next(f, &at, &w); n++) {
		struct str between = str_sub(f, end, w.from);
		for (size_t k = 0; k < between.n && n > 0; k++) {
			char c = between.p[k];
			if (c == ',' || c == ';' || c == '.' || c == ')' || c == '(' || c == ':' ||
			        c == '\n')
				return end;
		}
		struct str word = str_sub(f, w.from, w.to);
		if (word_infinitive(word))
			return end;
		end = w.to;
	}
	if (str_starts(str_skip(f, end), STR("»")))
		end += 2;
	return end;
}

/* «начала учебного года», «конца 2023 года», «20 числа», a date, a time of day. */
static size_t point_at(struct str f, size_t i)
{
	size_t end = date_at(f, i);
	if (end > 0) {
		size_t before = dash_at(f, blanks(f, end));
		size_t second = before > 0 ? date_at(f, blanks(f, before)) : 0;
		if (second > 0)
			end = second;
		size_t inc = word_at(f, blanks(f, end), "включительно");
		return inc > 0 ? inc : end;
	}
	end = digits_at(f, i, 2);
	if (end > 0) {
		size_t day = end;
		if (str_starts(str_skip(f, day), STR("-го")))
			day += STR("-го").n;
		else if (str_starts(str_skip(f, day), STR("-ого")))
			day += STR("-ого").n;
		size_t number =
		        any_at(f, blanks(f, day), (const char *const[]){"числа", "число", NULL});
		if (number > 0) {
			static const char *const tails[] = {"каждого месяца", "текущего месяца",
			        "последнего месяца отчетного квартала",
			        "последнего месяца квартала", "последнего месяца каждого квартала",
			        "следующего месяца", "месяца, следующего за отчетным кварталом",
			        "месяца, следующего за отчетным периодом",
			        "месяца, следующего за отчетным", "месяца следующего за отчетным",
			        "ежемесячно", "ежеквартально", "следующего за отчетным месяца",
			        "месяца", NULL};
			size_t tail = any_at(f, blanks(f, number), tails);
			size_t month = any_at(f, blanks(f, number), months);
			return tail > 0 ? tail : month > 0 ? with_year(f, month) : number;
		}
	}
	end = time_at(f, i);
	if (end > 0) {
		size_t date = date_at(f, blanks(f, end));
		return date > 0 ? date : end;
	}
	static const char *const bounds[] = {
	        "конца", "окончания", "начала", "завершения", "середины", "концу", "началу", NULL};
	end = any_at(f, i, bounds);
	if (end > 0)
		return event_end(f, blanks(f, end));
	end = month_at(f, i);
	return end > 0 ? end : 0;
}

/* «5 рабочих дней», «трех дней», «месяца», «недели» */
static size_t span_at(struct str f, size_t i)
{
	static const char *const counts[] = {"одного", "двух", "трех", "четырех", "пяти", "семи",
	        "десяти", "один", "два", "три", "полутора", "пятнадцати", "тридцати", "двадцати",
	        "шести", "восьми", "одной", NULL};
	static const char *const kinds[] = {
	        "рабочих", "календарных", "рабочего", "календарного", "учебных", "рабочие", NULL};
	static const char *const units[] = {"дней", "дня", "день", "недель", "недели", "неделю",
	        "месяцев", "месяца", "месяц", "часов", "часа", "час", "суток", "сутки", "лет",
	        NULL};
	size_t j = digits_at(f, i, 3);
	if (j > 0 && blanks(f, j) < f.n && f.p[blanks(f, j)] == '(') { /* «5 (пяти) дней» */
		size_t close = str_find_byte(f, ')', j);
		j = close == SIZE_MAX || close - j > 40 ? j : close + 1;
	}
	if (j == 0)
		j = any_at(f, i, counts);
	j = j == 0 ? i : blanks(f, j);
	size_t k = any_at(f, j, kinds);
	return any_at(f, k > 0 ? blanks(f, k) : j, units);
}

/* The event a span is counted from, when one is named. */
static size_t from_event(struct str f, size_t end)
{
	static const char *const links[] = {"после", "со дня", "с даты", "с момента", "с начала",
	        "до", "от", "перед", "по окончании", "с", "со", NULL};
	size_t i = blanks(f, end), link = any_at(f, i, links);
	if (link == 0)
		return end;
	size_t event = event_end(f, blanks(f, link));
	return event > blanks(f, link) ? event : end;
}

static size_t until_at(struct str f, size_t i)
{
	static const char *const opens[] = {"в срок не позднее", "в срок до", "сроком до",
	        "не позднее", "не позже", "до", "к", NULL};
	size_t end = any_at(f, i, opens);
	if (end == 0)
		return 0;
	size_t j = blanks(f, end);
	if (j < f.n && f.p[j] == ',')
		j = blanks(f, j + 1);
	size_t than = word_at(f, j, "чем");
	j = than > 0 ? blanks(f, than) : j;
	size_t prep = any_at(f, j, (const char *const[]){"за", "через", NULL});
	bool to = word_at(f, i, "к") > 0;
	size_t point = prep > 0 ? 0 : point_at(f, j);
	if (point > 0 && to && date_at(f, j) == 0)
		return 0;
	if (point > 0)
		return point;
	bool late = word_at(f, i, "не позднее") > 0 || word_at(f, i, "не позже") > 0;
	size_t span = late ? span_at(f, prep > 0 ? blanks(f, prep) : j) : 0;
	return span > 0 ? from_event(f, span) : 0;
}

static size_t within_at(struct str f, size_t i)
{
	size_t end = any_at(f, i, (const char *const[]){"в течение", "в течении", NULL});
	if (end == 0)
		return 0;
	size_t j = blanks(f, end);
	static const char *const wholes[] = {"всего учебного года", "всего периода", "всего года",
	        "учебного года", "календарного года", "года", "всего срока", NULL};
	size_t whole = any_at(f, j, wholes);
	if (whole > 0) {
		size_t event = any_at(f, blanks(f, whole),
		        (const char *const[]){"проведения", "реализации", NULL});
		return event > 0 ? event_end(f, blanks(f, whole)) : whole;
	}
	size_t point = date_at(f, j);
	point = point > 0 ? point : month_at(f, j);
	point = point > 0 ? point : quarter_at(f, j);
	point = point > 0 ? point : year_at(f, j);
	if (point > 0)
		return point;
	size_t span = span_at(f, j);
	return span > 0 ? from_event(f, span) : 0;
}

/* «за 2 дня до проведения …», «через неделю после …»: a distance needs its event. */
static size_t distance_at(struct str f, size_t i)
{
	size_t end = any_at(f, i, (const char *const[]){"за", "через", NULL});
	size_t span = end > 0 ? span_at(f, blanks(f, end)) : 0;
	size_t link = span == 0 ? 0
	                        : any_at(f, blanks(f, span),
	                                  (const char *const[]){"до", "перед", "после", "со дня",
	                                          "с даты", "с момента", NULL});
	return link > 0 ? from_event(f, span) : 0;
}

/* «в недельный срок», «в 10-дневный срок со дня …» */
static size_t term_at(struct str f, size_t i)
{
	size_t end = word_at(f, i, "в");
	if (end == 0)
		return 0;
	size_t j = blanks(f, end);
	struct word w;
	size_t k = j;
	if (!word_next(f, &k, &w) || w.from != j)
		return 0;
	struct str word = str_sub(f, w.from, w.to);
	if (!str_has(word, STR("дневн")) && !str_starts(word, STR("недельн")) &&
	        !str_starts(word, STR("месячн")) && !str_starts(word, STR("двухнедел")))
		return 0;
	size_t term = word_at(f, blanks(f, w.to), "срок");
	return term > 0 ? from_event(f, term) : 0;
}

/* «в период с 15 марта по 20 мая 2023 года», «с 1 по 10 марта», «с 1 сентября 2023 года» */
static size_t range_at(struct str f, size_t i)
{
	size_t j = i;
	size_t period = any_at(f, j, (const char *const[]){"в период", "период", NULL});
	if (period > 0)
		j = blanks(f, period);
	size_t from = any_at(f, j, (const char *const[]){"начиная с", "с", "со", "не ранее", NULL});
	if (from == 0)
		return 0;
	size_t k = blanks(f, from), first = date_at(f, k);
	if (first == 0) {
		size_t day = digits_at(f, k, 2);
		size_t to = day > 0 ? word_at(f, blanks(f, day), "по") : 0;
		if (to == 0) {
			size_t month = any_at(f, k, months);
			to = month > 0 ? word_at(f, blanks(f, with_year(f, month)), "по") : 0;
			if (to == 0)
				return 0;
			size_t last = month_at(f, blanks(f, to));
			return last;
		}
		return date_at(f, blanks(f, to));
	}
	size_t to = any_at(f, blanks(f, first), (const char *const[]){"по", "до", NULL});
	size_t second = to > 0 ? date_at(f, blanks(f, to)) : 0;
	return second > 0 ? second : first;
}

static size_t schedule_at(struct str f, size_t i)
{
	static const char *const opens[] = {"согласно плану-графику", "согласно графику",
	        "по графику", "по отдельному графику", "по утвержденному графику",
	        "согласно утвержденному графику", "согласно плану",
	        "в соответствии с планом-графиком", "в соответствии с графиком",
	        "в соответствии с утвержденным графиком", "по отдельному плану",
	        "в сроки, установленные", "в установленные сроки", "в дни", "в день",
	        "в период проведения", "в период каникул", NULL};
	size_t end = any_at(f, i, opens);
	if (end > 0) {
		size_t event = event_end(f, end);
		for (size_t k = end; k < event; k++)
			if (word_start_at(f, k) && range_at(f, k) > 0)
				event = k; /* «с графиком с 25 по 27 октября» */
		return event > end ? event : end;
	}
	static const char *const needs[] = {"по мере необходимости", "по мере поступления",
	        "по мере обновления", "по запросу", "по мере", NULL};
	end = any_at(f, i, needs);
	if (end > 0)
		return event_end(f, end) > end &&
		                       !str_ends(str_sub(f, i, end), STR("необходимости"))
		               ? event_end(f, end)
		               : end;
	static const char *const words[] = {"на постоянной основе", "постоянно", "незамедлительно",
	        "немедленно", "в кратчайшие сроки", "систематически", "на регулярной основе", NULL};
	return any_at(f, i, words);
}

static size_t periodic_at(struct str f, size_t i, bool *ret_adjective)
{
	static const char *const words[] = {
	        "ежегодно", "ежемесячно", "ежеквартально", "еженедельно", "ежедневно", NULL};
	static const char *const stems[] = {
	        "ежегодн", "ежемесячн", "ежеквартальн", "еженедельн", "ежедневн", NULL};
	size_t end = any_at(f, i, words);
	if (end > 0)
		return end;
	*ret_adjective = starts_any(str_skip(f, i), stems);
	if (*ret_adjective) {
		struct word w;
		size_t k = i;
		return word_next(f, &k, &w) ? w.to : 0;
	}
	size_t less = any_at(f, i, (const char *const[]){"не реже", "не менее", NULL});
	size_t n = digits_at(f, less > 0 ? blanks(f, less) : i, 2);
	static const char *const counts[] = {"одного", "один", "двух", "два", "трех", "три", NULL};
	if (n == 0)
		n = any_at(f, less > 0 ? blanks(f, less) : i, counts);
	size_t times =
	        n > 0 ? any_at(f, blanks(f, n), (const char *const[]){"раза", "раз", NULL}) : 0;
	size_t in = times > 0 ? word_at(f, blanks(f, times), "в") : 0;
	if (in == 0)
		return 0;
	struct word w;
	size_t k = blanks(f, in);
	if (!word_next(f, &k, &w))
		return 0;
	struct str unit = str_sub(f, w.from, w.to);
	if (str_starts(unit, STR("учебн")) && word_next(f, &k, &w))
		return w.to;
	return w.to;
}

/* «, далее постоянно», «, далее ежеквартально» */
static size_t then_at(struct str f, size_t end)
{
	size_t i = blanks(f, end);
	if (i < f.n && f.p[i] == ',')
		i = blanks(f, i + 1);
	size_t then = any_at(f, i, (const char *const[]){"далее", "затем", "в дальнейшем", NULL});
	if (then == 0)
		return end;
	i = blanks(f, then);
	size_t dash = dash_at(f, i);
	i = dash > 0 ? blanks(f, dash) : i;
	bool adjective = false;
	size_t word = schedule_at(f, i);
	word = word > 0 ? word : periodic_at(f, i, &adjective);
	return word > 0 ? word : end;
}

/* A bare date or month: not of another act («от 06.05.2019 № 392»), not «на 2023 год». */
static bool refers_elsewhere(struct str f, size_t i, size_t end)
{
	struct str before = str_trim(str_sub(f, i > 40 ? i - 40 : 0, i));
	static const char *const marks[] = {
	        " от", " на", "№", " за", "редакции", " по", " ред.", NULL};
	for (const char *const *m = marks; *m != NULL; m++)
		if (str_ends(before, str_c(*m)))
			return true;
	if (str_eq(before, STR("от")) || str_eq(before, STR("на")))
		return true;
	struct str after = str_trim(str_sub(f, end, end + 8));
	return str_starts(after, STR("№")) || str_starts(after, STR("n "));
}

/* «работ, проведённых в сентябре»: what has been, not what is due. */
static bool past_participle(struct str f, size_t i)
{
	struct str before = str_trim(str_sub(f, i > 60 ? i - 60 : 0, i));
	size_t k = before.n;
	while (k > 0 && before.p[k - 1] != ' ')
		k--;
	struct str w = str_skip(before, k);
	static const char *const stems[] = {"енн", "анн", "янн", "вш", "ующ", NULL};
	static const char *const endings[] = {
	        "ых", "их", "ого", "его", "ой", "ей", "ым", "ом", NULL};
	for (const char *const *e = endings; *e != NULL; e++)
		if (str_ends(w, str_c(*e)))
			return has_any(w, stems);
	return false;
}

static size_t bare_at(struct str f, size_t i)
{
	size_t end = date_at(f, i);
	if (end > 0 && !refers_elsewhere(f, i, end)) {
		/* «4.2» is a clause, «30.08» alone a number: a bare date needs a month name or a
		 * year */
		for (size_t k = i; k + 4 <= end; k++)
			if (digits_at(f, k, 4) == k + 4)
				return end;
		for (size_t k = i; k < end; k++)
			if (any_at(f, k, months) > 0)
				return end;
		return 0;
	}
	size_t in = any_at(f, i, (const char *const[]){"во", "в", NULL});
	if (in > 0 && !past_participle(f, i)) {
		size_t j = blanks(f, in), month = month_at(f, j);
		if (month > 0)
			return month;
		return quarter_at(f, j);
	}
	static const char *const seasons[] = {"осенью", "весной", "летом", "зимой", NULL};
	size_t season = any_at(f, i, seasons);
	if (season > 0)
		return year_at(f, blanks(f, season));
	size_t month = month_at(f, i), first = any_at(f, i, months);
	if (month > 0 && !str_ends(str_sub(f, i, first), STR("е")) &&
	        !refers_elsewhere(f, i, month)) {
		for (size_t k = i; k + 4 <= month; k++)
			if (digits_at(f, k, 4) == k + 4)
				return month;
	}
	return 0;
}

/* One phrase at i without what may follow it. */
static size_t phrase_at(struct str f, size_t i, bool *ret_periodic, bool *ret_adjective)
{
	*ret_periodic = *ret_adjective = false;
	size_t end = range_at(f, i);
	end = end > 0 ? end : until_at(f, i);
	end = end > 0 ? end : within_at(f, i);
	end = end > 0 ? end : term_at(f, i);
	end = end > 0 ? end : distance_at(f, i);
	if (end > 0)
		return end;
	end = periodic_at(f, i, ret_adjective);
	if (end > 0) {
		*ret_periodic = true;
		return end;
	}
	end = schedule_at(f, i);
	return end > 0 ? end : bare_at(f, i);
}

/* «ежемесячно, до 5 числа», «еженедельно по четвергам», «… (по пятницам, до 15.00) до конца года»:
 * what goes on naming the same deadline. */
static size_t goes_on(struct str f, size_t end, bool adjective, bool *ret_found)
{
	static const char *const weekdays[] = {
	        "понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", NULL};
	size_t limit = adjective ? 60 : 3;
	for (size_t i = end; i < f.n && i < end + limit * 2; i++) {
		char c = f.p[i];
		if (c == ';' || c == '\n' || (c == '.' && i + 1 < f.n && f.p[i + 1] == ' '))
			break;
		if (!word_start_at(f, i) || c == ' ' || c == ',' || c == '(')
			continue;
		size_t on = word_at(f, i, "по");
		size_t hit = 0;
		if (on > 0 && starts_any(str_skip(f, blanks(f, on)), weekdays)) {
			struct word w;
			size_t k = on;
			hit = word_next(f, &k, &w) ? w.to : 0;
		}
		bool p, a;
		hit = hit > 0 ? hit : phrase_at(f, i, &p, &a);
		if (hit > 0) {
			*ret_found = true;
			if (hit < f.n && f.p[hit] == ')')
				hit++;
			return hit;
		}
		if (!adjective)
			break;
	}
	return end;
}

/* «до 15 января и 15 июня» */
static size_t further_days(struct str f, size_t end)
{
	for (int n = 0; n < 12; n++) {
		size_t i = blanks(f, end);
		if (i < f.n && f.p[i] == ',')
			i = blanks(f, i + 1);
		size_t and = word_at(f, i, "и");
		i = and > 0 ? blanks(f, and) : i;
		size_t day = i > blanks(f, end) ? date_at(f, i) : 0;
		size_t digits = day > 0 ? digits_at(f, i, 2) : 0;
		if (digits == 0 || any_at(f, blanks(f, digits), months) == 0)
			return end;
		end = day;
	}
	return end;
}

/* «в соответствии с графиком с 25 по 27 октября»: the days named say more than the schedule. */
static bool days_behind(struct str f, size_t i, size_t end)
{
	size_t next = blanks(f, end);
	return schedule_at(f, i) == end && next < f.n && range_at(f, next) > 0;
}

/* «за период с 1 января», «от 5 мая»: what is reported on or referred to. */
static bool of_the_past(struct str f, size_t i)
{
	struct str before = str_trim(str_sub(f, i > 20 ? i - 20 : 0, i));
	return str_ends(before, STR(" за")) || str_eq(before, STR("за")) ||
	       str_ends(before, STR(" от"));
}

/* Without a digit or such a word the grammar need not be asked (it is slow on unknown words). */
static bool time_hint(struct str f)
{
	static const char *const stems[] = {"янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг",
	        "сен", "окт", "ноя", "дек", "квартал", "полугод", "постоян", "систем", "регуляр",
	        "мере", "граф", "еже", "течен", "недел", "период", "год", "план", "запрос", "раз",
	        "срок", "необход", "согла", "зим", "весн", "лет", "осен", NULL};
	for (size_t i = 0; i < f.n; i++)
		if (f.p[i] >= '0' && f.p[i] <= '9')
			return true;
	return has_any(f, stems);
}

/* «осуществлять еженедельный мониторинг»: the adjective says how often right behind a verb that
 * lasts; «обеспечить ежегодную премию» names a thing. */
static bool behind_verb(struct str f, size_t i)
{
	struct str before = str_trim(str_sub(f, 0, i));
	size_t k = before.n;
	while (k > 0 && before.p[k - 1] != ' ')
		k--;
	static const char *const lasting[] = {"осуществлять", "проводить", "вести", "продолжать",
	        "продолжить", "обеспечивать", "представлять", "предоставлять", "направлять",
	        "размещать", "публиковать", "анализировать", "организовывать", NULL};
	for (const char *const *v = lasting; *v != NULL; v++)
		if (str_eq_z(str_skip(before, k), *v))
			return true;
	return false;
}

size_t deadline_find(struct arena *a, struct str text, struct str **ret)
{
	VEC(struct str) list = {0};
	struct str cell, lone = {0};
	struct str f = words_fold(a, text);
	if (text.n <= MAX_CELL && time_hint(f) && deadline_whole_cell(a, text, &cell)) {
		*vec_push(a, &list) = cell;
		*ret = list.v;
		return list.n;
	}
	for (size_t i = 0; i < f.n && list.n < LIMIT_DEADLINE_ITEMS;) {
		unsigned char c = (unsigned char)f.p[i];
		bool opening =
		        c >= 0xC2 || (c >= '0' && c <= '9') || c == 'i' || c == 'v' || c == '"';
		if (!opening || (c & 0xC0) == 0x80 || !word_start_at(f, i)) {
			i++;
			continue;
		}
		bool periodic, adjective;
		size_t end = phrase_at(f, i, &periodic, &adjective);
		if (end == 0) {
			i++;
			while (i < f.n && ((unsigned char)f.p[i] & 0xC0) == 0x80)
				i++;
			continue;
		}
		bool found = !adjective;
		for (int n = 0; periodic && n < 3; n++) {
			size_t more = goes_on(f, end, adjective, &found);
			if (more == end)
				break;
			end = more;
		}
		if (!periodic)
			end = further_days(f, end);
		end = then_at(f, end);
		if (found && !of_the_past(f, i) && !days_behind(f, i, end))
			*vec_push(a, &list) = str_sub(text, i, end);
		else if (adjective && lone.n == 0 && behind_verb(f, i))
			lone = str_sub(text, i, end);
		i = end;
	}
	if (list.n == 0 && lone.n > 0)
		*vec_push(a, &list) = lone;
	*ret = list.v;
	return list.n;
}
