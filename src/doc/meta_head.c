/* Requisites of the head: body, number, date, place, title, addressees; and the approval stamp that
 * bare plans carry instead. */
#include "doc/parse.h"
#include "doc/words.h"
#include "text/fold.h"

static const char *const bodies[] = {"департамент", "министерств", "управлени", "комитет", "отдел",
        "администраци", "служба", "правительств", "муниципальн", "государственн", "мбоу", "моу",
        "маоу", "мкоу", "гбоу", "мобу", "мбу", "мку", "гау", "гбу", "фгбу", "федеральн", "рособр",
        "институт", "центр", "средняя", "основная", "гимназия", "лицей", "частное", "автономн",
        "бюджетн", "казенн", "городской", "районн", "региональн", "минобр", "мдоу", "мбдоу", NULL};

/* A line or one of its columns. */
struct part_of_line {
	struct traced t;
	struct str fold;
};

static size_t columns(const struct parse *p, size_t i, struct part_of_line *ret, size_t max)
{
	const struct block *b = &p->src->block[i];
	size_t n = 0, from = 0;
	if (b->kind != BLOCK_LINE)
		return 0;
	for (size_t k = 0; k <= b->text.s.n && n < max; k++) {
		if (k < b->text.s.n && (b->text.s.p[k] != '\t' || n + 1 == max))
			continue;
		struct traced t = traced_trim(traced_sub(b->text, from, k));
		if (t.s.n > 0)
			ret[n++] = (struct part_of_line){t, words_fold(p->a, t.s)};
		from = k + 1;
	}
	return n;
}

static bool place_line(struct str s, struct str f)
{
	static const char *const marks[] = {"г.", "с.", "п.", "пос.", "пгт", "д.", "рп ", "р.п.",
	        "ст-ца", "ст.", "х.", "аул ", "город ", "село ", "поселок ", "станица ", "деревня ",
	        "пгт.", "рп.", "аг.", "г ", NULL};
	if (!starts_any(f, marks) || s.n > 90)
		return false;
	size_t digits = 0;
	for (size_t i = 0; i < s.n; i++)
		digits += s.p[i] >= '0' && s.p[i] <= '9';
	size_t dot = SIZE_MAX;
	for (size_t i = 0; i < s.n && i < 12; i++)
		if (s.p[i] == '.')
			dot = i;
	size_t from = dot == SIZE_MAX ? str_find(s, STR(" "), 0) : dot + 1;
	return digits == 0 && from != SIZE_MAX && starts_upper(str_skip(s, from)) &&
	       !str_has(s, STR(","));
}

static bool amendment(struct str f)
{
	static const char *const words[] = {"изменени", "редакц", "в ред.", "внесен", "зарегистрир",
	        "опубликован", "сертификат", "действителен", "подписан", "принято", "согласован",
	        "рассмотрен", NULL};
	return has_any(f, words);
}

static bool blank_number(struct str s)
{
	return str_has(s, STR("___"));
}

/* Only dates and names of acts stand before the document's own number («Школа № 12» has another).
 */
