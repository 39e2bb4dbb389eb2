/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rounds-record.h"

G_BEGIN_DECLS

/**
 * RoundsDaySections:
 *
 * A list model of records in the order of an instant, with a section for each day of the user's zone. It asks only for
 * the records around what is on the screen, so that a list of a million stays one that is read on demand.
 */
#define ROUNDS_TYPE_DAY_SECTIONS (rounds_day_sections_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDaySections, rounds_day_sections, ROUNDS, DAY_SECTIONS, GObject)

RoundsDaySections *rounds_day_sections_new (GListModel *model, guint field);

G_END_DECLS
