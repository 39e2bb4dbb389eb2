/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-duplicates-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-toast.h"
#include "duplicates/rounds-duplicates-scan.h"
#include "duplicates/rounds-match-words.h"
#include "duplicates/rounds-merge-choice-row.h"

/* How often the scan's progress is shown. */
#define PROGRESS_MS 100

/* After as many a sheet has its width, and GTK has gone on from what has the keyboard no more. */
#define FRAMES_TO_SETTLE 3

struct _RoundsDuplicatesDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context;  /* (owned) */
  GCancellable *cancellable;  /* (owned): cancelled when the dialog goes */
  RoundsDuplicatesScan *scan; /* (owned) (nullable): while it runs */
  guint progress_source;      /* 0: none */
  GArray *pairs;              /* (owned) (nullable) of RoundsMatchPair */
  guint position;             /* of the pair that is shown */
  guint settled;              /* decided, of those before the position */
  RoundsRecord *kept;         /* (owned) (nullable) of the pair that is shown */
  RoundsRecord *merged;       /* (owned) (nullable) */
  GPtrArray *choices;         /* (owned) (nullable) of RoundsMergeChoice */
  gboolean has_skipped;       /* a pair */
  gboolean busy;              /* a decision is being stored */
  guint frames_to_settle;     /* 0: it has */
  gboolean narrow;

  /* Template widgets */
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkProgressBar *progress;
  GtkScrolledWindow *scroller;
  GtkLabel *reason;
  GtkLabel *kept_name;
  GtkLabel *kept_detail;
  GtkLabel *merged_name;
  GtkLabel *merged_detail;
  GtkWidget *different_group;
  GtkListBox *different;
  GtkWidget *alike_group;
  GtkListBox *alike;
  AdwStatusPage *done;
  GtkWidget *actions;
  GtkWidget *merge_button;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsDuplicatesDialog, rounds_duplicates_dialog, ADW_TYPE_DIALOG)

static RoundsStore *
get_store (RoundsDuplicatesDialog *self)
{
  return rounds_app_context_get_store (self->context);
}

static void
tell (RoundsDuplicatesDialog *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, rounds_toast_new (text, NULL));
}

/* Showing a pair */

static RoundsRecord *
get_living (RoundsDuplicatesDialog *self, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) person = rounds_store_get (get_store (self), ROUNDS_ENTITY_PERSON, id, NULL);

  return person != NULL && !rounds_record_is_deleted (person) ? g_steal_pointer (&person) : NULL;
}

static void
forget_pair (RoundsDuplicatesDialog *self)
{
  gtk_list_box_remove_all (self->different);
  gtk_list_box_remove_all (self->alike);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_object (&self->kept);
  g_clear_object (&self->merged);
}

/* Whoever has more history stays, else who was here first. FALSE: the pair is no pair any more. */
static gboolean
take_pair (RoundsDuplicatesDialog *self, const RoundsMatchPair *pair)
{
  RoundsStore *store = get_store (self);

  forget_pair (self);
  self->kept = get_living (self, &pair->first);
  self->merged = get_living (self, &pair->second);
  if (self->kept == NULL || self->merged == NULL)
    return FALSE;
  if (rounds_match_count_interactions (store, &pair->second) > rounds_match_count_interactions (store, &pair->first))
    {
      RoundsRecord *other = self->kept;

      self->kept = self->merged;
      self->merged = other;
    }
  self->choices = rounds_person_merge_list_choices (rounds_store_get_reader (store), rounds_record_get_id (self->kept),
                                                    rounds_record_get_id (self->merged), NULL);
  return self->choices != NULL;
}

static void
show_person (RoundsDuplicatesDialog *self, RoundsRecord *person, GtkLabel *name, GtkLabel *detail)
{
  g_autofree char *title = rounds_record_get_title (person);
  g_autofree char *text = rounds_match_describe_person (get_store (self), person);

  gtk_label_set_text (name, title);
  gtk_label_set_text (detail, text);
}

static void
add_alike (RoundsDuplicatesDialog *self, const RoundsFieldInfo *field, const RoundsValue *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = rounds_display_value (get_store (self), field, value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rounds_field_get_label (field));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (self->alike, row);
}

/* What both have, and have alike. That both are active says nothing. */
static void
show_alike (RoundsDuplicatesDialog *self)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (ROUNDS_ENTITY_PERSON);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type != ROUNDS_TYPE_BOOLEAN && !rounds_record_is_null (self->kept, f)
        && rounds_value_equal (rounds_record_get_value (self->kept, f), rounds_record_get_value (self->merged, f)))
      add_alike (self, &info->fields[f], rounds_record_get_value (self->kept, f));
  gtk_widget_set_visible (self->alike_group, gtk_list_box_get_row_at_index (self->alike, 0) != NULL);
}

