/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-organisation-view.h"

#include "contacts/rounds-contact-content.h"
#include "contacts/rounds-contact-details.h"
#include "forms/rounds-receipt-label.h"
#include "interactions/rounds-event-row.h"
#include "rounds-contact-filter.h"
#include "rounds-time.h"

/* Who works there, as far as the page shows it; the list shows all. */
#define MOST_PEOPLE 20
#define MOST_EVENTS 10

struct _RoundsOrganisationView
{
  AdwBin parent_instance;

  RoundsAppContext *context;  /* (owned) (nullable) until it is set */
  RoundsRecord *organisation; /* (owned) (nullable) which one is shown */
  guint idle;                 /* 0: no change waits to be shown */

  GtkScrolledWindow *scroller;
  GtkLabel *name;
  GtkLabel *summary;
  RoundsReceiptLabel *receipt;
  RoundsContactDetails *details;
  GtkWidget *people_group;
  GtkListBox *people;
  GtkWidget *show_people;
  GtkStack *history_stack;
  GtkListBox *history;
};

G_DEFINE_FINAL_TYPE (RoundsOrganisationView, rounds_organisation_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_SHOW_PEOPLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static RoundsStore *
get_store (RoundsOrganisationView *self)
{
  return rounds_app_context_get_store (self->context);
}

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  return row;
}

/* People and events of the rows open what they are about. */
static GtkWidget *
keep_record (GtkWidget *row, RoundsRecord *record)
{
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (record), g_object_unref);
  return row;
}

static GtkWidget *
make_person_row (RoundsOrganisationView *self, RoundsRecord *person)
{
  g_autofree char *name = rounds_record_get_title (person);
  g_autofree char *summary = rounds_contact_content_summarize (get_store (self), person, NULL);
  GtkWidget *row = make_row (name, summary);
  GtkWidget *avatar = adw_avatar_new (32, name, TRUE);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return keep_record (row, person);
}

static void
show_people (RoundsOrganisationView *self)
{
  RoundsContactFilter filter = { .kind = ROUNDS_CONTACTS_PEOPLE,
                                 .organisation = *rounds_record_get_id (self->organisation) };
  g_autoptr (RoundsQuery) query = rounds_contact_filter_to_query (&filter, rounds_time_now ());
  g_autoptr (GPtrArray) people =
    rounds_store_list (get_store (self), rounds_query_limit (query, MOST_PEOPLE + 1), NULL);

  gtk_list_box_remove_all (self->people);
  for (guint i = 0; people != NULL && i < MIN (people->len, MOST_PEOPLE); i++)
    gtk_list_box_append (self->people, make_person_row (self, people->pdata[i]));
  gtk_widget_set_visible (self->people_group, people != NULL && people->len > 0);
  gtk_widget_set_visible (self->show_people, people != NULL && people->len > MOST_PEOPLE);
}

static void
show_history (RoundsOrganisationView *self)
{
  g_autoptr (RoundsQuery) query = rounds_organisation_interactions_query (rounds_record_get_id (self->organisation));
  g_autoptr (GPtrArray) events = rounds_store_list (get_store (self), rounds_query_limit (query, MOST_EVENTS), NULL);

  gtk_list_box_remove_all (self->history);
  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      GtkWidget *event = rounds_event_row_new ();
      GtkWidget *row = gtk_list_box_row_new ();

      rounds_event_row_show (ROUNDS_EVENT_ROW (event), get_store (self), events->pdata[i], FALSE);
      gtk_widget_add_css_class (event, "rounds-boxed-event");
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), event);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      rounds_event_row_get_label (ROUNDS_EVENT_ROW (event)), -1);
      gtk_list_box_append (self->history, keep_record (row, events->pdata[i]));
    }
  gtk_stack_set_visible_child_name (self->history_stack, events != NULL && events->len > 0 ? "list" : "empty");
}

static void
show_organisation (RoundsOrganisationView *self)
{
  g_autofree char *name = rounds_record_get_title (self->organisation);
  g_autofree char *summary = NULL;

  rounds_contact_content_forget (self->organisation);
  summary = rounds_contact_content_summarize (get_store (self), self->organisation, NULL);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->summary, summary);
  rounds_receipt_label_show (self->receipt, get_store (self), self->organisation);
  rounds_contact_details_show (self->details, self->organisation);
  show_people (self);
  show_history (self);
}

static gboolean
show_again_cb (gpointer data)
{
  RoundsOrganisationView *self = data;

  self->idle = 0;
  if (self->organisation != NULL)
    show_organisation (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (RoundsOrganisationView *self, int entity)
{
  switch (entity)
    {
    case ROUNDS_ENTITY_PERSON:
    case ROUNDS_ENTITY_AFFILIATION:
    case ROUNDS_ENTITY_ADDRESS:
    case ROUNDS_ENTITY_INTERACTION:
      if (self->organisation != NULL && self->idle == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
        self->idle = g_idle_add (show_again_cb, self);
      break;
    default:
      break;
    }
}

/* What changed while it was out of sight. */
static void
rounds_organisation_view_map (GtkWidget *widget)
{
  RoundsOrganisationView *self = ROUNDS_ORGANISATION_VIEW (widget);

  if (self->organisation != NULL && self->idle == 0)
    self->idle = g_idle_add (show_again_cb, self);
  GTK_WIDGET_CLASS (rounds_organisation_view_parent_class)->map (widget);
}

static void
row_activated_cb (RoundsOrganisationView *self, GtkListBoxRow *row)
{
  RoundsRecord *record = g_object_get_data (G_OBJECT (row), "record");

  rounds_app_context_open (self->context, rounds_record_get_entity (record), rounds_record_get_id (record));
}

static void
show_people_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_SHOW_PEOPLE], 0);
}

static void
rounds_organisation_view_dispose (GObject *object)
{
  RoundsOrganisationView *self = ROUNDS_ORGANISATION_VIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->organisation);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_organisation_view_parent_class)->dispose (object);
}

static void
rounds_organisation_view_class_init (RoundsOrganisationViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_organisation_view_dispose;
  widget_class->map = rounds_organisation_view_map;

  signals[SIGNAL_SHOW_PEOPLE] =
    g_signal_new ("show-people", ROUNDS_TYPE_ORGANISATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  g_type_ensure (ROUNDS_TYPE_CONTACT_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/organisation-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, name);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, summary);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, receipt);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, details);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, people_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, people);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, show_people);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, history_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationView, history);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "organisation.show-people", NULL, show_people_action);
}

static void
rounds_organisation_view_init (RoundsOrganisationView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** rounds_organisation_view_set_context: must be called once before an organisation is shown. */
void
rounds_organisation_view_set_context (RoundsOrganisationView *self, RoundsAppContext *context)
{
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  rounds_contact_details_set_context (self->details, context);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

/** rounds_organisation_view_set_organisation: shows @organisation (transfer none), from the top if it is another one.
 */
void
rounds_organisation_view_set_organisation (RoundsOrganisationView *self, RoundsRecord *organisation)
{
  gboolean same = self->organisation != NULL
                  && rounds_uuid_equal (rounds_record_get_id (self->organisation), rounds_record_get_id (organisation));

  g_set_object (&self->organisation, organisation);
  show_organisation (self);
  if (!same)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
