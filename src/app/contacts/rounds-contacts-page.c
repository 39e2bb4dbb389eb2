/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contacts-page.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-dialog.h"
#include "contacts/rounds-contact-row.h"
#include "contacts/rounds-contact-view.h"
#include "duplicates/rounds-duplicates-banner.h"
#include "rounds-record-list.h"

struct _RoundsContactsPage
{
  AdwBin parent_instance;

  RoundsAppContext *context;     /* (owned) */
  RoundsRecordList *people;      /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  RoundsRecord *shown;           /* (owned) (nullable) the contact in the view */
  char *words;                   /* (owned) (nullable) what the list was searched for last */
  const char *filter;            /* (nullable) and the role it was filtered by */

  GtkStack *root;
  AdwNavigationSplitView *split;
  AdwWindowTitle *title;
  GtkSearchEntry *search;
  GtkDropDown *role;
  GtkStack *list_stack;
  GtkListView *list;
  AdwNavigationPage *contact_page;
  GtkWidget *edit_button;
  GtkWidget *delete_button;
  GtkStack *contact_stack;
  RoundsContactView *view;
  RoundsDuplicatesBanner *duplicates;
};

G_DEFINE_FINAL_TYPE (RoundsContactsPage, rounds_contacts_page, ADW_TYPE_BIN)

enum
{
  PROP_CONTEXT = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* The roles of the filter, after its first entry. */
static const char *const roles[] = { NULL, "physician", "patient", "lead", "staff" };

static RoundsStore *
get_store (RoundsContactsPage *self)
{
  return rounds_app_context_get_store (self->context);
}

static const char *
get_role (RoundsContactsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->role);

  return selected < G_N_ELEMENTS (roles) ? roles[selected] : NULL;
}

static gboolean
is_filtered (RoundsContactsPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' || get_role (self) != NULL;
}

static RoundsQuery *
make_query (RoundsContactsPage *self)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_PERSON);
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (get_role (self) != NULL)
    rounds_query_having (query, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_PERSON_ROLE_TYPE,
                         get_role (self));
  if (*words != '\0')
    rounds_query_search (query, words);
  return rounds_query_order_by_name (query);
}

static void
show_list_state (RoundsContactsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->people));
  gboolean loading = rounds_record_list_is_loading (self->people);
  g_autofree char *count = NULL;

  if (n > 0)
    {
      /* Translators: how many contacts are listed; %'u has the locale's grouping. */
      count = g_strdup_printf (ngettext ("%'u contact", "%'u contacts", n), n);
      gtk_stack_set_visible_child_name (self->list_stack, "list");
    }
  else if (!loading)
    gtk_stack_set_visible_child_name (self->list_stack, "nothing");

  gtk_stack_set_visible_child_name (self->root, n > 0 || loading || is_filtered (self) ? "people" : "empty");
  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
}

static void
show_contact (RoundsContactsPage *self, RoundsRecord *person)
{
  g_autofree char *name = person != NULL ? rounds_record_get_title (person) : g_strdup (_ ("Contact"));

  g_set_object (&self->shown, person);
  adw_navigation_page_set_title (self->contact_page, name);
  gtk_widget_set_visible (self->edit_button, person != NULL);
  gtk_widget_set_visible (self->delete_button, person != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.log", person != NULL);
  if (person != NULL)
    rounds_contact_view_set_person (self->view, person);
  gtk_stack_set_visible_child_name (self->contact_stack, person != NULL ? "contact" : "none");
}

/* Keeps the list's mark on the contact in the view while the list changes under it. */
static void
select_shown (RoundsContactsPage *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->shown != NULL)
    position = rounds_record_list_find (self->people, rounds_record_get_id (self->shown));
  if (gtk_single_selection_get_selected (self->selection) != position)
    gtk_single_selection_set_selected (self->selection, position);
}

static void
list_changed_cb (RoundsContactsPage *self)
{
  show_list_state (self);
  if (!rounds_record_list_is_loading (self->people))
    select_shown (self);
}

/* The contact in the view changed or was deleted, here or elsewhere. */
static void
store_changed_cb (RoundsContactsPage *self, int entity, GPtrArray *ids)
{
  g_autoptr (RoundsRecord) person = NULL;

  if (entity != ROUNDS_ENTITY_PERSON || self->shown == NULL)
    return;

  person = rounds_store_get (get_store (self), ROUNDS_ENTITY_PERSON, rounds_record_get_id (self->shown), NULL);
  if (person == NULL || rounds_record_is_deleted (person))
    {
      show_contact (self, NULL);
      adw_navigation_split_view_set_show_content (self->split, FALSE);
    }
  else if (rounds_record_get_integer (person, ROUNDS_FIELD_UPDATED_AT)
           != rounds_record_get_integer (self->shown, ROUNDS_FIELD_UPDATED_AT))
    show_contact (self, person);
}

static void
filter_changed_cb (RoundsContactsPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (RoundsQuery) query = NULL;

  /* The search also tells of changes that are none, and a new query begins at the list's top. */
  if (self->people == NULL || (g_strcmp0 (words, self->words) == 0 && get_role (self) == self->filter))
    return;
  g_set_str (&self->words, words);
  self->filter = get_role (self);
  query = make_query (self);
  rounds_record_list_set_query (self->people, query);
}

