/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsAppContext:
 *
 * What every page and dialog is given when it is made: the open store and the ways to reach the rest of the
 * application, so that no page knows another one and a test can make one around a temporary store. Main thread.
 */
#define ROUNDS_TYPE_APP_CONTEXT (rounds_app_context_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAppContext, rounds_app_context, ROUNDS, APP_CONTEXT, GObject)

RoundsAppContext *rounds_app_context_new (RoundsStore *store);
RoundsStore *rounds_app_context_get_store (RoundsAppContext *self);
GSettings *rounds_app_context_get_settings (RoundsAppContext *self);

/* The signed-in user's staff record; NULL before the first sign-in. */
const RoundsUuid *rounds_app_context_get_staff (RoundsAppContext *self);
void rounds_app_context_set_staff (RoundsAppContext *self, const RoundsUuid *staff); /* the shell's, at sign-in */

/* Whether the signed-in user may change records of @entity; everybody may before the first sign-in. The server decides.
 */
gboolean rounds_app_context_may_write (RoundsAppContext *self, RoundsEntity entity);

/* A passing word at the window's foot. Plain text, never markup. Signal "toast" (AdwToast *). */
void rounds_app_context_toast (RoundsAppContext *self, const char *text);
void rounds_app_context_show_toast (RoundsAppContext *self, AdwToast *toast); /* one of another kind */
/* The same with an Undo button; undo runs at most once, on the main thread. */
typedef void (*RoundsUndoFunc) (gpointer data);
void rounds_app_context_toast_undo (RoundsAppContext *self, const char *text, RoundsUndoFunc undo, gpointer data,
                                    GDestroyNotify data_free);
/* The same with another button, such as "Open _Folder". */
void rounds_app_context_toast_button (RoundsAppContext *self, const char *text, const char *label, RoundsUndoFunc func,
                                      gpointer data, GDestroyNotify data_free);
/* Something that failed and that no field can show: a toast with the error's message. */
void rounds_app_context_report (RoundsAppContext *self, const GError *error);

/* Deletes a record and offers Undo: the one way to delete in the application. */
void rounds_app_context_delete (RoundsAppContext *self, RoundsRecord *record);

/* Signal "about-to-sleep": the machine is going to sleep; what is being typed is written now. */

/* Going somewhere. Signal "open" (int entity, RoundsUuid *id): the window shows the record's page or dialog.
 * person, organisation -> their contact page; interaction, appointment, ct_journey, eap_journey -> their editor. */
void rounds_app_context_open (RoundsAppContext *self, RoundsEntity entity, const RoundsUuid *id);
/* Signal "create" (RoundsRecord *prefilled): a dialog with a new record. entity: INTERACTION (Log interaction),
 * APPOINTMENT, PERSON, ORGANISATION, CT_JOURNEY, EAP_JOURNEY. */
void rounds_app_context_create (RoundsAppContext *self, RoundsRecord *prefilled);

G_END_DECLS
