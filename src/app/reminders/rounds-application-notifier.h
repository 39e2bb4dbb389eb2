/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-notifier.h"

G_BEGIN_DECLS

/** RoundsApplicationNotifier: notifications by GNotification, in a sandbox through the portal. */
#define ROUNDS_TYPE_APPLICATION_NOTIFIER (rounds_application_notifier_get_type ())

G_DECLARE_FINAL_TYPE (RoundsApplicationNotifier, rounds_application_notifier, ROUNDS, APPLICATION_NOTIFIER, GObject)

/**
 * rounds_application_notifier_new:
 * @application: the application that sends them
 *
 * Returns: (transfer full): the notifier
 */
RoundsNotifier *rounds_application_notifier_new (GApplication *application);

G_END_DECLS
