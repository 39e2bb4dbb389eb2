/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-filter-form.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-filter-words.h"
#include "forms/rounds-field-labels.h"

/* More than any team has to choose from. */
#define MOST_CHOICES 2000

struct _RoundsContactFilterForm
{
  AdwBin parent_instance;

  gboolean showing;    /* what changes is not the user's doing */
  GArray *specialties; /* (owned) of RoundsUuid: those of the row, after its first entry */
  GArray *territories; /* (owned) the same */

  AdwComboRow *role;
  AdwComboRow *specialty;
  AdwEntryRow *place;
  AdwComboRow *territory;
  AdwComboRow *seen;
  AdwComboRow *consent_channel;
  AdwComboRow *consent_state;
};

G_DEFINE_FINAL_TYPE (RoundsContactFilterForm, rounds_contact_filter_form, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What can be chosen of when somebody was last seen. */
static const struct
{
  RoundsSeen seen;
  guint days;
} times[] = {
  { ROUNDS_SEEN_ANY, 0 },          { ROUNDS_SEEN_NEVER, 0 },       { ROUNDS_SEEN_WITHIN, 7 },
  { ROUNDS_SEEN_WITHIN, 30 },      { ROUNDS_SEEN_WITHIN, 90 },     { ROUNDS_SEEN_NOT_WITHIN, 30 },
  { ROUNDS_SEEN_NOT_WITHIN, 60 },  { ROUNDS_SEEN_NOT_WITHIN, 90 }, { ROUNDS_SEEN_NOT_WITHIN, 180 },
  { ROUNDS_SEEN_NOT_WITHIN, 365 },
};

static const char *const states[] = { "granted", "withdrawn", "none" };

static const RoundsFieldInfo *
get_role_field (void)
{
  return rounds_entity_get_field (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_TYPE);
}

static const RoundsFieldInfo *
get_channel_field (void)
{
  return rounds_entity_get_field (ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_CHANNEL);
}

/* Entries "any" and the labels of @field's values. */
static void
fill_with_values (AdwComboRow *row, const RoundsFieldInfo *field)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("Any"));
  for (guint i = 0; field->values[i] != NULL; i++)
    gtk_string_list_append (labels, rounds_field_get_value_label (field, field->values[i]));
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
}

static void
fill_times (RoundsContactFilterForm *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = rounds_contact_filter_describe_seen (times[i].seen, times[i].days);

      gtk_string_list_append (labels, text != NULL ? text : _ ("Any"));
    }
  adw_combo_row_set_model (self->seen, G_LIST_MODEL (labels));
}

/* Entries "any" and the names of @entity's records, whose ids are noted. */
static void
fill_with_records (AdwComboRow *row, GArray *ids, RoundsStore *store, RoundsEntity entity)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (entity));
  g_autoptr (GPtrArray) records = rounds_store_list (store, rounds_query_limit (query, MOST_CHOICES), NULL);

  g_array_set_size (ids, 0);
  gtk_string_list_append (labels, _ ("Any"));
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      g_autofree char *name = rounds_record_get_title (records->pdata[i]);

      gtk_string_list_append (labels, name);
      g_array_append_val (ids, *rounds_record_get_id (records->pdata[i]));
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  gtk_widget_set_visible (GTK_WIDGET (row), ids->len > 0);
}

static void
choose_value (AdwComboRow *row, const char *const *values, const char *value)
{
  guint selected = 0;

  for (guint i = 0; value != NULL && values[i] != NULL; i++)
    if (g_str_equal (values[i], value))
      selected = i + 1;
  adw_combo_row_set_selected (row, selected);
}

static void
choose_record (AdwComboRow *row, GArray *ids, const RoundsUuid *id)
{
  guint selected = 0;

  for (guint i = 0; i < ids->len; i++)
    if (rounds_uuid_equal (&g_array_index (ids, RoundsUuid, i), id))
      selected = i + 1;
  adw_combo_row_set_selected (row, selected);
}

static RoundsUuid
get_record (AdwComboRow *row, GArray *ids)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected > 0 && selected <= ids->len ? g_array_index (ids, RoundsUuid, selected - 1) : (RoundsUuid) { { 0 } };
}

