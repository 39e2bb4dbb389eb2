/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-details.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-actions.h"
#include "contacts/rounds-contact-offers.h"
#include "contacts/rounds-contact-parts.h"
#include "contacts/rounds-part-rows.h"
#include "forms/rounds-detail-row.h"
#include "forms/rounds-display.h"
#include "forms/rounds-inline-form.h"

/* As many as one page shows; nobody has more. */
#define MOST_ROWS 30

struct _RoundsContactDetails
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until it is set */
  RoundsRecord *contact;     /* (owned) (nullable) who is shown */
  GtkBox *box;
  GHashTable *forms; /* (owned) of RoundsInlineForm in the box, by name: they stay, as somebody may be typing */
  RoundsContactOffers *offers;

  GPtrArray *absent; /* (owned) of RoundsContactPart: what the contact has none of */
  guint n_leads;

  gboolean is_making; /* the page */
  GtkWidget *last;    /* (not owned) (nullable) meanwhile: after this comes what is next */
  char *today;        /* (owned) (nullable) meanwhile */
};

G_DEFINE_FINAL_TYPE (RoundsContactDetails, rounds_contact_details, ADW_TYPE_BIN)

static RoundsStore *
get_store (RoundsContactDetails *self)
{
  return rounds_app_context_get_store (self->context);
}

/* --- What stands below each other --- */

static void
place (RoundsContactDetails *self, GtkWidget *widget)
{
  if (gtk_widget_get_parent (widget) == NULL)
    gtk_box_insert_child_after (self->box, widget, self->last);
  else
    gtk_box_reorder_child_after (self->box, widget, self->last);
  self->last = widget;
}

static AdwPreferencesGroup *
add_group (RoundsContactDetails *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  place (self, group);
  return ADW_PREFERENCES_GROUP (group);
}

static const char *
get_name (RoundsEntity entity)
{
  return rounds_entity_get_info (entity)->name;
}

