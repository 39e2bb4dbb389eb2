/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-list-row-private.h"

struct _RoundsListRow
{
  GObject parent_instance;

  RoundsRecordList *list; /* (owned) (nullable) once it lists something else */
  gint64 key;
  RoundsRecord *record; /* (owned) (nullable) until somebody wants to see it */
};

G_DEFINE_FINAL_TYPE (RoundsListRow, rounds_list_row, G_TYPE_OBJECT)

static void
rounds_list_row_dispose (GObject *object)
{
  RoundsListRow *self = ROUNDS_LIST_ROW (object);

  if (self->list != NULL)
    rounds_record_list_forget_row (self->list, self);
  g_clear_object (&self->list);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (rounds_list_row_parent_class)->dispose (object);
}

static void
rounds_list_row_class_init (RoundsListRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_list_row_dispose;
}

static void
rounds_list_row_init (RoundsListRow *self)
{
}

/* rounds_list_row_new: Returns: (transfer full): the row with @key, of which nothing is read yet */
RoundsListRow *
rounds_list_row_new (RoundsRecordList *list, gint64 key)
{
  RoundsListRow *self = g_object_new (ROUNDS_TYPE_LIST_ROW, NULL);

  self->list = g_object_ref (list);
  self->key = key;
  return self;
}

const gint64 *
rounds_list_row_get_key (RoundsListRow *self)
{
  return &self->key;
}

/* rounds_list_row_shows_other: whether somebody has been shown another record than @record, which is there now. */
gboolean
rounds_list_row_shows_other (RoundsListRow *self, RoundsRecord *record)
{
  return self->record != NULL && self->record != record;
}

/* rounds_list_row_let_go: the list is about something else; what has not been read of the row by now never is. */
void
rounds_list_row_let_go (RoundsListRow *self)
{
  g_clear_object (&self->list);
}

/**
 * rounds_list_row_get_record:
 * @self: a row that is listed
 *
 * Returns: (transfer none) (nullable): its record, read now unless it is at hand; %NULL if it is not listed any more
 *   and nobody has seen it
 */
RoundsRecord *
rounds_list_row_get_record (RoundsListRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_LIST_ROW (self), NULL);

  if (self->record == NULL && self->list != NULL)
    self->record = rounds_record_list_get_record (self->list, self->key);
  return self->record;
}
