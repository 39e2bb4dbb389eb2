/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "trash/rounds-trash-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-hit-marks.h"
#include "forms/rounds-long-work.h"
#include "forms/rounds-toast.h"
#include "rounds-record-list.h"
#include "rounds-trash.h"
#include "trash/rounds-trash-words.h"

struct _RoundsTrashDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context;    /* (owned) (nullable) until it is made */
  RoundsRecordList *deleted;    /* (owned) (nullable) the same */
  GtkMultiSelection *selection; /* (owned) (nullable) the same */
  GStrv words;                  /* (owned) (nullable): what is searched for */

  GtkSearchEntry *search;
  GtkDropDown *kind;
  GtkStack *stack;
  GtkListView *list;
  GtkActionBar *bar;
  GtkButton *restore_button;
};

G_DEFINE_FINAL_TYPE (RoundsTrashDialog, rounds_trash_dialog, ADW_TYPE_DIALOG)

/* The widgets of a row. */
typedef struct
{
  GtkLabel *title;
  GtkLabel *rest;
  GtkWidget *button;
} Row;

static RoundsStore *
get_store (RoundsTrashDialog *self)
{
  return rounds_app_context_get_store (self->context);
}

/* Bringing back */

typedef struct
{
  RoundsAppContext *context; /* (owned) */
  GArray *records;           /* (owned) of RoundsTouched */
  char *title;               /* (owned) (nullable): of what is restored alone */
} Restoration;

static void
restoration_free (gpointer data)
{
  Restoration *self = data;

  g_clear_object (&self->context);
  g_clear_pointer (&self->records, g_array_unref);
  g_free (self->title);
  g_free (self);
}

static void
undo_restoration (gpointer data)
{
  Restoration *self = data;

  rounds_long_work_run (rounds_long_work_begin_undo (self->context, self->records->len), self->records,
                        rounds_record_store_delete_whole, NULL, NULL, NULL);
}

static void
restored_cb (gpointer data)
{
  Restoration *self = data;
  guint n = self->records->len;
  /* Translators: %s is what was restored, such as a contact's name. */
  g_autofree char *text = self->title != NULL ? g_strdup_printf (_ ("“%s” restored"), self->title)
                                              : g_strdup_printf (ngettext ("%'u restored", "%'u restored", n), n);

  rounds_app_context_toast_undo (self->context, text, undo_restoration, self, restoration_free);
}

/* Takes over @records and @title, which is of the only one. */
static void
restore (RoundsTrashDialog *self, GArray *records, char *title)
{
  Restoration *restoration = g_new0 (Restoration, 1);

  restoration->context = g_object_ref (self->context);
  restoration->records = records;
  restoration->title = title;
  rounds_long_work_run (rounds_long_work_begin (self->context, records->len), records,
                        rounds_record_store_restore_whole, restored_cb, restoration, restoration_free);
}

static void
add_target (GArray *records, RoundsRecord *record)
{
  RoundsTouched target = { rounds_record_get_entity (record), *rounds_record_get_id (record) };

  g_array_append_val (records, target);
}

static void
restore_one_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsTrashDialog *self = ROUNDS_TRASH_DIALOG (widget);
  g_autoptr (RoundsRecord) record =
    g_list_model_get_item (G_LIST_MODEL (self->deleted), g_variant_get_uint32 (parameter));
  GArray *records;

  if (record == NULL)
    return;
  records = g_array_new (FALSE, FALSE, sizeof (RoundsTouched));
  add_target (records, record);
  restore (self, records, rounds_trash_describe_title (get_store (self), record));
}

static void
restore_selected_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsTrashDialog *self = ROUNDS_TRASH_DIALOG (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *records = g_array_new (FALSE, FALSE, sizeof (RoundsTouched));
  GtkBitsetIter iter;
  guint position;

  for (gboolean any = gtk_bitset_iter_init_first (&iter, selected, &position); any;
       any = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->deleted), position);

      add_target (records, record);
    }
  restore (self, records, NULL);
}

/* Return, or two clicks. */
static void
activated_cb (RoundsTrashDialog *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "trash.restore-one", "u", position);
}

/* Rows */

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  Row *row = g_new0 (Row, 1);

  row->title = add_label (texts);
  row->rest = add_label (texts);
  gtk_widget_add_css_class (GTK_WIDGET (row->rest), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (row->rest), "dimmed");
  row->button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_set_tooltip_text (row->button, _ ("Restore"));
  gtk_widget_set_valign (row->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row->button, "flat");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), row->button);
  g_object_set_data_full (G_OBJECT (item), "row", row, g_free);
  gtk_list_item_set_child (item, box);
}

