/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsContactOffers:
 *
 * What a contact does not have yet, in the menu of one button, "Add Phone, Email…", which is hidden while there is
 * nothing to add. The menu is told anew each time that the page is; while it is the same it stays as it is, open or
 * not. Main thread.
 */
#define ROUNDS_TYPE_CONTACT_OFFERS (rounds_contact_offers_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactOffers, rounds_contact_offers, ROUNDS, CONTACT_OFFERS, AdwBin)

GtkWidget *rounds_contact_offers_new (void);
void rounds_contact_offers_begin (RoundsContactOffers *self);
void rounds_contact_offers_begin_section (RoundsContactOffers *self, const char *title);
void rounds_contact_offers_add (RoundsContactOffers *self, const char *label, const char *action, GVariant *target);
void rounds_contact_offers_end (RoundsContactOffers *self);

G_END_DECLS
