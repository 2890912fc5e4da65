/* Acts named in the text are found among the documents; the chain «во исполнение» has no rings. */
#include "base/limits.h"
#include "core/order/document_check.h"
#include "core/order/document_import.h"
#include "core/order/document_links.h"
#include "dbfix.h"
#include "place.h"
#include "test.h"

static const char lower[] =
        "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ СЕВЕРНОГО ОКРУГА\n\nПРИКАЗ\n\n14 февраля 2022 г. № 5-О\n\n"
        "О мерах\n\nВ соответствии с приказом департамента образования от 10.02.2022 № 17/01 "
        "п р и к а з ы в а ю:\n\n"
        "1. Руководителям общеобразовательных организаций провести анализ результатов в срок "
        "до 01.03.2022.\n\nНачальник управления В. Г. Северный\n";

static void links(struct db *db)
{
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	struct place p;
	struct basis_matches m;
	struct document_chain chain;
	settle_in(&p, db, &a);
	int64_t up = drop(&p);
	int64_t id = 0;
	CHECK_OK(document_import(&p.as_clerk,
	        &(struct document_source){str_c(lower), STR("ниже.txt"), p.north}, &id, &e));
	struct document_card k = card_of(&p.as_clerk, id);
	CHECK_OK(basis_matches(&p.as_clerk, &k, &m, &e));
	REQUIRE(m.n == 1);
	CHECK_INT(m.v[0].document_id, up);
	CHECK(m.v[0].may_parent && !m.v[0].parent);
	/* the order above is a draft of the region: the municipality is not told of it */
	struct document_card seen = card_of(&p.as_north, id);
	CHECK_OK(basis_matches(&p.as_north, &seen, &m, &e));
	CHECK_INT(m.n, 0);
	CHECK_INT(document_parent_set(&p.as_north, id, seen.version, up, &e), EC_INPUT);

	CHECK_OK(document_chain(&p.as_clerk, id, &chain, &e));
	CHECK_INT(chain.n, 1);
	CHECK_OK(document_parent_set(&p.as_clerk, id, k.version, up, &e));
	CHECK_INT(document_parent_set(&p.as_clerk, id, k.version, up, &e), EC_CONFLICT);
	CHECK_OK(document_chain(&p.as_clerk, id, &chain, &e));
	REQUIRE(chain.n == 2);
	CHECK(chain.v[0].id == up && chain.v[0].depth == 0 && !chain.v[0].self);
	CHECK(chain.v[1].id == id && chain.v[1].depth == 1 && chain.v[1].self);
	CHECK_OK(document_chain(&p.as_clerk, up, &chain, &e));
	CHECK(chain.n == 2 && chain.v[0].self);
	CHECK_OK(document_chain(&p.as_north, id, &chain, &e));
	CHECK_INT(chain.n, 1);
	/* no ring */
	struct document_card top = card_of(&p.as_clerk, up);
	CHECK_INT(document_parent_set(&p.as_clerk, up, top.version, id, &e), EC_INPUT);
	CHECK_INT(document_parent_set(&p.as_clerk, up, top.version, up, &e), EC_INPUT);
	/* taken back like any change */
	int64_t at;
	struct str what;
	CHECK_OK(document_undo(&p.as_clerk, id, &at, &what, &e));
	CHECK_OK(document_chain(&p.as_clerk, id, &chain, &e));
	CHECK_INT(chain.n, 1);
}

TEST(acts_of_the_text_are_found_and_the_chain_has_no_ring)
{
	dbfix_each(links);
}
