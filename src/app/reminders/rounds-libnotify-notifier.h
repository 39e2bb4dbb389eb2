/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-notifier.h"

G_BEGIN_DECLS

/** RoundsLibnotifyNotifier: notifications by libnotify, outside of a sandbox. */
#define ROUNDS_TYPE_LIBNOTIFY_NOTIFIER (rounds_libnotify_notifier_get_type ())

G_DECLARE_FINAL_TYPE (RoundsLibnotifyNotifier, rounds_libnotify_notifier, ROUNDS, LIBNOTIFY_NOTIFIER, GObject)

/**
 * rounds_libnotify_notifier_new:
 * @application: the application whose actions the buttons call
 *
 * Returns: (transfer full) (nullable): the notifier; %NULL where libnotify does not work
 */
RoundsNotifier *rounds_libnotify_notifier_new (GApplication *application);

G_END_DECLS
