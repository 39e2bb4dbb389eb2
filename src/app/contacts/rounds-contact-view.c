/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-view.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-details.h"
#include "contacts/rounds-contact-roles.h"
#include "contacts/rounds-timeline-view.h"
#include "duplicates/rounds-merged-group.h"
#include "forms/rounds-display.h"
#include "forms/rounds-receipt-label.h"

/* More roles or addresses than anybody has. */
#define MOST_PARTS 20

struct _RoundsContactView
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until it is set */
  RoundsRecord *person;      /* (owned) (nullable) who is shown */
  guint idle;                /* 0: no change waits to be shown */
  guint state;               /* of the records that are shown */
  gboolean is_outdated;      /* something that they name has changed */

  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *summary;
  RoundsReceiptLabel *receipt;
  GtkScrolledWindow *scroller;
  RoundsContactDetails *details;
  RoundsMergedGroup *merged;
  RoundsTimelineView *timeline;
};

G_DEFINE_FINAL_TYPE (RoundsContactView, rounds_contact_view, ADW_TYPE_BIN)

static RoundsStore *
get_store (RoundsContactView *self)
{
  return rounds_app_context_get_store (self->context);
}

/* "MD · Physician · Cardiology · Boston" */
static void
show_summary (RoundsContactView *self)
{
  g_autoptr (GPtrArray) roles = rounds_contact_roles_list (get_store (self), rounds_record_get_id (self->person), NULL);
  g_autofree char *described = roles != NULL ? rounds_contact_roles_describe (roles) : NULL;
  g_autofree char *place = rounds_display_specialty (get_store (self), self->person);
  const char *parts[] = { rounds_record_get_text (self->person, ROUNDS_PERSON_CREDENTIALS), described, place };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  gtk_label_set_text (self->summary, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), text->len > 0);
}

/* Returns: (transfer full): the records that make up the contact: the person and what says something of them */
static GPtrArray *
list_parts (RoundsContactView *self)
{
  static const struct
  {
    RoundsEntity entity;
    guint person_field;
  } parts[] = {
    { ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON },   { ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON },
    { ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON },           { ROUNDS_ENTITY_STAFF, ROUNDS_STAFF_PERSON },
    { ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON }, { ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON },
    { ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON },   { ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON },
  };
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (records, g_object_ref (self->person));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (RoundsQuery) query = rounds_query_new (parts[i].entity);
      g_autoptr (GPtrArray) found = NULL;

      rounds_query_where_uuid (query, parts[i].person_field, ROUNDS_IS, rounds_record_get_id (self->person));
      rounds_query_limit (query, MOST_PARTS);
      found = rounds_store_list (get_store (self), query, NULL);
      if (found != NULL)
        g_ptr_array_extend (records, found, (GCopyFunc) g_object_ref, NULL);
    }
  return records;
}

/* A number that is another one when one of @records is. */
static guint
get_state (GPtrArray *records)
{
  guint state = 0;

  for (guint i = 0; i < records->len; i++)
    {
      gint64 updated_at = rounds_record_get_integer (records->pdata[i], ROUNDS_FIELD_UPDATED_AT);

      state = state * 31 + rounds_uuid_hash (rounds_record_get_id (records->pdata[i]));
      state = state * 31 + g_int64_hash (&updated_at);
    }
  return state;
}

static void
show_person (RoundsContactView *self)
{
  const char *prefix = rounds_record_get_text (self->person, ROUNDS_PERSON_PREFIX);
  const char *suffix = rounds_record_get_text (self->person, ROUNDS_PERSON_SUFFIX);
  g_autofree char *title = rounds_record_get_title (self->person);
  g_autofree char *name = g_strconcat (prefix != NULL ? prefix : "", prefix != NULL ? " " : "", title,
                                       suffix != NULL ? " " : "", suffix != NULL ? suffix : "", NULL);

  g_autoptr (GPtrArray) parts = list_parts (self);

  adw_avatar_set_text (self->avatar, title);
  gtk_label_set_text (self->name, name);
  show_summary (self);
  /* The contact is as safe as the least safe of its records. */
  rounds_receipt_label_show_all (self->receipt, get_store (self), parts);
  self->state = get_state (parts);
  self->is_outdated = FALSE;
  rounds_contact_details_show (self->details, self->person);
  rounds_merged_group_show (self->merged, self->context, self->person);
}

static gboolean
show_again_cb (gpointer data)
{
  RoundsContactView *self = data;
  g_autoptr (GPtrArray) parts = list_parts (self);

  self->idle = 0;
  if (self->is_outdated || get_state (parts) != self->state)
    show_person (self);
  return G_SOURCE_REMOVE;
}

/* What the page says about the person comes from these; the person themself is given by the page around. A sync that
 * brings hundreds of other people's addresses changes nothing here. */
static void
store_changed_cb (RoundsContactView *self, int entity)
{
  switch (entity)
    {
    case ROUNDS_ENTITY_PATIENT_PHYSICIAN:
    case ROUNDS_ENTITY_ORGANISATION:
    case ROUNDS_ENTITY_SPECIALIZATION:
    case ROUNDS_ENTITY_MEDICAL_CONDITION:
    case ROUNDS_ENTITY_MERGE:
      self->is_outdated = TRUE;
      G_GNUC_FALLTHROUGH;
    case ROUNDS_ENTITY_PERSON_ROLE:
    case ROUNDS_ENTITY_PHYSICIAN:
    case ROUNDS_ENTITY_PATIENT:
    case ROUNDS_ENTITY_PATIENT_LEAD:
    case ROUNDS_ENTITY_STAFF:
    case ROUNDS_ENTITY_CONSENT:
    case ROUNDS_ENTITY_ADDRESS:
    case ROUNDS_ENTITY_AFFILIATION:
      if (self->person != NULL && self->idle == 0)
        self->idle = g_idle_add (show_again_cb, self);
      break;
    default:
      break;
    }
}

