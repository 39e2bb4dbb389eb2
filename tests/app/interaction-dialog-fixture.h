/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts-fixture.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-text-row.h"
#include "interactions/rounds-interaction-dialog.h"

G_BEGIN_DECLS

/* What the tests of the interaction dialog have in common. */

/* The dialog over a window, as the user has it. */
typedef struct
{
  RoundsInteractionDialog *dialog; /* (owned) */
  GtkWindow *window;               /* (owned) */
} ShownDialog;

ShownDialog dialog_show (AppFixture *fixture, RoundsRecord *record);
/* About nobody yet. */
ShownDialog dialog_show_new (AppFixture *fixture);
void dialog_drop (ShownDialog *shown);

RoundsReferenceRow *dialog_get_who (ShownDialog *shown);
RoundsTextRow *dialog_get_notes (ShownDialog *shown);
void dialog_type (ShownDialog *shown, const char *who, const char *notes);
/* Into the notes; everything that is typed goes to where the cursor is. */
void dialog_type_at_cursor (ShownDialog *shown, const char *text);
GtkTextView *dialog_get_notes_view (ShownDialog *shown);
/* By its action, until the toast tells of it. */
void dialog_save (AppFixture *fixture, ShownDialog *shown);

/* For app_wait_until() with the fixture. */
gboolean dialog_has_draft (gpointer fixture);
gboolean dialog_has_no_interaction (gpointer fixture);
/* With the shown dialog: whether the keyboard is in the notes. */
gboolean dialog_is_in_notes (gpointer shown);

/* A visit that there is already. Returns: (transfer full) */
RoundsRecord *dialog_add_visit (AppFixture *fixture, const char *notes);

/* Returns: (transfer full): the one that there is */
RoundsRecord *dialog_get_only_interaction (AppFixture *fixture);

G_END_DECLS