/* Returns: the group for what the contact has several of, with a button that adds one */
static AdwPreferencesGroup *
add_part_group (RoundsContactDetails *self, const char *title, const RoundsContactPart *part)
{
  AdwPreferencesGroup *group = add_group (self, title);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  /* Translators: %s is a section of a contact, such as Address. */
  g_autofree char *label = g_strdup_printf (_ ("Add %s"), _ (part->title));

  gtk_widget_set_tooltip_text (button, label);
  rounds_detail_row_set_key (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", get_name (part->entity));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "details.add");
  adw_preferences_group_set_header_suffix (group, button);
  return group;
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

static gboolean
is_period (RoundsEntity entity, guint *to_field)
{
  switch ((int) entity)
    {
    case ROUNDS_ENTITY_PERSON_ROLE:
      *to_field = ROUNDS_PERSON_ROLE_VALID_TO;
      return TRUE;
    case ROUNDS_ENTITY_AFFILIATION:
      *to_field = ROUNDS_AFFILIATION_VALID_TO;
      return TRUE;
    case ROUNDS_ENTITY_PATIENT_PHYSICIAN:
      *to_field = ROUNDS_PATIENT_PHYSICIAN_VALID_TO;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_over (RoundsContactDetails *self, RoundsRecord *record)
{
  const char *to;
  guint to_field;

  if (!is_period (rounds_record_get_entity (record), &to_field))
    return FALSE;
  to = rounds_record_get_text (record, to_field);
  return to != NULL && g_strcmp0 (to, self->today) <= 0;
}

/* The order of the rows: what is over comes behind what is, otherwise as they are listed. */
static int
compare_over (gconstpointer a, gconstpointer b, gpointer data)
{
  return is_over (data, *(RoundsRecord *const *) a) - is_over (data, *(RoundsRecord *const *) b);
}

/* What the contact has several of. What is over stays, and steps back. */
static void
show_parts (RoundsContactDetails *self, const char *title, RoundsEntity entity, guint owner_field, RoundsRecord *owner)
{
  const RoundsContactPart *part = rounds_contact_part_find (entity, NULL);
  g_autoptr (GPtrArray) records = list_of (self, entity, owner_field, owner);
  AdwPreferencesGroup *group;

  if (records->len == 0)
    {
      g_ptr_array_add (self->absent, (gpointer) part);
      return;
    }
  g_ptr_array_sort_with_data (records, compare_over, self); /* stable */
  group = add_part_group (self, title, part);
  for (guint i = 0; i < records->len; i++)
    {
      GtkWidget *row = rounds_part_row_new (get_store (self), records->pdata[i]);

      if (is_over (self, records->pdata[i]))
        gtk_widget_add_css_class (row, "rounds-over");
      adw_preferences_group_add (group, row);
    }
}

/* --- What is edited where it stands --- */

static void show_offers (RoundsContactDetails *self);

/* A row that goes may have had the focus: it goes on to where rows come from. */
static void
toggled_cb (RoundsContactDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->is_making) /* all is told at its end */
    return;
  show_offers (self);
  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->offers));
}

static void
add_buttons (RoundsInlineForm *form)
{
  static const struct
  {
    RoundsEntity entity;
    guint field;
    const char *icon;
    const char *label;
    const char *action;
  } buttons[] = {
    { ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_PHONE, "call-start-symbolic", N_ ("Call"), "details.call" },
    { ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_EMAIL, "mail-unread-symbolic", N_ ("Write an Email"), "details.email" },
    { ROUNDS_ENTITY_ORGANISATION, ROUNDS_ORGANISATION_PHONE, "call-start-symbolic", N_ ("Call"), "details.call" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *row = rounds_inline_form_get_entity (form) == buttons[i].entity
                         ? rounds_inline_form_get_row (form, buttons[i].field)
                         : NULL;

      if (row != NULL)
        rounds_detail_row_add_button (ROUNDS_DETAIL_ROW (row), buttons[i].icon, _ (buttons[i].label), buttons[i].action,
                                      NULL);
    }
}

/* Shows the fields of @part of @record, which may be %NULL, in the form called @name. */
static void
show_form (RoundsContactDetails *self, const char *name, const RoundsContactPart *part, RoundsRecord *record)
{
  RoundsInlineForm *form = g_hash_table_lookup (self->forms, name);

  if (form == NULL && record == NULL)
    return;
  if (form == NULL)
    {
      form = ROUNDS_INLINE_FORM (
        rounds_inline_form_new (self->context, part->name, part->entity, part->n_fields, part->fields));
      if (part->has_heading)
        adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (form), _ (part->title));
      add_buttons (form);
      g_hash_table_insert (self->forms, g_strdup (name), form);
      g_signal_connect_object (form, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
    }
  place (self, GTK_WIDGET (form));
  rounds_inline_form_set_record (form, record);
}

/* A record of the contact of which there is at most one. */
static void
show_part_form (RoundsContactDetails *self, const char *name, RoundsEntity entity, RoundsRecord *record)
{
  show_form (self, name, rounds_contact_part_find (entity, name), record);
}

static RoundsRecord *
find_of_contact (RoundsContactDetails *self, RoundsEntity entity)
{
  if (rounds_record_get_entity (self->contact) != ROUNDS_ENTITY_PERSON)
    return NULL;
  return rounds_find_of_person (get_store (self), entity, rounds_record_get_id (self->contact));
}

/* --- Sections --- */

/* What became of a lead, or what can. */
static void
show_conversion (RoundsContactDetails *self, RoundsRecord *lead)
{
  AdwPreferencesGroup *group = add_group (self, "");
  const char *status = rounds_record_get_text (lead, ROUNDS_PATIENT_LEAD_STATUS);
  g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (lead));
  GtkWidget *row;

  if (g_strcmp0 (status, "converted") == 0 && !rounds_record_is_null (lead, ROUNDS_PATIENT_LEAD_CONVERTED_AT))
    {
      g_autofree char *when =
        rounds_display_long_day (rounds_record_get_integer (lead, ROUNDS_PATIENT_LEAD_CONVERTED_AT));

      row = rounds_detail_row_new (_ ("Became a patient"), when, NULL, NULL);
      gtk_widget_add_css_class (row, "property");
    }
  else
    {
      row = adw_button_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Convert to Patient"));
      rounds_detail_row_set_key (row, id);
      rounds_detail_row_add_keys (row);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "details.convert");
    }
  adw_preferences_group_add (group, row);
}