static void
bind_row_cb (RoundsTrashDialog *self, GtkListItem *item)
{
  RoundsRecord *record = gtk_list_item_get_item (item);
  Row *row = g_object_get_data (G_OBJECT (item), "row");
  g_autofree char *title = rounds_trash_describe_title (get_store (self), record);
  g_autofree char *rest = rounds_trash_describe_rest (get_store (self), record);
  g_autofree char *label = g_strdup_printf ("%s, %s", title, rest);

  rounds_hit_marks_show (row->title, title, (const char *const *) self->words);
  gtk_label_set_text (row->rest, rest);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row->button), "u", gtk_list_item_get_position (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row->button), "trash.restore-one");
  gtk_list_item_set_accessible_label (item, label);
}

/* The list */

static RoundsEntity
get_kind (RoundsTrashDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind);
  guint n;
  const RoundsEntity *kinds = rounds_trash_get_kinds (&n);

  return selected > 0 && selected <= n ? kinds[selected - 1] : ROUNDS_ENTITY_NONE;
}

static gboolean
is_filtered (RoundsTrashDialog *self)
{
  return get_kind (self) != ROUNDS_ENTITY_NONE || self->words != NULL;
}

static void
show_state (RoundsTrashDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->deleted));

  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!rounds_record_list_is_loading (self->deleted))
    gtk_stack_set_visible_child_name (self->stack, is_filtered (self) ? "nothing" : "empty");
}

static void
selection_changed_cb (RoundsTrashDialog *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n = (guint) gtk_bitset_get_size (selected);
  /* Translators: brings back so many things that were deleted */
  g_autofree char *label = g_strdup_printf (ngettext ("_Restore %'u", "_Restore %'u", n), n);

  gtk_button_set_label (self->restore_button, label);
  gtk_action_bar_set_revealed (self->bar, n > 1);
}

static void
items_changed_cb (RoundsTrashDialog *self)
{
  show_state (self);
  selection_changed_cb (self);
}

static void
filter_changed_cb (RoundsTrashDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (RoundsQuery) query = NULL;

  if (self->deleted == NULL)
    return;
  g_clear_pointer (&self->words, g_strfreev);
  if (*text != '\0')
    self->words = rounds_search_words (text);
  query = rounds_trash_query (get_kind (self), text);
  rounds_record_list_set_query (self->deleted, query);
  show_state (self);
}

static void
stop_search_cb (RoundsTrashDialog *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    adw_dialog_close (ADW_DIALOG (self));
  else
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
rounds_trash_dialog_dispose (GObject *object)
{
  RoundsTrashDialog *self = ROUNDS_TRASH_DIALOG (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->deleted);
  g_clear_object (&self->context);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (rounds_trash_dialog_parent_class)->dispose (object);
}

static void
rounds_trash_dialog_class_init (RoundsTrashDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_trash_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/trash/trash-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTrashDialog, search);
  gtk_widget_class_bind_template_child (widget_class, RoundsTrashDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RoundsTrashDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsTrashDialog, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsTrashDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsTrashDialog, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "trash.restore-one", "u", restore_one_action);
  gtk_widget_class_install_action (widget_class, "trash.restore", NULL, restore_selected_action);
}

static void
rounds_trash_dialog_init (RoundsTrashDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_toast_keep_above (GTK_WIDGET (self->bar));
}

static void
fill_kinds (RoundsTrashDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n;
  const RoundsEntity *kinds = rounds_trash_get_kinds (&n);

  /* Translators: of any kind */
  gtk_string_list_append (labels, _ ("All"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, rounds_entity_get_label (kinds[i]));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (labels));
}

static void
make_list (RoundsTrashDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (RoundsQuery) query = rounds_trash_query (ROUNDS_ENTITY_NONE, NULL);

  self->deleted = rounds_record_list_new (get_store (self), query);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->deleted)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deleted, "notify::loading", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deleted, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  items_changed_cb (self);
}

/** rounds_trash_dialog_new: Returns: (transfer floating): a dialog to be presented */
RoundsTrashDialog *
rounds_trash_dialog_new (RoundsAppContext *context)
{
  RoundsTrashDialog *self = g_object_new (ROUNDS_TYPE_TRASH_DIALOG, NULL);

  self->context = g_object_ref (context);
  fill_kinds (self);
  make_list (self);
  return self;
}
