/* The card of a document: its text on one side, what was understood on the other; corrections and
 * confirmation. */
#ifndef WEB_PAGE_DOCUMENT_H
#define WEB_PAGE_DOCUMENT_H

#include "core/order/cascade.h"
#include "core/order/document_card.h"
#include "core/order/document_edit.h"
#include "core/order/document_links.h"
#include "core/order/frozen_set.h"
#include "web/list.h"

/* A piece of the text that belongs to one point (or none) and is marked in one way. */
struct piece {
	struct str text;
	size_t from, to;  /* bytes of the whole text; never across the border of a field */
	int64_t point_id; /* 0: none */
	bool first;       /* of its point: the place to jump to */
	bool odd;         /* points that follow each other get two shades */
	struct str marks; /* classes: "due", "resp", "bad" */
};

struct document_page {
	struct head head;
	struct document_card m;
	struct piece *piece;
	size_t n_pieces;
	int64_t editing;        /* point whose form is open; 0: none, -1: a new one */
	bool editing_head;      /* the form of requisites is open */
	struct point_form form; /* what that form holds */
	struct options kinds, types, rules, territories;
	struct derived_documents derived;
	struct frozen_sets frozen;
	struct document_chain chain;
	struct basis_matches basis;
	struct lower_points lower;
	size_t n_tasks, n_open_errors;
	struct str undo;    /* what the button takes back; empty: nothing */
	int64_t first_left; /* the first doubtful point; 0: none */
};

struct history_page {
	struct head head;
	struct card_history m;
};

/* Cuts the text of the card into pieces in order; together they are the whole text. */
struct piece *pieces_of(struct arena *a, const struct document_card *d, size_t *ret_n);

/* «Приказ 17 от 01.02.2022» */
struct str card_title(struct arena *a, const struct document_row *d);
/* Back to the card, at the point (0: at its top), with a message. */
enum ec document_again(struct call *c, int64_t point_id, struct str message);

handler_fn document_get, document_file_get, document_parsed_get, document_history_get;
handler_fn document_edit_post, document_confirm_post, document_unconfirm_post, document_cancel_post;
handler_fn point_edit_post, point_add_post, point_remove_post, point_restore_post;
handler_fn diagnostic_settle_post, responsible_set_post;
handler_fn document_parent_post;
handler_fn point_check_post, document_undo_post;
handler_fn document_derive_post, entrants_add_post;

#endif