static void
log_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactView *self = ROUNDS_CONTACT_VIEW (widget);
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *name = NULL;

  if (self->person == NULL)
    return;
  name = rounds_record_get_title (self->person);
  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (self->person));
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, name);
  rounds_app_context_create (self->context, record);
}

static void
plan_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactView *self = ROUNDS_CONTACT_VIEW (widget);
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autoptr (RoundsRecord) patient = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  if (self->person == NULL)
    return;
  name = rounds_record_get_title (self->person);
  if (!rounds_look_up_of_person (get_store (self), ROUNDS_ENTITY_PATIENT, rounds_record_get_id (self->person), &patient,
                                 &error))
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (self->person));
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, name);
  if (patient != NULL)
    rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_PATIENT, rounds_record_get_id (patient));
  rounds_app_context_create (self->context, record);
}

/* A journey that waits for its person to have become a patient. */
typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsRecord *journey;     /* (owned) */
} NewJourney;

static void
new_journey_free (NewJourney *self)
{
  g_clear_object (&self->context);
  g_clear_object (&self->journey);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NewJourney, new_journey_free)

static void
became_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NewJourney) self = data;
  g_autoptr (GError) error = NULL;

  if (rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_create (self->context, self->journey);
  else
    rounds_app_context_report (self->context, error);
}

/* Only patients are on journeys: whoever is put on one becomes a patient first. */
static void
make_patient (RoundsContactView *self, RoundsRecord *journey, guint patient_field)
{
  const RoundsUuid *person = rounds_record_get_id (self->person);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roles = rounds_contact_roles_list (get_store (self), person, &error);
  RoundsRecord *patient;
  NewJourney *waiting;

  if (roles == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  patient = rounds_record_new (ROUNDS_ENTITY_PATIENT);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, person);
  g_ptr_array_add (changes, patient);
  if (rounds_contact_roles_find (roles, "patient") == NULL)
    rounds_contact_roles_begin (changes, person, "patient");

  rounds_record_set_uuid (journey, patient_field, rounds_record_get_id (patient));
  waiting = g_new0 (NewJourney, 1);
  waiting->context = g_object_ref (self->context);
  waiting->journey = g_object_ref (journey);
  rounds_store_save_async (get_store (self), changes, NULL, became_patient_cb, waiting);
}

static void
start_journey_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactView *self = ROUNDS_CONTACT_VIEW (widget);
  RoundsEntity entity = rounds_entity_from_name (g_variant_get_string (parameter, NULL));
  guint field = entity == ROUNDS_ENTITY_CT_JOURNEY ? ROUNDS_CT_JOURNEY_PATIENT : ROUNDS_EAP_JOURNEY_PATIENT;
  g_autoptr (RoundsRecord) patient = NULL;
  g_autoptr (RoundsRecord) journey = NULL;
  g_autoptr (GError) error = NULL;

  if (self->person == NULL)
    return;
  journey = rounds_record_new (entity);
  if (!rounds_look_up_of_person (get_store (self), ROUNDS_ENTITY_PATIENT, rounds_record_get_id (self->person), &patient,
                                 &error))
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  if (patient == NULL)
    {
      make_patient (self, journey, field);
      return;
    }
  rounds_record_set_uuid (journey, field, rounds_record_get_id (patient));
  rounds_app_context_create (self->context, journey);
}

static void
go_to_day_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (ROUNDS_CONTACT_VIEW (widget)->timeline), "timeline.go-to", NULL);
}

static void
rounds_contact_view_dispose (GObject *object)
{
  RoundsContactView *self = ROUNDS_CONTACT_VIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONTACT_VIEW);
  g_clear_object (&self->person);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_contact_view_parent_class)->dispose (object);
}

static void
rounds_contact_view_class_init (RoundsContactViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_view_dispose;

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  g_type_ensure (ROUNDS_TYPE_CONTACT_DETAILS);
  g_type_ensure (ROUNDS_TYPE_TIMELINE_VIEW);
  g_type_ensure (ROUNDS_TYPE_MERGED_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, name);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, summary);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, receipt);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, details);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, merged);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactView, timeline);
  gtk_widget_class_install_action (widget_class, "contact.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "contact.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "contact.start-journey", "s", start_journey_action);
  gtk_widget_class_install_action (widget_class, "contact.go-to-day", NULL, go_to_day_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "contact.go-to-day", NULL);
}

static void
rounds_contact_view_init (RoundsContactView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_contact_view_set_context:
 * @self: a view that a template has made
 * @context: the application
 *
 * Must be called once before a person is shown.
 */
void
rounds_contact_view_set_context (RoundsContactView *self, RoundsAppContext *context)
{
  g_return_if_fail (ROUNDS_IS_CONTACT_VIEW (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  rounds_contact_details_set_context (self->details, context);
  rounds_timeline_view_set_context (self->timeline, context);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_contact_view_set_person:
 * @self: a view
 * @person: (transfer none): who to show; the same person with other values keeps the place in the history
 */
void
rounds_contact_view_set_person (RoundsContactView *self, RoundsRecord *person)
{
  gboolean same;

  g_return_if_fail (ROUNDS_IS_CONTACT_VIEW (self));
  g_return_if_fail (self->context != NULL);

  same = self->person != NULL && rounds_uuid_equal (rounds_record_get_id (self->person), rounds_record_get_id (person));
  g_set_object (&self->person, person);
  show_person (self);
  rounds_timeline_view_set_person (self->timeline, rounds_record_get_id (person));
  if (!same)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
