/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-promise-box.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "interactions/rounds-interaction-parts.h"
#include "rounds-promise.h"

struct _RoundsPromiseBox
{
  AdwBin parent_instance;

  AdwWrapBox *chips;

  RoundsPhrases *phrases; /* (owned) */
  GPtrArray *kept;        /* (owned) of RoundsRecord: promises of the interaction that are stored */
  GPtrArray *found;       /* (owned) of RoundsPromise, as the chips are */
  GHashTable *chosen;     /* (owned) of char *: texts of those that were pressed */
};

G_DEFINE_FINAL_TYPE (RoundsPromiseBox, rounds_promise_box, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* (transfer full) */
static char *
get_due (const RoundsPromise *promise, const RoundsLineContext *context)
{
  char text[16];

  if (!promise->has_due)
    return rounds_follow_up_get_usual_due (&context->today);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &promise->due);
  return g_strdup (text);
}

static void
toggled_cb (GtkToggleButton *button, RoundsPromiseBox *self)
{
  const char *text = g_object_get_data (G_OBJECT (button), "text");

  if (gtk_toggle_button_get_active (button))
    g_hash_table_add (self->chosen, g_strdup (text));
  else
    g_hash_table_remove (self->chosen, text);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_chip (RoundsPromiseBox *self, const RoundsPromise *promise, const RoundsLineContext *context)
{
  g_autofree char *due = get_due (promise, context);
  g_autofree char *day = rounds_display_date (due);
  /* Translators: offers to remember a promise; the first %s is what was promised, the second the day. */
  g_autofree char *text = g_strdup_printf (_ ("Promise: %s · %s"), promise->text, day);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *label = gtk_label_new (text);

  /* Its day is at the end. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_hash_table_contains (self->chosen, promise->text));
  gtk_widget_set_tooltip_text (button, _ ("Remember this promise until it is kept (Ctrl+P)"));
  gtk_widget_add_css_class (button, "rounds-chip");
  g_object_set_data_full (G_OBJECT (button), "text", g_strdup (promise->text), g_free);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  return button;
}

static void
remove_chips (RoundsPromiseBox *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    adw_wrap_box_remove (self->chips, chip);
}

static gboolean
is_kept (RoundsPromiseBox *self, const char *text)
{
  for (guint i = 0; i < self->kept->len; i++)
    if (g_strcmp0 (rounds_record_get_text (self->kept->pdata[i], ROUNDS_FOLLOW_UP_TEXT), text) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_same (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const RoundsPromise *first = a->pdata[i];
      const RoundsPromise *second = b->pdata[i];

      if (!g_str_equal (first->text, second->text) || first->has_due != second->has_due
          || (first->has_due && g_date_compare (&first->due, &second->due) != 0))
        return FALSE;
    }
  return TRUE;
}

static void
rounds_promise_box_dispose (GObject *object)
{
  RoundsPromiseBox *self = ROUNDS_PROMISE_BOX (object);

  g_clear_pointer (&self->phrases, rounds_phrases_free);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_hash_table_unref);

  G_OBJECT_CLASS (rounds_promise_box_parent_class)->dispose (object);
}

static void
rounds_promise_box_class_init (RoundsPromiseBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_promise_box_dispose;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/promise-box.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsPromiseBox, chips);
}

static void
rounds_promise_box_init (RoundsPromiseBox *self)
{
  self->phrases = rounds_phrases_new_for_locale ();
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->found = g_ptr_array_new ();
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_promise_box_set_kept:
 * @self: a box
 * @promises: (element-type RoundsRecord): the interaction's promises: those that are stored are not offered again, new
 *   ones are those that were pressed
 */
void
rounds_promise_box_set_kept (RoundsPromiseBox *self, GPtrArray *promises)
{
  g_return_if_fail (ROUNDS_IS_PROMISE_BOX (self));

  g_ptr_array_set_size (self->kept, 0);
  g_hash_table_remove_all (self->chosen);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_ptr_array_new ();
  for (guint i = 0; i < promises->len; i++)
    if (rounds_record_is_null (promises->pdata[i], ROUNDS_FIELD_CREATED_AT))
      g_hash_table_add (self->chosen, g_strdup (rounds_record_get_text (promises->pdata[i], ROUNDS_FOLLOW_UP_TEXT)));
    else
      g_ptr_array_add (self->kept, g_object_ref (promises->pdata[i]));
}

/**
 * rounds_promise_box_read:
 * @self: a box
 * @notes: the note as it is now
 *
 * Offers what the note promises.
 */
void
rounds_promise_box_read (RoundsPromiseBox *self, const char *notes)
{
  RoundsLineContext context;
  g_autoptr (GPtrArray) found = NULL;

  g_return_if_fail (ROUNDS_IS_PROMISE_BOX (self));

  rounds_line_context_init_now (&context, self->phrases);
  found = rounds_promise_find (notes, &context);
  for (guint i = found->len; i > 0; i--)
    if (is_kept (self, ((RoundsPromise *) found->pdata[i - 1])->text))
      g_ptr_array_remove_index (found, i - 1);
  if (is_same (self->found, found))
    return;
  g_ptr_array_unref (self->found);
  self->found = g_steal_pointer (&found);
  remove_chips (self);
  for (guint i = 0; i < self->found->len; i++)
    adw_wrap_box_append (self->chips, make_chip (self, self->found->pdata[i], &context));
  gtk_widget_set_visible (GTK_WIDGET (self), self->found->len > 0);
}

/**
 * rounds_promise_box_press:
 * @self: a box
 *
 * Presses the first chip that is not pressed yet; where all are, takes the last one back.
 *
 * Returns: %FALSE if there is none
 */
gboolean
rounds_promise_box_press (RoundsPromiseBox *self)
{
  GtkWidget *chip, *last = NULL;

  g_return_val_if_fail (ROUNDS_IS_PROMISE_BOX (self), FALSE);

  for (chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      last = chip;
      if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
        break;
    }
  if (last == NULL)
    return FALSE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (last), chip != NULL);
  return TRUE;
}

/**
 * rounds_promise_box_list_chosen:
 * @self: a box
 *
 * Returns: (transfer full) (element-type RoundsRecord): a new promise for each chip that is pressed
 */
GPtrArray *
rounds_promise_box_list_chosen (RoundsPromiseBox *self)
{
  GPtrArray *promises = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsLineContext context;

  g_return_val_if_fail (ROUNDS_IS_PROMISE_BOX (self), promises);

  rounds_line_context_init_now (&context, self->phrases);
  for (guint i = 0; i < self->found->len; i++)
    {
      const RoundsPromise *promise = self->found->pdata[i];
      g_autofree char *due = get_due (promise, &context);

      if (g_hash_table_contains (self->chosen, promise->text))
        g_ptr_array_add (promises, rounds_follow_up_new ("promise", promise->text, due));
    }
  return promises;
}
