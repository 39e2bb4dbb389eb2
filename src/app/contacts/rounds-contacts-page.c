/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contacts-page.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contacts-page-private.h"
#include "forms/rounds-toast.h"

G_DEFINE_FINAL_TYPE (RoundsContactsPage, rounds_contacts_page, ADW_TYPE_BIN)

enum
{
  PROP_AS_COLUMNS = 1,
  PROP_ORDER,
  PROP_DESCENDING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* As in the settings, in the order of RoundsContactOrder. */
static const char *const orders[] = { "name", "last-seen", "place", "specialty", "organisation", "territory" };

static RoundsStore *
get_store (RoundsContactsPage *self)
{
  return rounds_app_context_get_store (self->context);
}

static gboolean
is_selecting (RoundsContactsPage *self)
{
  return rounds_contact_list_get_selecting (self->list);
}

static void
show_list_state (RoundsContactsPage *self)
{
  guint n = rounds_contact_list_get_n_rows (self->list);
  gboolean used =
    n > 0 || rounds_contact_list_is_loading (self->list) || rounds_contact_filter_bar_is_filtering (self->bar);
  g_autofree char *count = NULL;

  if (n > 0 && !rounds_contact_list_is_loading (self->list))
    /* The title above says of what: the number alone finds room in a narrow window. While only the first have been
     * read nothing is said. */
    count = g_strdup_printf ("%'u", n);
  gtk_stack_set_visible_child_name (self->root, used ? "people" : "empty");
  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
}

/* The contact */

static RoundsRecord *
get_shown (RoundsContactsPage *self)
{
  return rounds_contact_pane_get_shown (self->pane);
}

static void
show_contact (RoundsContactsPage *self, RoundsRecord *contact)
{
  g_autofree char *name = contact != NULL ? rounds_record_get_title (contact) : g_strdup (_ ("Contact"));

  rounds_contact_pane_show (self->pane, contact);
  adw_navigation_page_set_title (self->contact_page, name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.log",
                                 contact == NULL || rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON);
}

/* Keeps the list's mark on the contact in the view while the list changes under it. */
static void
select_shown (RoundsContactsPage *self, gboolean scroll)
{
  if (!is_selecting (self))
    rounds_contact_list_select_only (self->list,
                                     get_shown (self) != NULL ? rounds_record_get_id (get_shown (self)) : NULL, scroll);
}

static void
rows_changed_cb (RoundsContactsPage *self)
{
  show_list_state (self);
  if (!rounds_contact_list_is_loading (self->list))
    select_shown (self, FALSE);
}

/* The contact in the view changed or was deleted, here or elsewhere. */
static void
store_changed_cb (RoundsContactsPage *self, int entity, GPtrArray *ids)
{
  g_autoptr (RoundsRecord) contact = NULL;

  if (get_shown (self) == NULL || (RoundsEntity) entity != rounds_record_get_entity (get_shown (self)))
    return;

  contact = rounds_store_get (get_store (self), (RoundsEntity) entity, rounds_record_get_id (get_shown (self)), NULL);
  if (contact == NULL || rounds_record_is_deleted (contact))
    {
      show_contact (self, NULL);
      adw_navigation_split_view_set_show_content (self->split, FALSE);
    }
  else if (rounds_record_get_integer (contact, ROUNDS_FIELD_UPDATED_AT)
           != rounds_record_get_integer (get_shown (self), ROUNDS_FIELD_UPDATED_AT))
    show_contact (self, contact);
}

static void
opened_cb (RoundsContactsPage *self, RoundsRecord *contact)
{
  show_contact (self, contact);
  select_shown (self, FALSE);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* The selection */

static void
show_selected (RoundsContactsPage *self)
{
  guint n = rounds_row_selection_get_size (rounds_contact_list_get_selection (self->list));
  /* Translators: how many contacts are selected */
  g_autofree char *text =
    n > 0 ? g_strdup_printf (ngettext ("%'u selected", "%'u selected", n), n) : g_strdup (_ ("Select contacts"));
  static const char *const actions[] = { "selection.delete", "selection.role", "selection.territory",
                                         "selection.follow-up" };

  gtk_label_set_text (self->selected_label, text);
  rounds_contact_pane_show_selection (self->pane, is_selecting (self) ? text : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "selection.merge", n == 2);
}

static void
selecting_changed_cb (RoundsContactsPage *self)
{
  gboolean selecting = is_selecting (self);

  gtk_action_bar_set_revealed (self->selection_bar, selecting);
  if (!selecting)
    select_shown (self, FALSE);
  show_selected (self);
}

/* Arrow keys show what they pass; several are a selection. */
static void
selection_changed_cb (RoundsContactsPage *self)
{
  guint n = rounds_row_selection_get_size (rounds_contact_list_get_selection (self->list));
  g_autoptr (RoundsRecord) contact = NULL;

  if (n > 1)
    rounds_contact_list_set_selecting (self->list, TRUE);
  if (is_selecting (self))
    {
      show_selected (self);
      return;
    }
  contact = rounds_row_selection_get (rounds_contact_list_get_selection (self->list), 0);
  if (contact == NULL
      || (get_shown (self) != NULL
          && rounds_uuid_equal (rounds_record_get_id (contact), rounds_record_get_id (get_shown (self)))))
    return;
  show_contact (self, contact);
}

static void
end_selection (RoundsContactsPage *self)
{
  rounds_contact_list_set_selecting (self->list, FALSE);
}

static gboolean
list_key_pressed_cb (RoundsContactsPage *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      gtk_widget_activate_action (GTK_WIDGET (self), is_selecting (self) ? "selection.delete" : "contact.delete", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (!is_selecting (self))
        return GDK_EVENT_PROPAGATE;
      end_selection (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* The filter */

static guint
find_order (const char *order)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_strcmp0 (orders[i], order) == 0)
      return i;
  return 0;
}

static void
filter_changed_cb (RoundsContactsPage *self)
{
  const RoundsContactFilter *filter = rounds_contact_filter_bar_get_filter (self->bar);

  if (self->context == NULL)
    return;
  rounds_contact_list_set_filter (self->list, filter);
  if (g_set_str (&self->order, orders[filter->order]))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORDER]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DESCENDING]);
  show_list_state (self);
}