/* Returns: (transfer full) (nullable) */
static char *
get_value (AdwComboRow *row, const char *const *values)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? g_strdup (values[selected - 1]) : NULL;
}

static void
changed_cb (RoundsContactFilterForm *self)
{
  if (self->showing)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->consent_state), adw_combo_row_get_selected (self->consent_channel) > 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
rounds_contact_filter_form_dispose (GObject *object)
{
  ROUNDS_CONTACT_FILTER_FORM (object)->showing = TRUE; /* what the rows say while they go is no choice */
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONTACT_FILTER_FORM);

  G_OBJECT_CLASS (rounds_contact_filter_form_parent_class)->dispose (object);
}

static void
rounds_contact_filter_form_finalize (GObject *object)
{
  RoundsContactFilterForm *self = ROUNDS_CONTACT_FILTER_FORM (object);

  g_array_unref (self->specialties);
  g_array_unref (self->territories);

  G_OBJECT_CLASS (rounds_contact_filter_form_parent_class)->finalize (object);
}

static void
rounds_contact_filter_form_class_init (RoundsContactFilterFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_filter_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_contact_filter_form_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", ROUNDS_TYPE_CONTACT_FILTER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-filter-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterForm, role);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterForm, specialty);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterForm, place);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterForm, territory);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterForm, seen);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterForm, consent_channel);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterForm, consent_state);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rounds_contact_filter_form_init (RoundsContactFilterForm *self)
{
  self->showing = TRUE;
  self->specialties = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  self->territories = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_with_values (self->role, get_role_field ());
  fill_with_values (self->consent_channel, get_channel_field ());
  fill_times (self);
  self->showing = FALSE;
}

static guint
find_time (const RoundsContactFilter *filter)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (times[i].seen == filter->seen && times[i].days == filter->days)
      return i;
  return 0;
}

/**
 * rounds_contact_filter_form_show:
 * @store: the store, whose specialties and territories can be chosen
 * @filter: what the rows show
 */
void
rounds_contact_filter_form_show (RoundsContactFilterForm *self, RoundsStore *store, const RoundsContactFilter *filter)
{
  self->showing = TRUE;
  fill_with_records (self->specialty, self->specialties, store, ROUNDS_ENTITY_SPECIALIZATION);
  fill_with_records (self->territory, self->territories, store, ROUNDS_ENTITY_TERRITORY);
  choose_value (self->role, get_role_field ()->values, filter->role);
  choose_record (self->specialty, self->specialties, &filter->specialty);
  gtk_editable_set_text (GTK_EDITABLE (self->place), filter->place != NULL ? filter->place : "");
  choose_record (self->territory, self->territories, &filter->territory);
  adw_combo_row_set_selected (self->seen, find_time (filter));
  choose_value (self->consent_channel, get_channel_field ()->values, filter->consent_channel);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (filter->consent_state, states[i]) == 0)
      adw_combo_row_set_selected (self->consent_state, i);
  gtk_widget_set_sensitive (GTK_WIDGET (self->consent_state), filter->consent_channel != NULL);
  self->showing = FALSE;
}

/** rounds_contact_filter_form_apply: puts what is chosen into @filter; what no row shows stays. */
void
rounds_contact_filter_form_apply (RoundsContactFilterForm *self, RoundsContactFilter *filter)
{
  g_autofree char *place = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->place))));
  guint time = MIN (adw_combo_row_get_selected (self->seen), G_N_ELEMENTS (times) - 1);

  for (int i = 0; i < ROUNDS_N_FILTER_PARTS; i++)
    if (i != ROUNDS_FILTER_ORGANISATION)
      rounds_contact_filter_clear_part (filter, (RoundsFilterPart) i);
  filter->role = get_value (self->role, get_role_field ()->values);
  filter->specialty = get_record (self->specialty, self->specialties);
  filter->place = *place != '\0' ? g_steal_pointer (&place) : NULL;
  filter->territory = get_record (self->territory, self->territories);
  filter->seen = times[time].seen;
  filter->days = times[time].days;
  filter->consent_channel = get_value (self->consent_channel, get_channel_field ()->values);
  if (filter->consent_channel != NULL)
    filter->consent_state =
      g_strdup (states[MIN (adw_combo_row_get_selected (self->consent_state), G_N_ELEMENTS (states) - 1)]);
}