static bool number_of_document(struct str f, size_t at)
{
	static const char *const fine[] = {"от", "г", "года", "год", "приказ", "распоряжение",
	        "постановление", "протокол", "на", "исх", "рег", "январ", "феврал", "март", "апрел",
	        "мая", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр", NULL};
	struct word w;
	for (size_t i = 0; word_next(f, &i, &w) && w.from < at;) {
		struct str word = str_sub(f, w.from, w.to);
		if (!(word.p[0] >= '0' && word.p[0] <= '9') && !starts_any(word, fine))
			return false;
	}
	return true;
}

/* «06.02.2023 № 41-од», «от «08» 02 2022г.», «№ 54 - О», «На № 14-40 от 22.07.2020». */
static void read_number_line(struct parse *p, const struct part_of_line *c)
{
	bool reply = str_starts(c->fold, STR("на №")) || str_starts(c->fold, STR("на n")) ||
	             str_starts(c->fold, STR("на№"));
	struct field number = {0};
	struct date_field date = {0};
	for (size_t i = 0; i < c->t.s.n; i++) {
		size_t at = i;
		struct str no;
		struct date d;
		bool inside = i > 0 && c->fold.p[i - 1] >= '0' && c->fold.p[i - 1] <= '9';
		if (number.text.p == NULL && read_number(c->t.s, &at, &no) &&
		        number_of_document(c->fold, i)) {
			number = field_of(p, traced_of(c->t, no), TRUST_SURE);
			number.text = tight_number(p->a, no);
			i = at - 1;
		} else if (date_none(date.date) && !inside &&
		           (at = i, read_date(c->fold, &at, &d))) {
			date = (struct date_field){
			        d, traced_span(p->src, traced_sub(c->t, i, at)), TRUST_SURE};
			i = at - 1;
		}
	}
	if (reply) {
		if (number.text.p != NULL && !blank_number(c->t.s)) {
			p->meta.reply_number = number;
			p->meta.reply_date = date;
		}
		return;
	}
	if (p->meta.number.text.p == NULL && number.text.p != NULL)
		p->meta.number = number;
	if (date_none(p->meta.date.date) && !date_none(date.date))
		p->meta.date = date;
}

static bool number_or_date_line(struct str f)
{
	static const char *const starts[] = {"№", "n ", "от ", "на №", "на№", "на n", NULL};
	if (starts_any(f, starts))
		return true;
	size_t at = 0;
	struct date d;
	return read_date(f, &at, &d) || str_starts(f, STR("протокол №")) ||
	       str_starts(f, STR("протокол n")) || str_starts(f, STR("приказ ")) ||
	       str_starts(f, STR("распоряжение ")) || str_starts(f, STR("постановление "));
}

/* «10-Исх-1204», «01-05/512» alone in its line or column: the index of a letter. */
static bool index_like(struct str s)
{
	size_t digits = 0, parts = 0;
	for (size_t i = 0; i < s.n;) {
		size_t at = i;
		uint32_t c = utf8_next(s, &i);
		digits += cp_digit(c);
		parts += at > 0 && i < s.n && (c == '-' || c == '/');
		if (!cp_digit(c) && !cp_letter(c) && c != '-' && c != '/')
			return false;
	}
	return digits >= 2 && parts >= 1 && s.n <= 40 && s.p[0] >= '0' && s.p[0] <= '9';
}

/* Beside a line that is a date. */
static void read_index(struct parse *p, struct range head)
{
	for (size_t i = head.from; i < head.to; i++) {
		struct part_of_line c[4];
		size_t n = columns(p, i, c, 4);
		for (size_t k = 0; k < n; k++) {
			size_t at = 0;
			struct date d;
			bool near = n > 1;
			if (i > head.from)
				near |= read_date(p->fold[i - 1], &at, &d);
			at = 0;
			if (i + 1 < head.to)
				near |= read_date(p->fold[i + 1], &at, &d);
			if (near && index_like(c[k].t.s) && !read_date(c[k].fold, &at, &d)) {
				p->meta.number = field_of(p, c[k].t, TRUST_DOUBTFUL);
				return;
			}
		}
	}
}

void meta_read_head(struct parse *p, struct range head)
{
	for (size_t i = head.from; i < head.to; i++) {
		struct part_of_line c[4];
		size_t n = columns(p, i, c, 4);
		for (size_t k = 0; k < n; k++) {
			if (place_line(c[k].t.s, c[k].fold)) {
				if (p->meta.place.text.p == NULL && p->meta.kind != DOC_LETTER)
					p->meta.place = field_of(p, c[k].t, TRUST_SURE);
			} else if (str_starts(c[k].fold, STR("дата")) && c[k].t.s.n < 120) {
				read_number_line(p, &c[k]);
			} else if (c[k].t.s.n < 120 && number_or_date_line(c[k].fold) &&
			           !amendment(c[k].fold)) {
				read_number_line(p, &c[k]);
			}
		}
	}
	if (p->meta.number.text.p == NULL && p->meta.kind == DOC_LETTER)
		read_index(p, head);
}

/* ---- approval stamp ---- */

/* ««УТВЕРЖДАЮ»» */
static struct str without_quote(struct str s)
{
	if (str_starts(s, STR("«")))
		return str_skip(s, STR("«").n);
	return s.n > 0 && s.p[0] == '"' ? str_skip(s, 1) : s;
}

/* The stamp's text: its column of the lines from `at` on, until an empty line. */
static struct traced stamp_text(struct parse *p, size_t at, size_t to, size_t column)
{
	struct traced t = {0};
	for (size_t i = at; i < to && i < at + 8; i++) {
		const struct block *b = &p->src->block[i];
		if (b->kind != BLOCK_LINE ||
		        (i > at && b->blank_above && p->meta.kind != DOC_OTHER &&
		                !date_none(p->meta.date.date)))
			break;
		if (i > at && b->blank_above &&
		        has_any(p->fold[i], (const char *const[]){"план", "дорожн", NULL}))
			break;
		struct part_of_line c[4];
		size_t n = columns(p, i, c, 4);
		if (n == 0)
			break;
		struct part_of_line *mine = &c[column < n ? column : n - 1];
		if (i > at && b->heading && b->blank_above)
			break;
		t = t.s.n == 0 ? mine->t : traced_join(p->a, t, mine->t);
		size_t from = 0;
		struct act_ref ref;
		if (act_ref_find(t.s, words_fold(p->a, t.s), from, &ref))
			break;
	}
	return t;
}

static void set_body(struct parse *p, struct traced t, struct str text)
{
	p->meta.issuing_body = field_of(p, t, TRUST_SURE);
	p->meta.issuing_body.text = body_sentence_case(p->a, text);
}

/* «УТВЕРЖДЕН приказом <body> от … № …» */
static bool read_approved_by_act(struct parse *p, struct traced t)
{
	struct str f = words_fold(p->a, t.s);
	struct act_ref ref;
	if (!act_ref_find(t.s, f, 0, &ref))
		return false;
	p->meta.number = field_of(p, traced_sub(t, ref.number.from, ref.number.to), TRUST_SURE);
	p->meta.number.text = tight_number(p->a, p->meta.number.text);
	p->meta.date = (struct date_field){
	        ref.date, traced_span(p->src, traced_sub(t, ref.from, ref.to)), TRUST_SURE};
	static const char *const acts[] = {"приказом", "распоряжением", "постановлением",
	        "решением", "приказу", "распоряжению", "постановлению", NULL};
	size_t len = 0, at = find_any(f, 0, acts, &len);
	if (at == SIZE_MAX || at > ref.from)
		return true;
	struct traced body = traced_trim(traced_sub(t, at + len, ref.from));
	if (str_ends(body.s, STR(" от")))
		body = traced_trim(traced_sub(body, 0, body.s.n - STR(" от").n));
	struct str bf = words_fold(p->a, body.s);
	if (starts_any(bf, (const char *const[]){"директора", "заведующ", "руководителя", NULL})) {
		struct word post;
		size_t i = 0;
		(void)word_next(bf, &i, &post);
		body = traced_trim(traced_sub(body, post.to, body.s.n));
		if (str_find_byte(body.s, ' ', 0) == SIZE_MAX)
			return true; /* «директора школы» */
		bf = words_fold(p->a, body.s);
	}
	if (str_starts(bf, STR("от ")) || str_eq_z(bf, "от") || body.s.n < 8)
		return true;
	set_body(p, body, text_capital(p->a, body_nominative(p->a, body.s)));
	return true;
}

static bool post_word(struct str w)
{
	static const char *const posts[] = {"начальник", "директор", "руководитель", "министр",
	        "председатель", "глава", "заведующий", "заведующая", "ректор", NULL};
	for (const char *const *x = posts; *x != NULL; x++)
		if (str_eq_z(w, *x))
			return true;
	return false;
}

/* «… города Речицка / К.К. Ломакин»: the initials belong to the name behind them. */
static bool stamp_person(struct str s, size_t from, struct word *ret)
{
	struct word again;
	if (!person_find(s, from, ret))
		return false;
	size_t first = str_find_byte(s, ' ', ret->from);
	if (first < ret->to && s.p[ret->to - 1] == '.' && person_find(s, first, &again) &&
	        again.from < ret->to && again.to > ret->to)
		*ret = again;
	return true;
}

/* «Заместитель главы администрации города …»: where the body begins. */
static size_t body_in_post(struct str f)
{
	static const char *const bodies_of[] = {"администрации", "управления", "департамента",
	        "министерства", "комитета", "отдела", "правительства", NULL};
	struct word w;
	for (size_t i = 0; word_next(f, &i, &w);) {
		for (const char *const *b = bodies_of; *b != NULL; b++)
			if (str_eq_z(str_sub(f, w.from, w.to), *b))
				return w.from;
	}
	return SIZE_MAX;
}

/* «УТВЕРЖДАЮ / Начальник … / ____ И.И. Иванов / «29» января 2024 г.» */
static void read_approved_by_person(struct parse *p, struct traced t)
{
	struct word name;
	struct str f = words_fold(p->a, t.s);
	size_t from = str_find(f, STR("утверждаю"), 0);
	from = from == SIZE_MAX ? 0 : from + STR("утверждаю").n;
	size_t name_at = t.s.n;
	if (stamp_person(t.s, from, &name)) {
		p->meta.signatory_name = field_of(p, traced_sub(t, name.from, name.to), TRUST_SURE);
		name_at = name.from;
	}
	if (str_starts(str_skip(t.s, from), STR("»")))
		from += STR("»").n;
	while (from < t.s.n && (t.s.p[from] == ':' || t.s.p[from] == '"' || t.s.p[from] == ' ' ||
	                               t.s.p[from] == '\t' || t.s.p[from] == '\n'))
		from++;
	size_t act = str_find(f, STR("приказ"), from), no = SIZE_MAX;
	for (size_t i = act; i < f.n && i < act + 80 && no == SIZE_MAX; i++) {
		size_t at = i;
		struct str number;
		if (!read_number(t.s, &at, &number))
			continue;
		no = i;
		p->meta.number = field_of(p, traced_of(t, number), TRUST_SURE);
		p->meta.number.text = tight_number(p->a, number);
	}
	if (act < name_at)
		name_at = act;
	for (size_t i = from; i < f.n; i++) {
		struct date d;
		size_t at = i;
		if (read_date(f, &at, &d) && (i == 0 || f.p[i - 1] < '0' || f.p[i - 1] > '9')) {
			p->meta.date = (struct date_field){
			        d, traced_span(p->src, traced_sub(t, i, at)), TRUST_SURE};
			if (i < name_at)
				name_at = i;
			break;
		}
	}
	size_t line = str_find(t.s, STR("__"), from);
	if (line < name_at)
		name_at = line;
	struct traced post = traced_trim(traced_sub(t, from, name_at));
	if (post.s.n == 0)
		return;
	p->meta.signatory_position = field_flat(p, post, TRUST_SURE);
	struct str pf = words_fold(p->a, post.s);
	struct word w;
	size_t i = 0, at = body_in_post(pf);
	bool plain = word_next(pf, &i, &w) && post_word(str_sub(pf, w.from, w.to));
	if (plain || at != SIZE_MAX) {
		struct traced body = traced_trim(traced_sub(post, plain ? w.to : at, post.s.n));
		if (str_find_byte(body.s, ' ', 0) != SIZE_MAX) /* «школы» is no name */
			set_body(p, body, text_capital(p->a, body_nominative(p->a, body.s)));
	}
}

/* Finds the stamp that begins with `mark`; false when none says anything. */
static bool read_stamp(struct parse *p, struct range head, const char *mark)
{
	for (size_t i = head.from; i < head.to; i++) {
		struct part_of_line c[4];
		size_t n = columns(p, i, c, 4);
		for (size_t k = 0; k < n; k++) {
			struct str tight = str_replace(p->a, c[k].fold, STR(" "), STR(""));
			tight = without_quote(tight);
			if (!str_starts(tight, str_c(mark)))
				continue;
			struct traced t = stamp_text(p, i, head.to, k);
			if (str_starts(tight, STR("утверждаю"))) {
				read_approved_by_person(p, t);
				return true;
			}
			if (read_approved_by_act(p, t))
				return true;
		}
	}
	return false;
}

/* An annex alone in its file has the act that it belongs to in its stamp. */
void meta_read_stamp(struct parse *p, struct range head)
{
	if (!read_stamp(p, head, "утвержд"))
		(void)read_stamp(p, head, "приложение");
}

/* ---- body of the letterhead ---- */

static bool region_line(struct str f)
{
	static const char *const words[] = {"российская федерация", "(", "герб", "ул.", "тел",
	        "e-mail", "инн", "окпо", "http", "www", "факс", "адрес", NULL};
	if (starts_any(f, words))
		return true;
	return str_ends(f, STR("область")) || str_ends(f, STR("край")) ||
	       str_ends(f, STR("- югра")) || str_starts(f, STR("республика"));
}

static bool body_word(struct str f)
{
	return starts_any(f, bodies);
}

/* «420000, г. …» */
static bool postal_index(struct str f)
{
	size_t n = 0;
	while (n < f.n && f.p[n] >= '0' && f.p[n] <= '9')
		n++;
	return n == 6 && n < f.n && (f.p[n] == ',' || f.p[n] == ' ');
}

/* End of the letterhead: the line where something else begins. */
static bool head_ends(const struct parse *p, size_t i)
{
	static const char *const stops[] = {"приказ", "распоряжение", "постановление", "протокол",
	        "утвержд", "принят", "рассмотрен", "согласов", "план", "дорожнаякарта", "«дорожная",
	        "действующий", "(сизм", "№", "приложение", "письмо", NULL};
	const struct block *b = &p->src->block[i];
	if (b->kind != BLOCK_LINE || starts_any(without_quote(p->tight[i]), stops))
		return true;
	struct str f = p->fold[i];
	static const char *const address[] = {
	        "ул.", "тел", "e-mail", "инн", "окпо", "http", "факс", "пр.", "адрес", "пл.", NULL};
	bool post = postal_index(f) || str_has(f, STR(" д. ")) || str_has(f, STR("пр.,")) ||
	            str_has(f, STR(" ул.,")) || str_has(f, STR(" пер.,")) ||
	            str_has(f, STR(" ул., "));
	return starts_any(f, address) || post || number_or_date_line(f) || str_has(f, STR("@"));
}

static struct traced add_line(struct parse *p, struct traced t, struct traced line)
{
	line = traced_flat(p->a, line);
	return t.s.n == 0 ? line : traced_join(p->a, t, line);
}

/* Four digits in a row are a date, an index, a telephone: the name goes on too far. */
static bool long_number(struct str s)
{
	size_t run = 0;
	for (size_t i = 0; i < s.n && run < 4; i++)
		run = s.p[i] >= '0' && s.p[i] <= '9' ? run + 1 : 0;
	return run >= 4;
}

/* The last body of the letterhead; «администрация …» above it becomes its owner in the genitive. */
void meta_read_body(struct parse *p, struct range head)
{
	struct traced owner = {0}, body = {0};
	for (size_t i = head.from; i < head.to && !head_ends(p, i); i++) {
		struct str f = p->fold[i];
		const struct block *b = &p->src->block[i];
		struct part_of_line c[2];
		if (columns(p, i, c, 2) > 1 && (c[1].fold.n < 40 || p->meta.kind == DOC_LETTER))
			f = c[0].fold;
		if (region_line(f) && body.s.n == 0 && owner.s.n == 0)
			continue;
		if (place_line(b->text.s, f) && body.s.n > 0) {
			if (!all_upper(body.s) && str_has(words_fold(p->a, body.s), STR("школа")))
				body = add_line(p, body, b->text);
			break;
		}
		bool fresh = body_word(f) &&
		             (body.s.n == 0 || b->blank_above ||
		                     str_starts(words_fold(p->a, body.s), STR("администраци")));
		if (fresh && body.s.n > 0 &&
		        !starts_any(
		                f, (const char *const[]){"муниципальн", "районн", "городск",
		                           "автономн", "бюджетн", "средняя", "основная", NULL})) {
			owner = body;
			body = (struct traced){0};
		}
		if (body.s.n > 0 || body_word(f) || owner.s.n == 0)
			body = add_line(
			        p, body, c[0].t.s.n > 0 && f.p == c[0].fold.p ? c[0].t : b->text);
		if (body.s.n > 600)
			break;
	}
	if (body.s.n == 0)
		return;
	struct str text = body_sentence_case(p->a, body.s);
	struct str of = words_fold(p->a, owner.s);
	if (str_starts(of, STR("администрация")) &&
	        !str_has(words_fold(p->a, text), STR("администраци"))) {
		struct str rest =
		        str_skip(body_sentence_case(p->a, owner.s), STR("администрация").n);
		text = str_printf(
		        p->a, STR_FMT " администрации" STR_FMT, STR_ARG(text), STR_ARG(rest));
	}
	if (p->meta.issuing_body.text.p == NULL) {
		bool known = has_any(words_fold(p->a, body.s), bodies) && !long_number(body.s);
		p->meta.issuing_body = field_of(p, body, known ? TRUST_SURE : TRUST_DOUBTFUL);
		p->meta.issuing_body.text = text;
	}
}
