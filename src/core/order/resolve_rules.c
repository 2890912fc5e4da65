#include "core/order/resolve_rules.h"

#include "core/order/resolve.h"

#include <string.h>

static const struct resolve_rule rules[] = {
        {STR_INIT("all_schools"), STR_INIT("все школы территории")},
        {STR_INIT("all_municipal"), STR_INIT("все муниципальные органы управления образованием")},
        {STR_INIT("tag:bias"), STR_INIT("школы с признаками необъективности")},
        {STR_INIT("tag:low"), STR_INIT("школы с низкими результатами")},
        {STR_INIT("tag:project"), STR_INIT("школы — участницы проекта")},
        {STR_INIT("department"), STR_INIT("орган управления региона")},
        {STR_INIT("operator"), STR_INIT("региональный оператор")},
        {STR_INIT("author"), STR_INIT("сам автор документа (его подразделение)")},
        {STR_INIT("org"), STR_INIT("названная организация")},
        {STR_INIT("outside"), STR_INIT("вне реестра региона (без контроля)")},
        {STR_INIT("unknown"), STR_INIT("не определено")},
};

const struct resolve_rule *resolve_rules(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(rules);
	return rules;
}

struct str resolve_rule_title(struct str rule)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (str_eq(rules[i].name, rule))
			return rules[i].title;
	return rule;
}

#define BIAS    STR_INIT("tag:bias")
#define LOW     STR_INIT("tag:low")
#define PROJECT STR_INIT("tag:project")
#define SCHOOLS STR_INIT("all_schools")
#define MUNI    STR_INIT("all_municipal")
#define OUTSIDE STR_INIT("outside")

#define BIAS_WHY    "слова о признаках необъективности"
#define LOW_WHY     "слова о низких образовательных результатах"
#define PROJECT_WHY "слова об участии в проекте"
#define SCHOOLS_WHY "слова об общеобразовательных организациях во множественном числе"
#define MUNI_WHY    "слова о муниципальных органах управления образованием"
#define FEDERAL_WHY "федеральный орган или учреждение, в реестре региона его нет"

