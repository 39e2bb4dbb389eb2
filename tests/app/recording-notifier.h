/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reminders/rounds-notifier.h"

G_BEGIN_DECLS

/** RecordingNotifier: keeps what it is told to show, in order. */
#define RECORDING_TYPE_NOTIFIER (recording_notifier_get_type ())

G_DECLARE_FINAL_TYPE (RecordingNotifier, recording_notifier, RECORDING, NOTIFIER, GObject)

RecordingNotifier *recording_notifier_new (void);
void recording_notifier_set_broken (RecordingNotifier *self, gboolean broken);
guint recording_notifier_count (RecordingNotifier *self);
const char *recording_notifier_get_id (RecordingNotifier *self, guint index);
/* Title and body, as they would stand on the screen. */
const char *recording_notifier_get_text (RecordingNotifier *self, guint index);
gboolean recording_notifier_was_withdrawn (RecordingNotifier *self, const char *id);

G_END_DECLS
