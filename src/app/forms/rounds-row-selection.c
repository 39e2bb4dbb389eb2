/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-row-selection.h"

struct _RoundsRowSelection
{
  GObject parent_instance;

  RoundsRecordList *records; /* (owned) */
  GtkMultiSelection *model;  /* (owned) */
  GHashTable *chosen;        /* (owned): the keys of several selected rows */
};

G_DEFINE_FINAL_TYPE (RoundsRowSelection, rounds_row_selection, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
note_chosen (RoundsRowSelection *self)
{
  g_autoptr (GArray) keys = NULL;

  g_hash_table_remove_all (self->chosen);
  if (rounds_row_selection_get_size (self) < 2)
    return;
  keys = rounds_row_selection_get_keys (self);
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (self->chosen, g_memdup2 (&g_array_index (keys, gint64, i), sizeof (gint64)));
}

static void
selection_changed_cb (RoundsRowSelection *self)
{
  note_chosen (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A row that comes back at another place is still selected. */
static void
items_changed_cb (RoundsRowSelection *self, guint position, guint removed, guint added)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GtkBitset) mask = NULL;

  if (g_hash_table_size (self->chosen) == 0 || added == 0)
    return;
  selected = gtk_bitset_new_empty ();
  mask = gtk_bitset_new_range (position, added);
  for (guint i = position; i < position + added; i++)
    {
      gint64 key = rounds_record_list_get_key (self->records, i);

      if (g_hash_table_contains (self->chosen, &key))
        gtk_bitset_add (selected, i);
    }
  g_signal_handlers_block_by_func (self->model, selection_changed_cb, self);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->model), selected, mask);
  g_signal_handlers_unblock_by_func (self->model, selection_changed_cb, self);
}

static void
rounds_row_selection_finalize (GObject *object)
{
  RoundsRowSelection *self = ROUNDS_ROW_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_object (&self->records);
  g_hash_table_unref (self->chosen);

  G_OBJECT_CLASS (rounds_row_selection_parent_class)->finalize (object);
}

static void
rounds_row_selection_class_init (RoundsRowSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_row_selection_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", ROUNDS_TYPE_ROW_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_row_selection_init (RoundsRowSelection *self)
{
  self->chosen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * rounds_row_selection_new:
 * @records: the list
 * @model: (transfer none): the same rows, in sections
 *
 * Returns: (transfer full): a selection of nothing
 */
RoundsRowSelection *
rounds_row_selection_new (RoundsRecordList *records, GListModel *model)
{
  RoundsRowSelection *self = g_object_new (ROUNDS_TYPE_ROW_SELECTION, NULL);

  self->records = g_object_ref (records);
  self->model = gtk_multi_selection_new (g_object_ref (model));
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER); /* views know the rows by then */
  return self;
}

GtkSelectionModel *
rounds_row_selection_get_model (RoundsRowSelection *self)
{
  return GTK_SELECTION_MODEL (self->model);
}

/** rounds_row_selection_get_size: how many rows are selected. */
guint
rounds_row_selection_get_size (RoundsRowSelection *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));

  return (guint) gtk_bitset_get_size (selected);
}

/** rounds_row_selection_get: Returns: (transfer full) (nullable): the @nth record that is selected */
RoundsRecord *
rounds_row_selection_get (RoundsRowSelection *self, guint nth)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));

  if (nth >= gtk_bitset_get_size (selected))
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->records), gtk_bitset_get_nth (selected, nth));
}

/**
 * rounds_row_selection_get_keys:
 *
 * Returns: (transfer full) (element-type gint64): the keys of what is selected, by which
 *   rounds_record_store_get_by_key() finds them on any thread; none of them is read here
 */
GArray *
rounds_row_selection_get_keys (RoundsRowSelection *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean any = gtk_bitset_iter_init_first (&iter, selected, &position); any;
       any = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 key = rounds_record_list_get_key (self->records, position);

      g_array_append_val (keys, key);
    }
  return keys;
}

/**
 * rounds_row_selection_set_only:
 * @id: (nullable): of what record; %NULL or one that is not listed: of none
 *
 * Tells nobody of it.
 *
 * Returns: the row, GTK_INVALID_LIST_POSITION if there is none
 */
guint
rounds_row_selection_set_only (RoundsRowSelection *self, const RoundsUuid *id)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->model);
  guint position = id != NULL ? rounds_record_list_find (self->records, id) : GTK_INVALID_LIST_POSITION;

  g_hash_table_remove_all (self->chosen);
  g_signal_handlers_block_by_func (model, selection_changed_cb, self);
  if (position == GTK_INVALID_LIST_POSITION)
    gtk_selection_model_unselect_all (model);
  else if (!gtk_selection_model_is_selected (model, position) || rounds_row_selection_get_size (self) != 1)
    gtk_selection_model_select_item (model, position, TRUE);
  g_signal_handlers_unblock_by_func (model, selection_changed_cb, self);
  return position;
}

/**
 * rounds_row_selection_click:
 * @gesture: of a row, which is pressed while the user selects
 * @item: the row's
 *
 * A click anywhere on a row selects it or not, with Shift up to there.
 */
void
rounds_row_selection_click (GtkGestureClick *gesture, GtkListItem *item)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (gtk_event_controller_get_widget (controller), "list.select-item", "(ubb)",
                              gtk_list_item_get_position (item), TRUE, (state & GDK_SHIFT_MASK) != 0);
}
