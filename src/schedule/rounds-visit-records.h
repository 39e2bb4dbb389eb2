/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"
#include "rounds-visit-line.h"

G_BEGIN_DECLS

RoundsRecord *rounds_follow_up_new (const char *kind, const char *text, const char *due_on);
char *rounds_follow_up_get_usual_due (const GDate *today);

RoundsRecord *rounds_visit_line_make_interaction (const RoundsVisitLine *self, const RoundsLineContext *context,
                                                  RoundsRecord *person, gint64 now, const char *zone);
void rounds_visit_note_name (RoundsRecord *interaction, const char *name);
RoundsRecord *rounds_visit_line_make_follow_up (const RoundsLineFollowUp *follow_up, const RoundsLineContext *context);

G_END_DECLS
