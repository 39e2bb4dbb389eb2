/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/* What a notification says. It stands on a screen that others see: without `names`, nothing that tells whom the rep
 * meets or where. Everything is plain text; times are in the user's own zone. */

/**
 * rounds_reminder_text_title:
 * @subject: (nullable): the appointment or follow-up
 * @names: whether people may be named
 *
 * Returns: (transfer full): e.g. "Appointment at 14:30"
 */
char *rounds_reminder_text_title (RoundsRecord *subject, gboolean names);

/**
 * rounds_reminder_text_body:
 * @subject: (nullable): the appointment or follow-up
 * @now: ms UTC
 * @names: whether people may be named
 *
 * Returns: (transfer full) (nullable): e.g. "In 15 minutes"
 */
char *rounds_reminder_text_body (RoundsRecord *subject, gint64 now, gboolean names);

/**
 * rounds_reminder_text_missed_title:
 * @n: how many were missed
 *
 * Returns: (transfer full): the title of one notification about all of them
 */
char *rounds_reminder_text_missed_title (guint n);

/**
 * rounds_reminder_text_missed_body:
 * @missed: (element-type RoundsDueReminder): what was missed
 * @names: whether people may be named
 *
 * Returns: (transfer full): the first of them, one a line
 */
char *rounds_reminder_text_missed_body (GPtrArray *missed, gboolean names);

G_END_DECLS
