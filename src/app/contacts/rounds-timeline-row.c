/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-timeline-row.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-timeline-words.h"
#include "forms/rounds-display.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-receipt-label.h"
#include "rounds-time.h"

struct _RoundsTimelineRow
{
  AdwBin parent_instance;

  RoundsAppContext *context;  /* (owned) */
  RoundsTimelineEntry *entry; /* (owned) (nullable): what is shown */
  char *label;                /* (owned) (nullable): the whole row for a screen reader */
  gboolean showing;           /* the check mark is being set by the program */

  /* Template widgets */
  GtkImage *icon;
  GtkCheckButton *check;
  GtkLabel *title;
  RoundsReceiptLabel *receipt;
  GtkLabel *time;
  GtkLabel *text;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (RoundsTimelineRow, rounds_timeline_row, ADW_TYPE_BIN)

static gboolean
is_follow_up (RoundsTimelineRow *self)
{
  return self->entry != NULL && self->entry->kind == ROUNDS_TIMELINE_FOLLOW_UPS;
}

/* --- Checking off --- */

typedef struct
{
  RoundsAppContext *context; /* (owned) */
  gboolean done;
} Toggle;

static void
toggle_free (Toggle *self)
{
  g_clear_object (&self->context);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Toggle, toggle_free)

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Toggle) toggle = data;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);

  if (undo != NULL)
    rounds_form_undo_offer (undo, toggle->context, toggle->done ? _ ("Follow-up done") : _ ("Follow-up reopened"));
  else
    rounds_app_context_report (toggle->context, error);
}

static void
save_done (RoundsTimelineRow *self, gboolean done)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  RoundsRecord *follow_up = rounds_record_dup (self->entry->record);
  Toggle *toggle = g_new0 (Toggle, 1);

  if (done)
    rounds_record_set_integer (follow_up, ROUNDS_FOLLOW_UP_DONE_AT, rounds_time_now ());
  else
    rounds_record_clear_field (follow_up, ROUNDS_FOLLOW_UP_DONE_AT);
  g_ptr_array_add (records, follow_up);
  g_ptr_array_add (before, self->entry->record);
  toggle->context = g_object_ref (self->context);
  toggle->done = done;
  rounds_form_save_async (rounds_app_context_get_store (self->context), records, before, NULL, saved_cb, toggle);
}

static void
toggled_cb (RoundsTimelineRow *self)
{
  if (!self->showing && is_follow_up (self))
    save_done (self, gtk_check_button_get_active (self->check));
}

/* --- Life --- */

static void
rounds_timeline_row_dispose (GObject *object)
{
  RoundsTimelineRow *self = ROUNDS_TIMELINE_ROW (object);

  self->showing = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_TIMELINE_ROW);
  g_clear_object (&self->entry);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_timeline_row_parent_class)->dispose (object);
}

static void
rounds_timeline_row_finalize (GObject *object)
{
  g_free (ROUNDS_TIMELINE_ROW (object)->label);

  G_OBJECT_CLASS (rounds_timeline_row_parent_class)->finalize (object);
}

static void
rounds_timeline_row_class_init (RoundsTimelineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_timeline_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_timeline_row_finalize;

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/timeline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineRow, check);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineRow, receipt);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineRow, time);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineRow, text);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineRow, note);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
rounds_timeline_row_init (RoundsTimelineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_timeline_row_new:
 * @context: the application
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
rounds_timeline_row_new (RoundsAppContext *context)
{
  RoundsTimelineRow *self = g_object_new (ROUNDS_TYPE_TIMELINE_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

static void
show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_check (RoundsTimelineRow *self)
{
  gboolean checkable = is_follow_up (self);

  gtk_widget_set_visible (GTK_WIDGET (self->check), checkable);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !checkable);
  if (!checkable)
    return;
  self->showing = TRUE;
  gtk_check_button_set_active (self->check, !rounds_record_is_null (self->entry->record, ROUNDS_FOLLOW_UP_DONE_AT));
  self->showing = FALSE;
}

/**
 * rounds_timeline_row_show:
 * @self: a row
 * @entry: what to show
 * @roles: (element-type RoundsRecord): all roles that the person has had
 */
void
rounds_timeline_row_show (RoundsTimelineRow *self, RoundsTimelineEntry *entry, GPtrArray *roles)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_auto (RoundsTimelineWords) words = ROUNDS_TIMELINE_WORDS_INIT;
  g_autofree char *time = NULL;
  g_autofree char *full_time = NULL;

  g_return_if_fail (ROUNDS_IS_TIMELINE_ROW (self));

  g_set_object (&self->entry, entry);
  rounds_timeline_words_set (&words, store, entry, roles);
  time = words.has_time ? rounds_display_time (entry->mark.at) : NULL;
  full_time = words.has_time ? rounds_display_full_time (entry->mark.at) : rounds_display_long_day (entry->mark.at);

  gtk_image_set_from_icon_name (self->icon, words.icon);
  gtk_label_set_text (self->title, words.title);
  show_label (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), full_time);
  show_label (self->text, words.text);
  show_label (self->note, words.note);
  if (words.is_warning)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "rounds-warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "rounds-warning");
  show_check (self);
  rounds_receipt_label_show (self->receipt, store, entry->record);

  g_free (self->label);
  self->label = g_strjoin (", ", words.title, full_time, words.note != NULL ? words.note : words.text,
                           rounds_receipt_label_get_text (self->receipt), NULL);
  if (is_follow_up (self))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, words.title, -1);
}

/**
 * rounds_timeline_row_toggle:
 * @self: a row
 *
 * Checks a follow-up off, or opens it again; does nothing for other entries.
 */
void
rounds_timeline_row_toggle (RoundsTimelineRow *self)
{
  g_return_if_fail (ROUNDS_IS_TIMELINE_ROW (self));

  if (is_follow_up (self))
    gtk_check_button_set_active (self->check, !gtk_check_button_get_active (self->check));
}

/**
 * rounds_timeline_row_get_label:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what a screen reader says for the row
 */
const char *
rounds_timeline_row_get_label (RoundsTimelineRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_TIMELINE_ROW (self), NULL);

  return self->label;
}
