/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/** RoundsContactRow: a person in a list: picture, name, and what tells them from others of that name. */
#define ROUNDS_TYPE_CONTACT_ROW (rounds_contact_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactRow, rounds_contact_row, ROUNDS, CONTACT_ROW, GtkWidget)

GtkWidget *rounds_contact_row_new (void);
void rounds_contact_row_show (RoundsContactRow *self, RoundsStore *store, RoundsRecord *contact,
                              const char *const *words);
const char *rounds_contact_row_get_name (RoundsContactRow *self);

G_END_DECLS
