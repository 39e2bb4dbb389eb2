/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "recording-notifier.h"

#include "rounds-error.h"

struct _RecordingNotifier
{
  GObject parent_instance;

  GPtrArray *ids;       /* (owned) of char * */
  GPtrArray *texts;     /* (owned) of char * */
  GPtrArray *withdrawn; /* (owned) of char * */
  gboolean broken;      /* as a desktop without a notification server */
};

static void recording_notifier_iface_init (RoundsNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RecordingNotifier, recording_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_NOTIFIER, recording_notifier_iface_init))

static gboolean
recording_notifier_show (RoundsNotifier *notifier, const RoundsNotification *notification, GError **error)
{
  RecordingNotifier *self = RECORDING_NOTIFIER (notifier);

  if (self->broken)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, "There is no desktop.");
      return FALSE;
    }
  g_ptr_array_add (self->ids, g_strdup (notification->id));
  g_ptr_array_add (
    self->texts, g_strdup_printf ("%s\n%s", notification->title, notification->body != NULL ? notification->body : ""));
  return TRUE;
}

static void
recording_notifier_withdraw (RoundsNotifier *notifier, const char *id)
{
  g_ptr_array_add (RECORDING_NOTIFIER (notifier)->withdrawn, g_strdup (id));
}

static void
recording_notifier_iface_init (RoundsNotifierInterface *iface)
{
  iface->show = recording_notifier_show;
  iface->withdraw = recording_notifier_withdraw;
}

static void
recording_notifier_finalize (GObject *object)
{
  RecordingNotifier *self = RECORDING_NOTIFIER (object);

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->withdrawn);

  G_OBJECT_CLASS (recording_notifier_parent_class)->finalize (object);
}

static void
recording_notifier_class_init (RecordingNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = recording_notifier_finalize;
}

static void
recording_notifier_init (RecordingNotifier *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->withdrawn = g_ptr_array_new_with_free_func (g_free);
}

RecordingNotifier *
recording_notifier_new (void)
{
  return g_object_new (RECORDING_TYPE_NOTIFIER, NULL);
}

void
recording_notifier_set_broken (RecordingNotifier *self, gboolean broken)
{
  self->broken = broken;
}

guint
recording_notifier_count (RecordingNotifier *self)
{
  return self->ids->len;
}

const char *
recording_notifier_get_id (RecordingNotifier *self, guint index)
{
  return g_ptr_array_index (self->ids, index);
}

const char *
recording_notifier_get_text (RecordingNotifier *self, guint index)
{
  return g_ptr_array_index (self->texts, index);
}

gboolean
recording_notifier_was_withdrawn (RecordingNotifier *self, const char *id)
{
  return g_ptr_array_find_with_equal_func (self->withdrawn, id, g_str_equal, NULL);
}