static void
order_changed_cb (RoundsContactsPage *self, int order, gboolean descending)
{
  rounds_contact_filter_bar_set_order (self->bar, (RoundsContactOrder) order, descending);
}

/* Return in the search opens the first one found. */
static void
search_activated_cb (RoundsContactsPage *self)
{
  rounds_contact_list_open_first (self->list);
}

static void
search_left_cb (RoundsContactsPage *self, gboolean down)
{
  if (!down || !rounds_contact_list_focus_first (self->list))
    rounds_contact_list_focus (self->list);
}

/* All who work at the organisation that is shown. */
static void
show_people_cb (RoundsContactsPage *self)
{
  RoundsContactFilter filter = { .kind = ROUNDS_CONTACTS_PEOPLE };

  if (get_shown (self) == NULL)
    return;
  filter.organisation = *rounds_record_get_id (get_shown (self));
  filter.order = rounds_contact_filter_bar_get_filter (self->bar)->order;
  rounds_contact_filter_bar_set_filter (self->bar, &filter);
  adw_navigation_split_view_set_show_content (self->split, FALSE);
}

/* The layout */

/* Columns take the whole page, and a contact comes in front of them. Typing anywhere on the page is searching, where
 * the search can be seen. */
static void
update_layout (RoundsContactsPage *self)
{
  gboolean as_columns = self->as_columns && !self->narrow;
  gboolean collapsed = self->narrow || as_columns;

  adw_navigation_split_view_set_collapsed (self->split, collapsed);
  rounds_contact_list_set_as_columns (self->list, as_columns);
  rounds_contact_filter_bar_capture_keys (self->bar, collapsed ? GTK_WIDGET (self->list) : GTK_WIDGET (self));
}

static void
narrow_cb (RoundsContactsPage *self)
{
  self->narrow = TRUE;
  update_layout (self);
}

static void
wide_cb (RoundsContactsPage *self)
{
  self->narrow = FALSE;
  update_layout (self);
}

static void
set_as_columns (RoundsContactsPage *self, gboolean as_columns)
{
  if (self->as_columns == as_columns)
    return;
  self->as_columns = as_columns;
  if (as_columns)
    adw_navigation_split_view_set_show_content (self->split, FALSE);
  update_layout (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AS_COLUMNS]);
}

static void
set_order (RoundsContactsPage *self, const char *order)
{
  const RoundsContactFilter *filter = rounds_contact_filter_bar_get_filter (self->bar);
  guint chosen = find_order (order);

  g_set_str (&self->order, orders[chosen]);
  /* Whom one saw last is what one asks for. */
  if (filter->order != chosen)
    rounds_contact_filter_bar_set_order (self->bar, (RoundsContactOrder) chosen,
                                         chosen == ROUNDS_CONTACTS_BY_LAST_SEEN);
}

