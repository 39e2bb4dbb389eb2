/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-long-work.h"

G_BEGIN_DECLS

void rounds_form_save_async (RoundsStore *store, GPtrArray *records, GPtrArray *before, const RoundsUuid *draft,
                             GAsyncReadyCallback callback, gpointer data);
/* Adds to @records what to save, parents first, and to @before what each began as, %NULL for what is new. */
typedef gboolean (*RoundsFormMaker) (RoundsRecordStore *store, gpointer data, GPtrArray *records, GPtrArray *before,
                                     GError **error);
void rounds_form_make_async (RoundsStore *store, RoundsFormMaker make, gpointer data, RoundsLongWork *work,
                             GAsyncReadyCallback callback, gpointer callback_data);

/* What was there before a save, to go back to. */
typedef struct _RoundsFormUndo RoundsFormUndo;

RoundsFormUndo *rounds_form_save_finish (RoundsStore *store, GAsyncResult *result, GError **error);
void rounds_form_undo_offer (RoundsFormUndo *self, RoundsAppContext *context, const char *text);
void rounds_form_undo_free (RoundsFormUndo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsFormUndo, rounds_form_undo_free)

G_END_DECLS
