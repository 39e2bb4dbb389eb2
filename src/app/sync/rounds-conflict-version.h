/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsConflictVersion:
 *
 * One of the values that somebody may choose where two people changed the same field: what it is called, the value with
 * its difference marked, and the button that keeps it. Properties: "title", "button-label", "editable" (the value is a
 * text to be edited). Signal "chosen". Main thread.
 */
#define ROUNDS_TYPE_CONFLICT_VERSION (rounds_conflict_version_get_type ())

G_DECLARE_FINAL_TYPE (RoundsConflictVersion, rounds_conflict_version, ROUNDS, CONFLICT_VERSION, AdwBin)

void rounds_conflict_version_show (RoundsConflictVersion *self, const char *before, const char *text);
void rounds_conflict_version_set_in_use (RoundsConflictVersion *self, gboolean in_use);
char *rounds_conflict_version_dup_text (RoundsConflictVersion *self);

G_END_DECLS
