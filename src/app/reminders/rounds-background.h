/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * rounds_background_request_async:
 * @autostart: whether Rounds shall start with the session, without a window
 * @cancellable: (nullable): to stop waiting for the answer
 * @callback: called with the answer
 * @data: for @callback
 *
 * Asks the desktop to let Rounds run without a window, so that reminders come. In a sandbox that is the Background
 * portal's decision, which the user may be asked for; elsewhere it writes or removes an entry in the user's autostart
 * folder. Main thread.
 */
void rounds_background_request_async (gboolean autostart, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);

/**
 * rounds_background_request_finish:
 * @result: what the callback was given
 * @error: (out) (optional): FORBIDDEN where the user or the desktop does not allow it; UNREACHABLE without a portal;
 *   NO_SPACE or FAILED where the entry cannot be written
 *
 * Returns: whether it is as it was asked for
 */
gboolean rounds_background_request_finish (GAsyncResult *result, GError **error);

G_END_DECLS