static void
show_leads (RoundsContactDetails *self)
{
  const RoundsContactPart *part = rounds_contact_part_find (ROUNDS_ENTITY_PATIENT_LEAD, NULL);
  g_autoptr (GPtrArray) leads = list_of (self, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, self->contact);

  for (guint i = 0; i < MAX (leads->len, self->n_leads); i++)
    {
      RoundsRecord *lead = i < leads->len ? leads->pdata[i] : NULL;
      g_autofree char *name = g_strdup_printf ("%s:%u", part->name, i);

      show_form (self, name, part, lead);
      if (lead != NULL)
        show_conversion (self, lead);
    }
  self->n_leads = leads->len;
}

static void
show_person (RoundsContactDetails *self, RoundsRecord *person)
{
  g_autoptr (RoundsRecord) patient = find_of_contact (self, ROUNDS_ENTITY_PATIENT);
  g_autoptr (RoundsRecord) physician = find_of_contact (self, ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) staff = find_of_contact (self, ROUNDS_ENTITY_STAFF);

  show_part_form (self, "reach", ROUNDS_ENTITY_PERSON, person);
  if (person != NULL)
    show_parts (self, _ ("Roles"), ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, person);
  show_part_form (self, "physician", ROUNDS_ENTITY_PHYSICIAN, physician);
  show_part_form (self, "staff", ROUNDS_ENTITY_STAFF, staff);
  if (person != NULL)
    {
      show_parts (self, _ ("Works At"), ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, person);
      show_parts (self, _ ("Addresses"), ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person);
    }
  show_part_form (self, "patient", ROUNDS_ENTITY_PATIENT, patient);
  if (patient != NULL)
    show_parts (self, _ ("Physicians"), ROUNDS_ENTITY_PATIENT_PHYSICIAN, ROUNDS_PATIENT_PHYSICIAN_PATIENT, patient);
  show_leads (self);
  if (person != NULL)
    show_parts (self, _ ("Consents"), ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON, person);
  show_part_form (self, "personal", ROUNDS_ENTITY_PERSON, person);
}

static void
show_organisation (RoundsContactDetails *self, RoundsRecord *organisation)
{
  show_part_form (self, "organisation", ROUNDS_ENTITY_ORGANISATION, organisation);
  if (organisation != NULL)
    show_parts (self, _ ("Addresses"), ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_ORGANISATION, organisation);
}

/* What comes again with the page goes; the forms stay, and the button below all. */
static void
remove_groups (RoundsContactDetails *self)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (!ROUNDS_IS_INLINE_FORM (child) && !ROUNDS_IS_CONTACT_OFFERS (child))
        gtk_box_remove (self->box, child);
    }
}

/* --- What can be added --- */

static void
offer_fields (RoundsContactDetails *self, const char *name, RoundsInlineForm *form)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_inline_form_get_entity (form));
  guint fields[MOST_ROWS];
  guint n = rounds_inline_form_list_offers (form, G_N_ELEMENTS (fields), fields);
  const char *title = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (form));

  if (n == 0)
    return;
  rounds_contact_offers_begin_section (self->offers, *title != '\0' ? title : NULL);
  for (guint i = 0; i < n; i++)
    rounds_contact_offers_add (self->offers, rounds_field_get_label (&info->fields[fields[i]]), "details.edit-field",
                               g_variant_new ("(ss)", name, info->fields[fields[i]].name));
}

static const char *
find_name (RoundsContactDetails *self, GtkWidget *form)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->forms);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value == form)
      return name;
  g_return_val_if_reached (NULL);
}

/* In the page's order, what is a record of its own last. */
static void
show_offers (RoundsContactDetails *self)
{
  rounds_contact_offers_begin (self->offers);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ROUNDS_IS_INLINE_FORM (child))
      offer_fields (self, find_name (self, child), ROUNDS_INLINE_FORM (child));
  if (self->absent->len > 0)
    rounds_contact_offers_begin_section (self->offers, NULL);
  for (guint i = 0; i < self->absent->len; i++)
    {
      const RoundsContactPart *part = self->absent->pdata[i];

      rounds_contact_offers_add (self->offers, _ (part->title), "details.add",
                                 g_variant_new_string (get_name (part->entity)));
    }
  rounds_contact_offers_end (self->offers);
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

