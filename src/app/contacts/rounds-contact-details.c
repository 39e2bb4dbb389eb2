/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-details.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-change-words.h"
#include "contacts/rounds-contact-parts.h"
#include "contacts/rounds-detail-row.h"
#include "contacts/rounds-part-dialog.h"
#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-form-save.h"
#include "rounds-lead-conversion.h"
#include "rounds-time.h"

/* As many as one page shows; nobody has more. */
#define MOST_ROWS 30

struct _RoundsContactDetails
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until it is set */
  RoundsRecord *person;      /* (owned) (nullable) who is shown */
  GtkBox *box;               /* (not owned): the groups, made anew each time */
  GtkWidget *offers;         /* (owned) (nullable) while the page is made: what can be added */
  char *today;               /* (owned) (nullable) while the page is made */
};

G_DEFINE_FINAL_TYPE (RoundsContactDetails, rounds_contact_details, ADW_TYPE_BIN)

static RoundsStore *
get_store (RoundsContactDetails *self)
{
  return rounds_app_context_get_store (self->context);
}

/* --- Groups --- */

static AdwPreferencesGroup *
add_group (RoundsContactDetails *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->box, group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_header_button (AdwPreferencesGroup *group, const char *icon, const char *label, const char *action,
                   const char *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  rounds_detail_row_set_key (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_preferences_group_set_header_suffix (group, button);
}

/* What the contact does not have yet is offered at the page's end. */
static void
offer (RoundsContactDetails *self, const char *label, const char *action, const char *target)
{
  GtkWidget *row = adw_button_row_new ();

  if (self->offers == NULL)
    self->offers = g_object_ref_sink (adw_preferences_group_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  rounds_detail_row_set_key (row, label);
  rounds_detail_row_add_return (row);
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (row), "list-add-symbolic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->offers), row);
}

static const char *
get_name (RoundsEntity entity)
{
  return rounds_entity_get_info (entity)->name;
}

/* Returns: (transfer full): the records of @entity whose @field is @owner */
static GPtrArray *
list_of (RoundsContactDetails *self, RoundsEntity entity, guint field, RoundsRecord *owner)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  GPtrArray *records;

  rounds_query_where_uuid (query, field, ROUNDS_IS, rounds_record_get_id (owner));
  rounds_query_limit (query, MOST_ROWS);
  records = rounds_store_list (get_store (self), query, NULL);
  return records != NULL ? records : g_ptr_array_new_with_free_func (g_object_unref);
}

/* Adds a row for each field of @part that says something. Returns: whether there is any */
static gboolean
add_fields (RoundsContactDetails *self, AdwPreferencesGroup *group, RoundsRecord *record, const RoundsContactPart *part,
            const char *action, GVariant *target)
{
  g_autoptr (GVariant) held = g_variant_ref_sink (target);
  gboolean any = FALSE;

  for (guint i = 0; i < part->n_fields; i++)
    {
      const RoundsFieldInfo *field = rounds_entity_get_field (part->entity, part->fields[i]);
      g_autofree char *value = NULL;
      GtkWidget *row;

      /* That somebody is active needs no saying. */
      if (field->type == ROUNDS_TYPE_BOOLEAN && rounds_record_get_boolean (record, part->fields[i]))
        continue;
      value = rounds_display_value (get_store (self), field, rounds_record_get_value (record, part->fields[i]));
      if (value == NULL || *value == '\0')
        continue;
      row = rounds_detail_row_new (rounds_field_get_label (field), value, action, held);
      gtk_widget_add_css_class (row, "property");
      adw_preferences_group_add (group, row);
      any = TRUE;
    }
  return any;
}

static void
drop_group (AdwPreferencesGroup *group)
{
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (group))), GTK_WIDGET (group));
}

/* A record of which there is one, field by field. */
static void
show_single (RoundsContactDetails *self, RoundsRecord *record, const char *label_if_empty)
{
  const RoundsContactPart *part = rounds_contact_part_find (rounds_record_get_entity (record), NULL);
  AdwPreferencesGroup *group = add_group (self, _ (part->title));

  if (!add_fields (self, group, record, part, "details.edit", rounds_detail_row_make_target (record)))
    adw_preferences_group_add (
      group, rounds_detail_row_new (label_if_empty, NULL, "details.edit", rounds_detail_row_make_target (record)));
}

/* --- Sections --- */

