/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsJourneysPage: clinical-trial and expanded-access journeys by stage. */
#define ROUNDS_TYPE_JOURNEYS_PAGE (rounds_journeys_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsJourneysPage, rounds_journeys_page, ROUNDS, JOURNEYS_PAGE, AdwBin)

GtkWidget *rounds_journeys_page_new (RoundsAppContext *context);

G_END_DECLS
