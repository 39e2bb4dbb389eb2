/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/* What a contact's page does beyond showing it. */

void rounds_contact_add_part (RoundsAppContext *context, RoundsRecord *contact, RoundsEntity entity);
void rounds_contact_convert_lead (RoundsAppContext *context, const RoundsUuid *lead);
void rounds_contact_call (GtkWidget *widget, RoundsAppContext *context, RoundsRecord *contact);
void rounds_contact_write_to (GtkWidget *widget, RoundsAppContext *context, RoundsRecord *contact);

G_END_DECLS