static void
show_reach (RoundsContactDetails *self)
{
  const char *phone = rounds_record_get_text (self->person, ROUNDS_PERSON_PHONE);
  const char *email = rounds_record_get_text (self->person, ROUNDS_PERSON_EMAIL);
  AdwPreferencesGroup *group;

  if (phone == NULL && email == NULL)
    {
      offer (self, _ ("Add Phone or Email"), "details.edit-person", "reach");
      return;
    }
  group = add_group (self, "");
  if (phone != NULL)
    {
      GtkWidget *row =
        rounds_detail_row_new (_ ("Phone"), phone, "details.edit-person", g_variant_new_string ("reach"));

      gtk_widget_add_css_class (row, "property");
      rounds_detail_row_add_button (row, "call-start-symbolic", _ ("Call"), "contact.call", NULL);
      adw_preferences_group_add (group, row);
    }
  if (email != NULL)
    {
      GtkWidget *row =
        rounds_detail_row_new (_ ("Email"), email, "details.edit-person", g_variant_new_string ("reach"));

      gtk_widget_add_css_class (row, "property");
      rounds_detail_row_add_button (row, "mail-unread-symbolic", _ ("Write an Email"), "contact.email", NULL);
      adw_preferences_group_add (group, row);
    }
}

static gboolean
is_over (RoundsContactDetails *self, RoundsRecord *record, guint to_field)
{
  const char *to = rounds_record_get_text (record, to_field);

  return to != NULL && g_strcmp0 (to, self->today) <= 0;
}

/* What is over stays, and steps back. */
static void
add_period_row (RoundsContactDetails *self, AdwPreferencesGroup *group, RoundsRecord *record, guint to_field)
{
  GtkWidget *row = rounds_detail_row_new_for (get_store (self), record);

  if (is_over (self, record, to_field))
    gtk_widget_add_css_class (row, "rounds-over");
  adw_preferences_group_add (group, row);
}

static void
show_roles (RoundsContactDetails *self)
{
  g_autoptr (GPtrArray) roles = list_of (self, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, self->person);
  AdwPreferencesGroup *group;

  if (roles->len == 0)
    {
      offer (self, _ ("Add Role"), "details.add", get_name (ROUNDS_ENTITY_PERSON_ROLE));
      return;
    }
  group = add_group (self, _ ("Roles"));
  add_header_button (group, "list-add-symbolic", _ ("Add Role"), "details.add", get_name (ROUNDS_ENTITY_PERSON_ROLE));
  for (guint i = 0; i < roles->len; i++)
    add_period_row (self, group, roles->pdata[i], ROUNDS_PERSON_ROLE_VALID_TO);
}

static void
show_places (RoundsContactDetails *self)
{
  g_autoptr (GPtrArray) places = list_of (self, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, self->person);
  AdwPreferencesGroup *group;

  if (places->len == 0)
    {
      offer (self, _ ("Add Work Place"), "details.add", get_name (ROUNDS_ENTITY_AFFILIATION));
      return;
    }
  group = add_group (self, _ ("Works At"));
  add_header_button (group, "list-add-symbolic", _ ("Add Work Place"), "details.add",
                     get_name (ROUNDS_ENTITY_AFFILIATION));
  for (guint i = 0; i < places->len; i++)
    add_period_row (self, group, places->pdata[i], ROUNDS_AFFILIATION_VALID_TO);
}

static void
show_addresses (RoundsContactDetails *self)
{
  g_autoptr (GPtrArray) addresses = list_of (self, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, self->person);
  AdwPreferencesGroup *group;

  if (addresses->len == 0)
    {
      offer (self, _ ("Add Address"), "details.add", get_name (ROUNDS_ENTITY_ADDRESS));
      return;
    }
  group = add_group (self, _ ("Addresses"));
  add_header_button (group, "list-add-symbolic", _ ("Add Address"), "details.add", get_name (ROUNDS_ENTITY_ADDRESS));
  for (guint i = 0; i < addresses->len; i++)
    adw_preferences_group_add (group, rounds_detail_row_new_for (get_store (self), addresses->pdata[i]));
}