static void
set_up (RoundsContactsPage *self, RoundsAppContext *context)
{
  GSettings *settings = rounds_app_context_get_settings (context);
  g_autoptr (RoundsContactFilter) filter = rounds_contact_filter_new ();

  self->context = g_object_ref (context);
  rounds_contact_pane_set_context (self->pane, self->context);
  rounds_duplicates_banner_set_context (self->duplicates, self->context);
  rounds_contact_filter_bar_set_up (self->bar, self->context);
  rounds_contact_list_set_up (self->list, self->context, filter);
  g_settings_bind (settings, "contact-order", self, "order", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "contacts-as-columns", self, "as-columns", G_SETTINGS_BIND_DEFAULT);
  show_list_state (self);
  show_contact (self, NULL);
  show_selected (self);
  update_layout (self);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
rounds_contacts_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (object);

  switch (id)
    {
    case PROP_AS_COLUMNS:
      g_value_set_boolean (value, self->as_columns);
      break;
    case PROP_ORDER:
      g_value_set_string (value, self->order);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, rounds_contact_filter_bar_get_filter (self->bar)->descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_contacts_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (object);

  switch (id)
    {
    case PROP_AS_COLUMNS:
      set_as_columns (self, g_value_get_boolean (value));
      break;
    case PROP_ORDER:
      set_order (self, g_value_get_string (value));
      break;
    case PROP_DESCENDING:
      rounds_contact_filter_bar_set_order (self->bar, rounds_contact_filter_bar_get_filter (self->bar)->order,
                                           g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_contacts_page_dispose (GObject *object)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONTACTS_PAGE);
  g_clear_object (&self->context);
  g_clear_pointer (&self->order, g_free);

  G_OBJECT_CLASS (rounds_contacts_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contacts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, root);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, split);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, selected_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, contact_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, duplicates);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selecting_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_people_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
}

static void
rounds_contacts_page_class_init (RoundsContactsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rounds_contacts_page_get_property;
  object_class->set_property = rounds_contacts_page_set_property;
  object_class->dispose = rounds_contacts_page_dispose;

  props[PROP_AS_COLUMNS] = g_param_spec_boolean ("as-columns", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ORDER] = g_param_spec_string ("order", NULL, NULL, "name",
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (ROUNDS_TYPE_CONTACT_PANE);
  g_type_ensure (ROUNDS_TYPE_CONTACT_LIST);
  g_type_ensure (ROUNDS_TYPE_DUPLICATES_BANNER);
  g_type_ensure (ROUNDS_TYPE_CONTACT_FILTER_BAR);
  bind_template (widget_class);
  rounds_contacts_page_install_actions (widget_class);
}

static void
rounds_contacts_page_init (RoundsContactsPage *self)
{
  self->order = g_strdup (orders[0]);
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_toast_keep_above (GTK_WIDGET (self->selection_bar));
}

/**
 * rounds_contacts_page_new:
 * @context: the application
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
rounds_contacts_page_new (RoundsAppContext *context)
{
  RoundsContactsPage *self = g_object_new (ROUNDS_TYPE_CONTACTS_PAGE, NULL);

  set_up (self, context);
  return GTK_WIDGET (self);
}

/* Returns: (transfer full) (nullable): the contact of that id, or whom a record of that id tells something of, which is
 * edited on their page */
static RoundsRecord *
find_contact (RoundsContactsPage *self, const RoundsUuid *id, GError **error)
{
  static const struct
  {
    RoundsEntity entity;
    guint person_field;
  } parts[] = {
    { ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON },
    { ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON },
    { ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON },
    { ROUNDS_ENTITY_STAFF, ROUNDS_STAFF_PERSON },
  };
  RoundsRecord *contact = rounds_store_get (get_store (self), ROUNDS_ENTITY_PERSON, id, NULL);

  for (guint i = 0; contact == NULL && i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (RoundsRecord) part = rounds_store_get (get_store (self), parts[i].entity, id, NULL);

      if (part != NULL)
        return rounds_store_get (get_store (self), ROUNDS_ENTITY_PERSON,
                                 rounds_record_get_uuid (part, parts[i].person_field), error);
    }
  return contact != NULL ? contact : rounds_store_get (get_store (self), ROUNDS_ENTITY_ORGANISATION, id, error);
}

/**
 * rounds_contacts_page_open:
 * @page: a #RoundsContactsPage
 * @id: a person's or an organisation's id, or that of what is told of a person on their page
 *
 * Shows the contact. One who is gone is told to the user.
 */
void
rounds_contacts_page_open (GtkWidget *page, const RoundsUuid *id)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) contact = find_contact (self, id, &error);

  if (contact == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  end_selection (self);
  show_contact (self, contact);
  select_shown (self, TRUE);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}