/* When the menu from which it was chosen has gone, and the focus with it. */
static gboolean
edit_field_cb (gpointer data)
{
  g_autoptr (GVariant) parameter = g_object_steal_data (data, "field");
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (data);
  const char *name, *field;
  RoundsInlineForm *form;

  if (parameter == NULL) /* chosen twice */
    return G_SOURCE_REMOVE;
  g_variant_get (parameter, "(&s&s)", &name, &field);
  form = g_hash_table_lookup (self->forms, name);
  if (form != NULL)
    rounds_inline_form_edit (form, (guint) rounds_entity_find_field (rounds_inline_form_get_entity (form), field));
  return G_SOURCE_REMOVE;
}

static void
edit_field_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_object_set_data_full (G_OBJECT (widget), "field", g_variant_ref (parameter), (GDestroyNotify) g_variant_unref);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, edit_field_cb, g_object_ref (widget), g_object_unref);
}

static void
add_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (widget);

  if (self->contact != NULL)
    rounds_contact_add_part (self->context, self->contact,
                             rounds_entity_from_name (g_variant_get_string (parameter, NULL)));
}

static void
convert_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsUuid id;

  if (rounds_uuid_parse (g_variant_get_string (parameter, NULL), &id))
    rounds_contact_convert_lead (ROUNDS_CONTACT_DETAILS (widget)->context, &id);
}

static void
call_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (widget);

  if (self->contact != NULL)
    rounds_contact_call (widget, self->context, self->contact);
}

static void
email_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (widget);

  if (self->contact != NULL)
    rounds_contact_write_to (widget, self->context, self->contact);
}

/* --- Life --- */

static void
rounds_contact_details_dispose (GObject *object)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (object);

  g_hash_table_remove_all (self->forms);
  self->is_making = TRUE; /* rows that go may still say that they did */
  g_clear_object (&self->contact);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_contact_details_parent_class)->dispose (object);
}

static void
rounds_contact_details_finalize (GObject *object)
{
  RoundsContactDetails *self = ROUNDS_CONTACT_DETAILS (object);

  g_hash_table_unref (self->forms);
  g_ptr_array_unref (self->absent);

  G_OBJECT_CLASS (rounds_contact_details_parent_class)->finalize (object);
}

static void
rounds_contact_details_class_init (RoundsContactDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_contact_details_finalize;
  gtk_widget_class_install_action (widget_class, "details.edit", "(ss)", edit_action);
  gtk_widget_class_install_action (widget_class, "details.edit-field", "(ss)", edit_field_action);
  gtk_widget_class_install_action (widget_class, "details.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "details.convert", "s", convert_action);
  gtk_widget_class_install_action (widget_class, "details.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "details.email", NULL, email_action);
}

static void
rounds_contact_details_init (RoundsContactDetails *self)
{
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->absent = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  self->offers = ROUNDS_CONTACT_OFFERS (rounds_contact_offers_new ());
  gtk_box_append (self->box, GTK_WIDGET (self->offers));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
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
 * @contact: (transfer none): a person or an organisation
 *
 * Shows what is stored about @contact now: a dozen indexed reads. The row that has the focus keeps it, and what is
 * being typed is left alone.
 */
void
rounds_contact_details_show (RoundsContactDetails *self, RoundsRecord *contact)
{
  g_autofree char *key = get_focused_key (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean is_person = rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;
  GtkWidget *row;

  g_return_if_fail (ROUNDS_IS_CONTACT_DETAILS (self));

  g_set_object (&self->contact, contact);
  g_ptr_array_set_size (self->absent, 0);
  self->is_making = TRUE;
  self->today = g_date_time_format (now, "%Y-%m-%d");
  self->last = NULL;
  remove_groups (self);
  show_person (self, is_person ? contact : NULL);
  show_organisation (self, is_person ? NULL : contact);
  g_clear_pointer (&self->today, g_free);
  self->is_making = FALSE;
  place (self, GTK_WIDGET (self->offers));
  show_offers (self);

  row = key != NULL ? find_row (GTK_WIDGET (self), key) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (row);
}