static void
show_different (RoundsDuplicatesDialog *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      GtkWidget *row = rounds_merge_choice_row_new (get_store (self), self->choices->pdata[i]);

      g_object_bind_property (self, "narrow", row, "narrow", G_BINDING_SYNC_CREATE);
      gtk_list_box_append (self->different, row);
    }
  gtk_widget_set_visible (self->different_group, self->choices->len > 0);
}

static void
focus_first (RoundsDuplicatesDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->different, 0);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_grab_focus (self->merge_button);
}

/* A pair is read from the top, whatever has the keyboard. */
static void
begin_at_top (RoundsDuplicatesDialog *self)
{
  GtkViewport *viewport = GTK_VIEWPORT (gtk_scrolled_window_get_child (self->scroller));

  gtk_viewport_set_scroll_to_focus (viewport, FALSE);
  focus_first (self);
  gtk_viewport_set_scroll_to_focus (viewport, TRUE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static gboolean
settled_cb (GtkWidget *scroller, GdkFrameClock *clock, gpointer data)
{
  RoundsDuplicatesDialog *self = data;

  if (--self->frames_to_settle > 0)
    return G_SOURCE_CONTINUE;
  if (self->choices != NULL)
    begin_at_top (self);
  return G_SOURCE_REMOVE;
}

/* What had the keyboard goes with the last pair, and a sheet that becomes narrow just after it was opened takes its
 * content off for a moment: GTK then gives the keyboard to whatever comes next, a frame later, and scrolls there. */
static void
settle (RoundsDuplicatesDialog *self)
{
  if (self->frames_to_settle == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self->scroller), settled_cb, self, NULL);
  self->frames_to_settle = FRAMES_TO_SETTLE;
}

static void
show_pair (RoundsDuplicatesDialog *self, const RoundsMatchPair *pair)
{
  g_autofree char *reason = rounds_match_describe (pair->strength, pair->reasons);
  /* Translators: which one of how many pairs of contacts is shown. */
  g_autofree char *place = g_strdup_printf (_ ("%u of %u"), self->position + 1, self->pairs->len);

  gtk_label_set_text (self->reason, reason);
  adw_window_title_set_subtitle (self->title, place);
  show_person (self, self->kept, self->kept_name, self->kept_detail);
  show_person (self, self->merged, self->merged_name, self->merged_detail);
  show_different (self);
  show_alike (self);
  gtk_stack_set_visible_child_name (self->stack, "pair");
  gtk_widget_set_visible (self->actions, TRUE);
  begin_at_top (self);
  settle (self);
}

static void
show_end (RoundsDuplicatesDialog *self)
{
  forget_pair (self);
  adw_window_title_set_subtitle (self->title, "");
  adw_status_page_set_title (self->done, self->pairs->len == 0 ? _ ("No Duplicates") : _ ("All Done"));
  adw_status_page_set_description (self->done, self->pairs->len == 0 ? _ ("No two contacts look like the same person.")
                                               : self->has_skipped
                                                 ? _ ("Skipped pairs will be suggested again next time.")
                                                 : "");
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_set_visible (self->actions, FALSE);
}

/* Shows the pair at the position, or the next that still is one. */
static void
show_next (RoundsDuplicatesDialog *self)
{
  for (; self->position < self->pairs->len; self->position++)
    {
      const RoundsMatchPair *pair = &g_array_index (self->pairs, RoundsMatchPair, self->position);

      if (take_pair (self, pair))
        {
          show_pair (self, pair);
          return;
        }
      self->settled++; /* one of them went into somebody else */
    }
  show_end (self);
}

/* Looking for them */

static gboolean
progress_cb (gpointer data)
{
  RoundsDuplicatesDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress, rounds_duplicates_scan_get_fraction (self->scan));
  return G_SOURCE_CONTINUE;
}

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsDuplicatesDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pairs = rounds_duplicates_scan_run_finish (ROUNDS_STORE (source), result, &error);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->scan, rounds_duplicates_scan_unref);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (pairs == NULL)
    {
      rounds_app_context_report (self->context, error);
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  self->pairs = g_steal_pointer (&pairs);
  show_next (self);
}