/* In order: conditional sets stand before the sets they are part of. */
static const struct resolve_pattern patterns[] = {
        {BIAS, {"необъективн"}, true, 0.95, BIAS_WHY},
        {BIAS, {"необъективн", "список$"}, false, 0.9, BIAS_WHY},
        {BIAS, {"завышен", "результат"}, true, 0.8, BIAS_WHY},
        {LOW, {"низк", "результат"}, true, 0.95, LOW_WHY},
        {LOW, {"низкорезультативн"}, true, 0.9, LOW_WHY},
        {LOW, {"низк", "качеств", "школ"}, true, 0.85, LOW_WHY},
        {LOW, {"шнор$"}, true, 0.95, LOW_WHY},
        {LOW, {"снор$"}, true, 0.9, LOW_WHY},
        {LOW, {"шнср$"}, true, 0.9, LOW_WHY},
        {PROJECT, {"школ", "участни"}, true, 0.9, PROJECT_WHY},
        {PROJECT, {"участвующ", "проект"}, false, 0.9, PROJECT_WHY},
        {PROJECT, {"вошедш", "проект"}, false, 0.85, PROJECT_WHY},
        {PROJECT, {"организац", "участни"}, true, 0.8, PROJECT_WHY},
        {MUNI, {"моуо$"}, true, 0.98, MUNI_WHY},
        {MUNI, {"омсу$"}, true, 0.9, MUNI_WHY},
        {MUNI, {"мсу$"}, true, 0.8, MUNI_WHY},
        {MUNI, {"муниципальн", "орган"}, true, 0.95, MUNI_WHY},
        {MUNI, {"орган", "местн", "самоуправлен"}, true, 0.95, MUNI_WHY},
        {MUNI, {"муниципальн", "координатор"}, true, 0.85, MUNI_WHY},
        {MUNI, {"муниципальн", "методическ"}, true, 0.6, MUNI_WHY},
        {MUNI, {"управлени", "образовани", "муниципальн"}, true, 0.7, MUNI_WHY},
        {MUNI, {"главам$", "муниципальн"}, true, 0.75, MUNI_WHY},
        {MUNI, {"главы$", "муниципальн"}, true, 0.75, MUNI_WHY},
        {MUNI, {"муниципальные$"}, true, 0.7, MUNI_WHY},
        {SCHOOLS, {"общеобразовательные$", "!средняя$"}, true, 0.95, SCHOOLS_WHY},
        {SCHOOLS, {"общеобразовательных$", "!средних$"}, true, 0.95, SCHOOLS_WHY},
        {SCHOOLS, {"общеобразовательным$", "!средним$"}, true, 0.95, SCHOOLS_WHY},
        {SCHOOLS, {"общеобразовательными$"}, true, 0.95, SCHOOLS_WHY},
        {SCHOOLS, {"образовательные$", "организации$"}, true, 0.85, SCHOOLS_WHY},
        {SCHOOLS, {"образовательных$", "организаций$"}, true, 0.85, SCHOOLS_WHY},
        {SCHOOLS, {"образовательным$", "организациям$"}, true, 0.85, SCHOOLS_WHY},
        {SCHOOLS, {"образовательные$", "учреждения$"}, true, 0.85, SCHOOLS_WHY},
        {SCHOOLS, {"образовательных$", "учреждений$"}, true, 0.85, SCHOOLS_WHY},
        {SCHOOLS, {"образовательным$", "учреждениям$"}, true, 0.85, SCHOOLS_WHY},
        {SCHOOLS, {"оо$"}, true, 0.95, SCHOOLS_WHY},
        {SCHOOLS, {"оу$"}, true, 0.9, SCHOOLS_WHY},
        {SCHOOLS, {"школы$"}, true, 0.85, SCHOOLS_WHY},
        {SCHOOLS, {"школ$"}, true, 0.9, SCHOOLS_WHY},
        {SCHOOLS, {"школам$"}, true, 0.9, SCHOOLS_WHY},
        {SCHOOLS, {"школами$"}, true, 0.9, SCHOOLS_WHY},
        {STR_INIT("operator"), {"региональн", "оператор"}, true, 0.95,
                "слова о региональном операторе"},
        {STR_INIT("operator"), {"региональн", "координатор"}, true, 0.85,
                "региональный координатор работает у регионального оператора"},
        {STR_INIT("operator"), {"рцоко$"}, true, 0.9,
                "сокращение регионального центра оценки качества"},
        {STR_INIT("operator"), {"рцои$"}, true, 0.85,
                "сокращение регионального центра обработки информации"},
        {STR_INIT("operator"), {"цоко$"}, true, 0.8, "сокращение центра оценки качества"},
        {OUTSIDE, {"рособрнадзор"}, true, 0.95, FEDERAL_WHY},
        {OUTSIDE, {"минпросвещен"}, true, 0.95, FEDERAL_WHY},
        {OUTSIDE, {"фиоко$"}, true, 0.95, FEDERAL_WHY},
        {OUTSIDE, {"фипи$"}, true, 0.95, FEDERAL_WHY},
        {OUTSIDE, {"министерств", "российск", "федерац"}, true, 0.95, FEDERAL_WHY},
        {STR_INIT("author"), {"отдел"}, false, 0.8, "подразделение автора документа"},
        {STR_INIT("author"), {"управлени"}, false, 0.75, "подразделение автора документа"},
        {STR_INIT("author"), {"сектор"}, false, 0.75, "подразделение автора документа"},
        {STR_INIT("author"), {"начальник"}, false, 0.75, "должностное лицо автора документа"},
        {STR_INIT("author"), {"заместител"}, false, 0.7, "должностное лицо автора документа"},
        {STR_INIT("author"), {"специалист"}, false, 0.7, "должностное лицо автора документа"},
};

const struct resolve_pattern *resolve_patterns(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(patterns);
	return patterns;
}

static bool has_word(struct str key, const char *want)
{
	size_t n = strlen(want);
	bool whole = n > 0 && want[n - 1] == '$';
	struct str w = {want, whole ? n - 1 : n};
	struct str part;
	while (str_next(&key, ' ', &part))
		if (whole ? str_eq(part, w) : str_starts(part, w))
			return true;
	return false;
}

bool resolve_pattern_fits(const struct resolve_pattern *p, struct str key)
{
	for (size_t i = 0; p->no_digits && i < key.n; i++)
		if (key.p[i] >= '0' && key.p[i] <= '9')
			return false;
	for (size_t i = 0; i < PATTERN_MAX && p->word[i] != NULL; i++) {
		bool no = p->word[i][0] == '!';
		if (has_word(key, p->word[i] + no) == no)
			return false;
	}
	return true;
}
