/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-amendments-group.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "rounds-amendment.h"
#include "sync/rounds-text-difference.h"

/* More than one report is ever amended. */
#define MOST_AMENDMENTS 50

struct _RoundsAmendmentsGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (owned) of GtkWidget (not owned) */
};

G_DEFINE_FINAL_TYPE (RoundsAmendmentsGroup, rounds_amendments_group, ADW_TYPE_PREFERENCES_GROUP)

/* (transfer full) (nullable): what the form says for a value; %NULL for a reference, whose name is told elsewhere. */
static char *
format_value (RoundsRecord *record, guint f)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, f);
  const RoundsValue *value = rounds_record_get_value (record, f);

  if (field->type == ROUNDS_TYPE_REFERENCE)
    return NULL;
  if (rounds_value_is_null (value))
    return g_strdup (_ ("nothing"));
  if (field->type == ROUNDS_TYPE_ENUM)
    return g_strdup (rounds_field_get_value_label (field, value->as.text));
  if (field->type == ROUNDS_TYPE_INSTANT)
    return rounds_display_full_time (value->as.integer);
  if (field->type == ROUNDS_TYPE_BOOLEAN)
    return g_strdup (value->as.integer != 0 ? _ ("yes") : _ ("no"));
  return rounds_field_format (field, value);
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

/* "Outcome: Met → Left material", and the notes word by word. */
static void
append_differences (GtkBox *box, RoundsRecord *original, RoundsRecord *after)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (ROUNDS_ENTITY_INTERACTION);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      g_autofree char *was = NULL;
      g_autofree char *is = NULL;
      GtkWidget *label;

      if (rounds_value_equal (rounds_record_get_value (original, f), rounds_record_get_value (after, f))
          || f == ROUNDS_INTERACTION_SENTIMENT || f == ROUNDS_INTERACTION_AI_SUMMARY)
        continue;
      label = make_label (NULL);
      if (info->fields[f].type == ROUNDS_TYPE_LONG_TEXT)
        {
          const char *before = rounds_record_get_text (original, f);
          const char *now = rounds_record_get_text (after, f);

          rounds_text_difference_show (before != NULL ? before : "", now != NULL ? now : "", GTK_LABEL (label));
        }
      else if ((was = format_value (original, f)) != NULL && (is = format_value (after, f)) != NULL)
        {
          /* Translators: what an amendment changed: a field's name, its value before and after. */
          g_autofree char *text =
            g_strdup_printf (_ ("%s: %s → %s"), rounds_field_get_label (&info->fields[f]), was, is);

          gtk_label_set_text (GTK_LABEL (label), text);
        }
      else
        {
          g_object_ref_sink (label);
          g_object_unref (label);
          continue;
        }
      gtk_box_append (box, label);
    }
}

/* (transfer full) */
static char *
describe_when (RoundsStore *store, RoundsRecord *amendment)
{
  g_autofree char *when = rounds_display_full_time (rounds_record_get_integer (amendment, ROUNDS_AMENDMENT_AMENDED_AT));
  const RoundsUuid *id = rounds_record_get_uuid (amendment, ROUNDS_AMENDMENT_STAFF);
  g_autoptr (RoundsRecord) staff = id != NULL ? rounds_store_get (store, ROUNDS_ENTITY_STAFF, id, NULL) : NULL;
  g_autofree char *name = NULL;

  if (staff == NULL)
    return g_steal_pointer (&when);
  name = rounds_display_name (store, staff);
  /* Translators: when something was amended, and by whom. */
  return g_strdup_printf (_ ("%s, by %s"), when, name);
}

/* @after: the interaction as this amendment left it */
static GtkWidget *
make_row (RoundsStore *store, RoundsRecord *amendment, RoundsRecord *original, RoundsRecord *after)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *reason = make_label (rounds_record_get_text (amendment, ROUNDS_AMENDMENT_REASON));
  g_autofree char *when = describe_when (store, amendment);
  GtkWidget *subtitle = make_label (when);

  gtk_widget_add_css_class (reason, "heading");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dimmed");
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 10);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), reason);
  gtk_box_append (GTK_BOX (box), subtitle);
  append_differences (GTK_BOX (box), original, after);
  return g_object_new (ADW_TYPE_PREFERENCES_ROW, "child", box, "activatable", FALSE, "focusable", FALSE, NULL);
}

static void
rounds_amendments_group_finalize (GObject *object)
{
  g_ptr_array_unref (ROUNDS_AMENDMENTS_GROUP (object)->rows);

  G_OBJECT_CLASS (rounds_amendments_group_parent_class)->finalize (object);
}

static void
rounds_amendments_group_class_init (RoundsAmendmentsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_amendments_group_finalize;
}

static void
rounds_amendments_group_init (RoundsAmendmentsGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Amendments"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  gint64 first = rounds_record_get_integer (*(RoundsRecord **) a, ROUNDS_AMENDMENT_AMENDED_AT);
  gint64 second = rounds_record_get_integer (*(RoundsRecord **) b, ROUNDS_AMENDMENT_AMENDED_AT);

  return (first < second) - (first > second);
}

/**
 * rounds_amendments_group_show:
 * @self: a group
 * @store: the store
 * @interaction: an interaction as it is stored
 *
 * Shows the interaction's amendments, the newest first.
 */
void
rounds_amendments_group_show (RoundsAmendmentsGroup *self, RoundsStore *store, RoundsRecord *interaction)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_AMENDMENT);
  g_autoptr (GPtrArray) amendments = NULL;
  g_autoptr (RoundsRecord) after = g_object_ref (interaction);

  g_return_if_fail (ROUNDS_IS_AMENDMENTS_GROUP (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  rounds_query_where_uuid (query, ROUNDS_AMENDMENT_INTERACTION, ROUNDS_IS, rounds_record_get_id (interaction));
  rounds_query_limit (query, MOST_AMENDMENTS);
  amendments = rounds_store_list (store, query, NULL);
  if (amendments != NULL)
    g_ptr_array_sort (amendments, compare_newest_first);
  for (guint i = 0; amendments != NULL && i < amendments->len; i++)
    {
      g_autoptr (RoundsRecord) original = rounds_amendment_read_original (amendments->pdata[i]);
      GtkWidget *row;

      if (original == NULL)
        continue;
      row = make_row (store, amendments->pdata[i], original, after);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
      g_set_object (&after, original);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}