static void
begin_scan (RoundsDuplicatesDialog *self)
{
  self->scan = rounds_duplicates_scan_new ();
  self->progress_source = g_timeout_add (PROGRESS_MS, progress_cb, self);
  rounds_duplicates_scan_run_async (self->scan, get_store (self), G_PRIORITY_DEFAULT, self->cancellable, scanned_cb,
                                    g_object_ref (self));
}

/* Deciding */

/* A decision about a pair, on its way to the database thread and back, and then what takes it back. */
typedef struct
{
  RoundsDuplicatesDialog *dialog; /* (owned) */
  guint position;
  RoundsUuid kept;
  RoundsUuid merged;
  GPtrArray *choices; /* (owned) (nullable): for merging */
  gboolean distinct;  /* else merged */
  gboolean undo;
  RoundsUuid merge; /* once it is done */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *self = data;

  g_clear_object (&self->dialog);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self);
}

static gboolean
merge (RoundsRecordStore *store, Decision *decision, GError **error)
{
  g_autoptr (RoundsRecord) record =
    rounds_person_merge_run (store, &decision->kept, &decision->merged, decision->choices, error);

  if (record != NULL)
    decision->merge = *rounds_record_get_id (record);
  return record != NULL;
}

static gboolean
unmerge (RoundsRecordStore *store, Decision *decision, GError **error)
{
  g_autoptr (GPtrArray) remainders = rounds_person_unmerge_run (store, &decision->merge, NULL, error);

  return remainders != NULL;
}

static gpointer
run_decision (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Decision *decision = data;
  gboolean done;

  if (decision->distinct)
    done = rounds_match_set_distinct (store, &decision->kept, &decision->merged, !decision->undo, error);
  else
    done = decision->undo ? unmerge (store, decision, error) : merge (store, decision, error);
  return done ? decision : NULL;
}

static void decide (Decision *decision, GAsyncReadyCallback callback);

/* Closed while the decision was on its way. */
static gboolean
is_gone (RoundsDuplicatesDialog *self)
{
  return g_cancellable_is_cancelled (self->cancellable) || self->context == NULL;
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Decision *decision = data;
  RoundsDuplicatesDialog *self = decision->dialog;
  g_autoptr (GError) error = NULL;
  gboolean done = rounds_store_run_finish (ROUNDS_STORE (source), result, &error) != NULL;

  self->busy = FALSE;
  if (!done && !is_gone (self))
    tell (self, error->message);
  else if (!is_gone (self))
    {
      self->position = decision->position;
      self->settled -= MIN (self->settled, 1);
      show_next (self);
    }
  decision_free (decision);
}

static void
undo_clicked_cb (AdwToast *toast, Decision *decision)
{
  Decision *back = g_memdup2 (decision, sizeof *decision);

  if (decision->dialog->busy)
    {
      g_free (back);
      return;
    }
  back->dialog = g_object_ref (decision->dialog);
  back->choices = NULL;
  back->undo = TRUE;
  decide (back, undone_cb);
}

static void
decision_free_closure (gpointer data, GClosure *closure)
{
  decision_free (data);
}

/* @decision: (transfer full) */
static void
offer_undo (RoundsDuplicatesDialog *self, Decision *decision)
{
  AdwToast *toast =
    rounds_toast_new (decision->distinct ? _ ("Will not be suggested again") : _ ("Contacts merged"), _ ("_Undo"));

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), decision, decision_free_closure, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Decision *decision = data;
  RoundsDuplicatesDialog *self = decision->dialog;
  g_autoptr (GError) error = NULL;
  gboolean done = rounds_store_run_finish (ROUNDS_STORE (source), result, &error) != NULL;

  self->busy = FALSE;
  if (is_gone (self))
    {
      decision_free (decision);
      return;
    }
  if (!done)
    {
      tell (self, error->message);
      decision_free (decision);
      show_next (self);
      return;
    }
  self->position = decision->position + 1;
  self->settled++;
  offer_undo (self, decision);
  show_next (self);
}

/* @decision: (transfer full): to @callback */
static void
decide (Decision *decision, GAsyncReadyCallback callback)
{
  decision->dialog->busy = TRUE;
  rounds_store_run_async (get_store (decision->dialog), run_decision, decision, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                          callback, decision);
}