static void
show_patient (RoundsContactDetails *self)
{
  g_autoptr (RoundsRecord) patient =
    rounds_find_of_person (get_store (self), ROUNDS_ENTITY_PATIENT, rounds_record_get_id (self->person));
  g_autoptr (GPtrArray) physicians = NULL;
  AdwPreferencesGroup *group;

  if (patient == NULL)
    return;
  show_single (self, patient, _ ("Add what is known about the patient"));
  physicians = list_of (self, ROUNDS_ENTITY_PATIENT_PHYSICIAN, ROUNDS_PATIENT_PHYSICIAN_PATIENT, patient);
  if (physicians->len == 0)
    {
      offer (self, _ ("Add Physician of the Patient"), "details.add", get_name (ROUNDS_ENTITY_PATIENT_PHYSICIAN));
      return;
    }
  group = add_group (self, _ ("Physicians"));
  add_header_button (group, "list-add-symbolic", _ ("Add Physician of the Patient"), "details.add",
                     get_name (ROUNDS_ENTITY_PATIENT_PHYSICIAN));
  for (guint i = 0; i < physicians->len; i++)
    add_period_row (self, group, physicians->pdata[i], ROUNDS_PATIENT_PHYSICIAN_VALID_TO);
}

static void
show_leads (RoundsContactDetails *self)
{
  const RoundsContactPart *part = rounds_contact_part_find (ROUNDS_ENTITY_PATIENT_LEAD, NULL);
  g_autoptr (GPtrArray) leads = list_of (self, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, self->person);

  for (guint i = 0; i < leads->len; i++)
    {
      RoundsRecord *lead = leads->pdata[i];
      AdwPreferencesGroup *group = add_group (self, _ (part->title));
      const char *status = rounds_record_get_text (lead, ROUNDS_PATIENT_LEAD_STATUS);

      add_fields (self, group, lead, part, "details.edit", rounds_detail_row_make_target (lead));
      if (g_strcmp0 (status, "converted") == 0 && !rounds_record_is_null (lead, ROUNDS_PATIENT_LEAD_CONVERTED_AT))
        {
          g_autofree char *when =
            rounds_display_moment (rounds_record_get_integer (lead, ROUNDS_PATIENT_LEAD_CONVERTED_AT));

          adw_preferences_group_add (group, rounds_detail_row_new (_ ("Became a patient"), when, NULL, NULL));
        }
      else
        {
          GtkWidget *row = adw_button_row_new ();
          g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (lead));

          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Make a Patient of This Lead"));
          rounds_detail_row_set_key (row, id);
          rounds_detail_row_add_return (row);
          gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
          gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "details.convert");
          adw_preferences_group_add (group, row);
        }
    }
}

static void
show_consents (RoundsContactDetails *self)
{
  g_autoptr (GPtrArray) consents = list_of (self, ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON, self->person);
  AdwPreferencesGroup *group;

  if (consents->len == 0)
    {
      offer (self, _ ("Add Consent"), "details.add", get_name (ROUNDS_ENTITY_CONSENT));
      return;
    }
  group = add_group (self, _ ("Consents"));
  add_header_button (group, "list-add-symbolic", _ ("Add Consent"), "details.add", get_name (ROUNDS_ENTITY_CONSENT));
  for (guint i = 0; i < consents->len; i++)
    adw_preferences_group_add (group, rounds_detail_row_new_for (get_store (self), consents->pdata[i]));
}

static void
show_personal (RoundsContactDetails *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Personal"));

  if (!add_fields (self, group, self->person, rounds_contact_part_find (ROUNDS_ENTITY_PERSON, "personal"),
                   "details.edit-person", g_variant_new_string ("personal")))
    {
      drop_group (group);
      offer (self, _ ("Add Personal Details"), "details.edit-person", "personal");
    }
}

static void
show_profession (RoundsContactDetails *self)
{
  g_autoptr (RoundsRecord) physician =
    rounds_find_of_person (get_store (self), ROUNDS_ENTITY_PHYSICIAN, rounds_record_get_id (self->person));
  g_autoptr (RoundsRecord) staff =
    rounds_find_of_person (get_store (self), ROUNDS_ENTITY_STAFF, rounds_record_get_id (self->person));

  if (physician != NULL)
    show_single (self, physician, _ ("Add specialty, NPI and licence"));
  if (staff != NULL)
    show_single (self, staff, _ ("Add what they do in the team"));
}

/* --- Focus --- */

