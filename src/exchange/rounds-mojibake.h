/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RoundsMojibake: what some program took UTF-8 for, before it made UTF-8 of it once more. */
typedef enum
{
  ROUNDS_MOJIBAKE_NONE,
  ROUNDS_MOJIBAKE_WINDOWS, /* "ê" became "Ãª" */
  ROUNDS_MOJIBAKE_MAC,     /* "ê" became "√™" */
} RoundsMojibake;

/** RoundsMojibakeEvidence: how many runs of letters that are not ASCII could be mended, and how many not. */
typedef struct
{
  guint64 n_mendable;
  guint64 n_others;
} RoundsMojibakeEvidence;

void rounds_mojibake_weigh (RoundsMojibake kind, const char *text, gsize length, RoundsMojibakeEvidence *evidence);
RoundsMojibake rounds_mojibake_judge (const RoundsMojibakeEvidence *windows, const RoundsMojibakeEvidence *mac);
void rounds_mojibake_mend (RoundsMojibake kind, const char *text, gsize length, GString *mended);

G_END_DECLS
