/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsContactsPage: everybody in one list that is searched by typing, and one contact beside it. */
#define ROUNDS_TYPE_CONTACTS_PAGE (rounds_contacts_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactsPage, rounds_contacts_page, ROUNDS, CONTACTS_PAGE, AdwBin)

GtkWidget *rounds_contacts_page_new (RoundsAppContext *context);
void rounds_contacts_page_open (GtkWidget *page, const RoundsUuid *id);

G_END_DECLS
