/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"
#include "sync/rounds-sync-service.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_WINDOW (rounds_window_get_type ())

G_DECLARE_FINAL_TYPE (RoundsWindow, rounds_window, ROUNDS, WINDOW, AdwApplicationWindow)

/**
 * rounds_window_new:
 * @application: (nullable): the application that the window belongs to
 *
 * Makes the main window. It is owned by @application. It shows nothing until rounds_window_set_context() or
 * rounds_window_show_start(). Main thread.
 *
 * Returns: (transfer none): the window, not shown yet
 */
RoundsWindow *rounds_window_new (AdwApplication *application);

/**
 * rounds_window_set_context:
 * @self: the window
 * @context: the context of an open store
 *
 * Shows the sidebar and the first page. A window keeps its context; the same one again changes nothing. Main thread.
 */
void rounds_window_set_context (RoundsWindow *self, RoundsAppContext *context);

/**
 * rounds_window_set_sync_service:
 * @self: the window
 * @service: the service that keeps the store in step with the server
 *
 * Shows the state of the sync at the foot of the sidebar. A window keeps its service. Main thread.
 */
void rounds_window_set_sync_service (RoundsWindow *self, RoundsSyncService *service);

/**
 * rounds_window_show_start:
 * @self: the window
 * @page: (transfer floating): what to show before there is a store: the welcome, the unlocking, or what went wrong
 *
 * Main thread.
 */
void rounds_window_show_start (RoundsWindow *self, GtkWidget *page);

/**
 * rounds_window_show_page:
 * @self: the window
 * @id: a page's id in the registry
 *
 * Brings a page to the front; it is made if it was never shown. Does nothing for an unknown id or without a context.
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the page
 */
GtkWidget *rounds_window_show_page (RoundsWindow *self, const char *id);

/**
 * rounds_window_import:
 * @self: the window, which has a context
 * @files: (nullable) (element-type GFile): a list of contacts, or %NULL to let the user choose one; of several the
 * first is taken, which is told
 *
 * Shows what a file would bring, before anything is imported. Main thread.
 */
void rounds_window_import (RoundsWindow *self, GSList *files);

/**
 * rounds_window_close_dialogs:
 * @self: the window
 *
 * Closes the dialogs at once, without moving them off the screen. What is being typed in one is kept when it closes, so
 * that this has to come before the window goes. Main thread.
 */
void rounds_window_close_dialogs (RoundsWindow *self);

G_END_DECLS
