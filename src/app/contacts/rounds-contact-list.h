/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-row-selection.h"
#include "rounds-contact-filter.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsContactList:
 *
 * The contacts that a filter shows, as rows of two lines with letters between them, or as columns. Only what is in
 * sight has widgets. One or several are selected: with Ctrl and Shift, Ctrl+A and Space as in any list, or by clicking
 * in selection mode ("selecting").
 *
 * Signals: "opened" (RoundsRecord *): clicked or chosen by Return; "rows-changed": other rows, or all of them are there
 * now; "selection-changed"; "order-changed" (RoundsContactOrder as int, descending): by a click on a column. Main
 * thread.
 */
#define ROUNDS_TYPE_CONTACT_LIST (rounds_contact_list_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactList, rounds_contact_list, ROUNDS, CONTACT_LIST, AdwBin)

void rounds_contact_list_set_up (RoundsContactList *self, RoundsAppContext *context, const RoundsContactFilter *filter);
void rounds_contact_list_set_filter (RoundsContactList *self, const RoundsContactFilter *filter);
void rounds_contact_list_set_as_columns (RoundsContactList *self, gboolean as_columns);

guint rounds_contact_list_get_n_rows (RoundsContactList *self);
gboolean rounds_contact_list_is_loading (RoundsContactList *self);
void rounds_contact_list_focus (RoundsContactList *self);
gboolean rounds_contact_list_focus_first (RoundsContactList *self);
gboolean rounds_contact_list_open_first (RoundsContactList *self);
RoundsQuery *rounds_contact_list_get_query (RoundsContactList *self); /* (transfer none): what is shown */

void rounds_contact_list_set_selecting (RoundsContactList *self, gboolean selecting);
gboolean rounds_contact_list_get_selecting (RoundsContactList *self);
RoundsRowSelection *rounds_contact_list_get_selection (RoundsContactList *self);
void rounds_contact_list_select_only (RoundsContactList *self, const RoundsUuid *id, gboolean scroll);

G_END_DECLS
