/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

RoundsRecord *rounds_form_rebase (RoundsStore *store, RoundsRecord *before, RoundsRecord *after);

void rounds_form_save_async (RoundsStore *store, GPtrArray *records, const RoundsUuid *draft,
                             GAsyncReadyCallback callback, gpointer data);
gboolean rounds_form_save_finish (RoundsStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