/* Returns: (nullable): the row in @root of that key */
static GtkWidget *
find_row (GtkWidget *root, const char *key)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_strcmp0 (rounds_detail_row_get_key (child), key) == 0 ? child : find_row (child, key);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): which row or button has the focus */
static char *
get_focused_key (RoundsContactDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return NULL;
  while (focus != GTK_WIDGET (self) && rounds_detail_row_get_key (focus) == NULL)
    focus = gtk_widget_get_parent (focus);
  return g_strdup (rounds_detail_row_get_key (focus));
}

/* --- Actions --- */

static void
edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (widget);
  const char *entity, *text;
  RoundsUuid id;

  g_variant_get (parameter, "(&s&s)", &entity, &text);
  if (rounds_uuid_parse (text, &id))
    rounds_app_context_open (self->context, rounds_entity_from_name (entity), &id);
}

static void
edit_person_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (widget);

  if (self->person != NULL)
    adw_dialog_present (
      ADW_DIALOG (rounds_part_dialog_new (self->context, self->person, g_variant_get_string (parameter, NULL))),
      widget);
}

static void
add_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (widget);
  RoundsEntity entity = rounds_entity_from_name (g_variant_get_string (parameter, NULL));
  const RoundsContactPart *part = rounds_contact_part_find (entity, NULL);
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsRecord) owner = NULL;

  if (self->person == NULL || part == NULL)
    return;
  owner = entity == ROUNDS_ENTITY_PATIENT_PHYSICIAN
            ? rounds_find_of_person (get_store (self), ROUNDS_ENTITY_PATIENT, rounds_record_get_id (self->person))
            : g_object_ref (self->person);
  if (owner == NULL)
    return;
  record = rounds_record_new (entity);
  rounds_record_set_uuid (record, part->owner_field, rounds_record_get_id (owner));
  rounds_app_context_create (self->context, record);
}

static void
converted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish_undo (ROUNDS_STORE (source), result, &error);

  if (undo != NULL)
    rounds_form_undo_offer (undo, context, _ ("The lead is a patient now"));
  else
    rounds_app_context_report (context, error);
}

static void
convert_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (widget);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;
  RoundsUuid id;

  if (!rounds_uuid_parse (g_variant_get_string (parameter, NULL), &id))
    return;
  changes = rounds_lead_conversion_plan (rounds_store_get_reader (get_store (self)), &id, &before, &error);
  if (changes == NULL)
    rounds_app_context_report (self->context, error);
  else
    rounds_form_save_async (get_store (self), changes, before, NULL, converted_cb, g_object_ref (self->context));
}

/* --- Life --- */

static void
rounds_contact_details_dispose (GObject *object)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (object);

  g_clear_object (&self->person);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_contact_details_parent_class)->dispose (object);
}

static void
rounds_contact_details_class_init (RoundsContactDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_details_dispose;
  gtk_widget_class_install_action (widget_class, "details.edit", "(ss)", edit_action);
  gtk_widget_class_install_action (widget_class, "details.edit-person", "s", edit_person_action);
  gtk_widget_class_install_action (widget_class, "details.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "details.convert", "s", convert_action);
}

static void
rounds_contact_details_init (RoundsContactDetails *self)
{
}

/**
 * rounds_contact_details_set_context:
 * @self: details that a template has made
 * @context: the application
 *
 * Must be called once before a person is shown.
 */
void
rounds_contact_details_set_context (RoundsContactDetails *self, RoundsAppContext *context)
{
  g_return_if_fail (ROUNDS_IS_CONTACT_DETAILS (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
}

/**
 * rounds_contact_details_show:
 * @self: details
 * @person: (transfer none): a person
 *
 * Shows what is stored about @person now: a dozen indexed reads. The row that has the focus keeps it.
 */
void
rounds_contact_details_show (RoundsContactDetails *self, RoundsRecord *person)
{
  g_autofree char *key = get_focused_key (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GtkWidget *row;

  g_return_if_fail (ROUNDS_IS_CONTACT_DETAILS (self));

  g_set_object (&self->person, person);
  self->today = g_date_time_format (now, "%Y-%m-%d");
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  show_reach (self);
  show_roles (self);
  show_profession (self);
  show_places (self);
  show_addresses (self);
  show_patient (self);
  show_leads (self);
  show_consents (self);
  show_personal (self);
  if (self->offers != NULL)
    gtk_box_append (self->box, self->offers);
  g_clear_object (&self->offers);
  g_clear_pointer (&self->today, g_free);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));

  row = key != NULL ? find_row (GTK_WIDGET (self), key) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (row);
}