static void
decide_shown (RoundsDuplicatesDialog *self, gboolean distinct)
{
  Decision *decision;

  if (self->busy || self->kept == NULL || self->choices == NULL)
    return;
  decision = g_new0 (Decision, 1);
  decision->dialog = g_object_ref (self);
  decision->position = self->position;
  decision->kept = *rounds_record_get_id (self->kept);
  decision->merged = *rounds_record_get_id (self->merged);
  decision->distinct = distinct;
  if (!distinct)
    {
      gtk_list_box_remove_all (self->different); /* the rows look at the choices, which go to another thread */
      decision->choices = g_steal_pointer (&self->choices);
    }
  decide (decision, decided_cb);
}

static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  decide_shown (ROUNDS_DUPLICATES_DIALOG (widget), FALSE);
}

static void
distinct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  decide_shown (ROUNDS_DUPLICATES_DIALOG (widget), TRUE);
}

static void
skip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsDuplicatesDialog *self = ROUNDS_DUPLICATES_DIALOG (widget);

  if (self->busy || self->kept == NULL)
    return;
  self->has_skipped = TRUE;
  self->position++;
  show_next (self);
}

/* Construction */

static void
rounds_duplicates_dialog_closed (AdwDialog *dialog)
{
  RoundsDuplicatesDialog *self = ROUNDS_DUPLICATES_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  adw_toast_overlay_dismiss_all (self->toasts); /* they hold the dialog */
  if (self->pairs != NULL)
    rounds_duplicates_set_count (get_store (self), (guint) rounds_duplicates_dialog_count_left (self));
}

static void
rounds_duplicates_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, ROUNDS_DUPLICATES_DIALOG (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_duplicates_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      ROUNDS_DUPLICATES_DIALOG (object)->narrow = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_duplicates_dialog_dispose (GObject *object)
{
  RoundsDuplicatesDialog *self = ROUNDS_DUPLICATES_DIALOG (object);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_DUPLICATES_DIALOG);
  g_clear_pointer (&self->scan, rounds_duplicates_scan_unref);
  g_clear_pointer (&self->pairs, g_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_object (&self->kept);
  g_clear_object (&self->merged);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (rounds_duplicates_dialog_parent_class)->dispose (object);
}

static void
rounds_duplicates_dialog_class_init (RoundsDuplicatesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rounds_duplicates_dialog_get_property;
  object_class->set_property = rounds_duplicates_dialog_set_property;
  object_class->dispose = rounds_duplicates_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = rounds_duplicates_dialog_closed;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/duplicates/duplicates-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, kept_name);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, kept_detail);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, merged_name);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, merged_detail);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, different_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, different);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, alike_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, alike);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, done);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, actions);
  gtk_widget_class_bind_template_child (widget_class, RoundsDuplicatesDialog, merge_button);
  gtk_widget_class_bind_template_callback (widget_class, settle);
  gtk_widget_class_install_action (widget_class, "duplicates.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "duplicates.distinct", NULL, distinct_action);
  gtk_widget_class_install_action (widget_class, "duplicates.skip", NULL, skip_action);
}

static void
rounds_duplicates_dialog_init (RoundsDuplicatesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * rounds_duplicates_dialog_new:
 * @context: the application
 *
 * Returns: (transfer floating): a dialog that is comparing contacts already
 */
RoundsDuplicatesDialog *
rounds_duplicates_dialog_new (RoundsAppContext *context)
{
  RoundsDuplicatesDialog *self = g_object_new (ROUNDS_TYPE_DUPLICATES_DIALOG, NULL);

  self->context = g_object_ref (context);
  begin_scan (self);
  return self;
}

/**
 * rounds_duplicates_dialog_new_for:
 * @context: the application
 * @first: a person
 * @second: another
 *
 * Returns: (transfer floating): a dialog that shows these two
 */
RoundsDuplicatesDialog *
rounds_duplicates_dialog_new_for (RoundsAppContext *context, const RoundsUuid *first, const RoundsUuid *second)
{
  RoundsDuplicatesDialog *self = g_object_new (ROUNDS_TYPE_DUPLICATES_DIALOG, NULL);
  RoundsMatchPair pair = { .first = *first, .second = *second, .strength = ROUNDS_MATCH_STRONG };

  self->context = g_object_ref (context);
  self->pairs = g_array_new (FALSE, FALSE, sizeof pair);
  g_array_append_val (self->pairs, pair);
  show_next (self);
  return self;
}

/** rounds_duplicates_dialog_count_left: Returns: how many pairs are still to be decided; -1 while nobody knows. */
int
rounds_duplicates_dialog_count_left (RoundsDuplicatesDialog *self)
{
  return self->pairs != NULL ? (int) (self->pairs->len - MIN (self->settled, self->pairs->len)) : -1;
}
