/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-notifier.h"

#include "rounds-application-notifier.h"
#include "rounds-libnotify-notifier.h"

G_DEFINE_INTERFACE (RoundsNotifier, rounds_notifier, G_TYPE_OBJECT)

static void
rounds_notifier_default_init (RoundsNotifierInterface *iface)
{
}

gboolean
rounds_notifier_show (RoundsNotifier *self, const RoundsNotification *notification, GError **error)
{
  g_return_val_if_fail (ROUNDS_IS_NOTIFIER (self), FALSE);

  return ROUNDS_NOTIFIER_GET_IFACE (self)->show (self, notification, error);
}

void
rounds_notifier_withdraw (RoundsNotifier *self, const char *id)
{
  g_return_if_fail (ROUNDS_IS_NOTIFIER (self));

  ROUNDS_NOTIFIER_GET_IFACE (self)->withdraw (self, id);
}

RoundsNotifier *
rounds_notifier_new_for_desktop (GApplication *application)
{
  RoundsNotifier *notifier = NULL;

  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    notifier = rounds_libnotify_notifier_new (application);
  if (notifier == NULL)
    notifier = rounds_application_notifier_new (application);

  return notifier;
}