static void
stop_search_cb (RoundsContactsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
activated_cb (RoundsContactsPage *self, guint position)
{
  g_autoptr (RoundsRecord) person = g_list_model_get_item (G_LIST_MODEL (self->people), position);

  if (person == NULL)
    return;
  show_contact (self, person);
  select_shown (self);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* Return in the search opens the first one found. */
static void
search_activated_cb (RoundsContactsPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0)
    activated_cb (self, 0);
}

/* Arrow keys show what they pass. */
static void
selection_changed_cb (RoundsContactsPage *self)
{
  RoundsRecord *person = gtk_single_selection_get_selected_item (self->selection);

  if (person == NULL
      || (self->shown != NULL && rounds_uuid_equal (rounds_record_get_id (person), rounds_record_get_id (self->shown))))
    return;
  show_contact (self, person);
}

/* A click opens a contact at once, also the one that is marked already. (single-click-activate would do that too, but
 * mark whatever the pointer passes.) */
static void
row_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_widget_activate_action (row, "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = rounds_contact_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), item, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

/* Down goes from the search into what it found. */
static gboolean
search_key_pressed_cb (RoundsContactsPage *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || g_list_model_get_n_items (G_LIST_MODEL (self->people)) == 0)
    return GDK_EVENT_PROPAGATE;

  gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return GDK_EVENT_STOP;
}

static void
bind_row_cb (RoundsContactsPage *self, GtkListItem *item)
{
  RoundsRecord *person = gtk_list_item_get_item (item);
  g_autofree char *name = rounds_record_get_title (person);

  rounds_contact_row_show (ROUNDS_CONTACT_ROW (gtk_list_item_get_child (item)), get_store (self), person);
  gtk_list_item_set_accessible_label (item, name);
}

static void
make_list (RoundsContactsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (RoundsQuery) query = make_query (self);

  self->words = g_strdup ("");
  self->people = rounds_record_list_new (get_store (self), query);
  rounds_record_list_watch (self->people, ROUNDS_ENTITY_PHYSICIAN);
  rounds_record_list_watch (self->people, ROUNDS_ENTITY_ADDRESS);
  rounds_record_list_watch (self->people, ROUNDS_ENTITY_PERSON_ROLE);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "notify::loading", G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "items-changed", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_list_state (self);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  adw_navigation_split_view_set_show_content (self->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_app_context_create (ROUNDS_CONTACTS_PAGE (widget)->context, person);
}

/* About the contact that is before the user's eyes, else about anybody. */
static void
log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (RoundsRecord) interaction = NULL;

  if (!adw_navigation_split_view_get_collapsed (self->split)
      || adw_navigation_split_view_get_show_content (self->split))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->view), "contact.log", NULL);
      return;
    }
  interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  rounds_app_context_create (self->context, interaction);
}

static void
duplicates_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_duplicates_banner_review (ROUNDS_CONTACTS_PAGE (widget)->duplicates);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  if (self->shown != NULL)
    rounds_contact_dialog_present (widget, self->context, self->shown);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  if (self->shown != NULL)
    rounds_app_context_delete (self->context, self->shown);
}

static void
rounds_contacts_page_constructed (GObject *object)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (object);

  G_OBJECT_CLASS (rounds_contacts_page_parent_class)->constructed (object);

  rounds_contact_view_set_context (self->view, self->context);
  rounds_duplicates_banner_set_context (self->duplicates, self->context);
  make_list (self);
  show_contact (self, NULL);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
rounds_contacts_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CONTEXT:
      ROUNDS_CONTACTS_PAGE (object)->context = g_value_dup_object (value);
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
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  g_clear_object (&self->people);
  g_clear_object (&self->context);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (rounds_contacts_page_parent_class)->dispose (object);
}

static void
rounds_contacts_page_class_init (RoundsContactsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rounds_contacts_page_constructed;
  object_class->set_property = rounds_contacts_page_set_property;
  object_class->dispose = rounds_contacts_page_dispose;

  props[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ROUNDS_TYPE_APP_CONTEXT,
                                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (ROUNDS_TYPE_CONTACT_VIEW);
  g_type_ensure (ROUNDS_TYPE_DUPLICATES_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contacts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, root);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, split);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, role);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, contact_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, delete_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, contact_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, view);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactsPage, duplicates);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "page.duplicates", NULL, duplicates_action);
  gtk_widget_class_install_action (widget_class, "contact.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "contact.delete", NULL, delete_action);
}

/* Typing anywhere on the page is searching, where the search can be seen. */
static void
collapsed_changed_cb (RoundsContactsPage *self)
{
  gboolean collapsed = adw_navigation_split_view_get_collapsed (self->split);

  gtk_search_entry_set_key_capture_widget (self->search, collapsed ? GTK_WIDGET (self->list) : GTK_WIDGET (self));
}

static void
rounds_contacts_page_init (RoundsContactsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->split, "notify::collapsed", G_CALLBACK (collapsed_changed_cb), self);
  collapsed_changed_cb (self);
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
  return g_object_new (ROUNDS_TYPE_CONTACTS_PAGE, "context", context, NULL);
}

/**
 * rounds_contacts_page_open:
 * @page: a #RoundsContactsPage
 * @id: a person's id
 *
 * Shows the contact. One who is gone is told to the user.
 */
void
rounds_contacts_page_open (GtkWidget *page, const RoundsUuid *id)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) person = rounds_store_get (get_store (self), ROUNDS_ENTITY_PERSON, id, &error);

  if (person == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  show_contact (self, person);
  select_shown (self);
  if (gtk_single_selection_get_selected (self->selection) != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->list, gtk_single_selection_get_selected (self->selection), GTK_LIST_SCROLL_NONE,
                             NULL);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}
