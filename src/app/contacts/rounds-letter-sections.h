/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rounds-record-list.h"

G_BEGIN_DECLS

/**
 * RoundsLetterSections:
 *
 * The rows of a RoundsRecordList, each a RoundsListRow, as a GtkSectionModel: by the letters of its names, or by what
 * its search found.
 */
#define ROUNDS_TYPE_LETTER_SECTIONS (rounds_letter_sections_get_type ())
G_DECLARE_FINAL_TYPE (RoundsLetterSections, rounds_letter_sections, ROUNDS, LETTER_SECTIONS, GObject)

RoundsLetterSections *rounds_letter_sections_new (RoundsRecordList *list);
char *rounds_letter_sections_get_title (RoundsLetterSections *self, guint position);

G_END_DECLS
