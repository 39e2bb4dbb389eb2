/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-timeline-entry.h"

G_DEFINE_FINAL_TYPE (RoundsTimelineEntry, rounds_timeline_entry, G_TYPE_OBJECT)

static void
rounds_timeline_entry_finalize (GObject *object)
{
  RoundsTimelineEntry *self = ROUNDS_TIMELINE_ENTRY (object);

  g_clear_object (&self->record);
  g_clear_object (&self->about);
  g_clear_pointer (&self->changes, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_timeline_entry_parent_class)->finalize (object);
}

static void
rounds_timeline_entry_class_init (RoundsTimelineEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_timeline_entry_finalize;
}

static void
rounds_timeline_entry_init (RoundsTimelineEntry *self)
{
}

/**
 * rounds_timeline_entry_new:
 * @kind: which filter shows it
 * @event: what it tells
 * @record: (transfer none): about what
 * @mark: where it stands
 *
 * Returns: (transfer full): an entry, for its maker to complete
 */
RoundsTimelineEntry *
rounds_timeline_entry_new (RoundsTimelineKinds kind, RoundsTimelineEvent event, RoundsRecord *record,
                           const RoundsTimelineMark *mark)
{
  RoundsTimelineEntry *self = g_object_new (ROUNDS_TYPE_TIMELINE_ENTRY, NULL);

  self->kind = kind;
  self->event = event;
  self->record = g_object_ref (record);
  self->mark = *mark;
  return self;
}

static gboolean
is_same_record (RoundsRecord *a, RoundsRecord *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return rounds_uuid_equal (rounds_record_get_id (a), rounds_record_get_id (b))
         && rounds_record_get_integer (a, ROUNDS_FIELD_UPDATED_AT)
              == rounds_record_get_integer (b, ROUNDS_FIELD_UPDATED_AT);
}

/**
 * rounds_timeline_entry_equal:
 * @a: an entry
 * @b: another one
 *
 * Returns: whether both stand at the same place and say the same
 */
gboolean
rounds_timeline_entry_equal (RoundsTimelineEntry *a, RoundsTimelineEntry *b)
{
  return rounds_timeline_mark_compare (&a->mark, &b->mark) == 0 && a->event == b->event
         && is_same_record (a->record, b->record) && is_same_record (a->about, b->about)
         && (a->changes != NULL ? a->changes->len : 0) == (b->changes != NULL ? b->changes->len : 0);
}

/**
 * rounds_timeline_mark_compare:
 * @a: a place
 * @b: another one
 *
 * Returns: less than 0 if @a comes before @b in a timeline, which begins with the newest
 */
int
rounds_timeline_mark_compare (const RoundsTimelineMark *a, const RoundsTimelineMark *b)
{
  if (a->at != b->at)
    return a->at > b->at ? -1 : 1;
  if (a->source != b->source)
    return a->source < b->source ? -1 : 1;
  return a->key == b->key ? 0 : a->key > b->key ? -1 : 1;
}
