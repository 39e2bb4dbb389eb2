/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-board.h"

#include <glib/gi18n-lib.h>

#include "rounds-journey-column.h"
#include "rounds-journey-factory.h"
#include "rounds-journey-kind.h"
#include "rounds-record-list.h"

struct _RoundsJourneyBoard
{
  GtkWidget parent_instance;

  RoundsAppContext *context;     /* (owned) (nullable) until set up */
  const RoundsJourneyKind *kind; /* (nullable) until set up */
  GListStore *stages;            /* (owned) of RoundsRecordList, in the order of the stages */
  gboolean narrow;

  /* Template widgets */
  GtkStack *stack;
  GtkBox *columns;
  GtkListView *list;
  AdwStatusPage *empty;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsJourneyBoard, rounds_journey_board, GTK_TYPE_WIDGET)

/* Nothing is called empty before it is known. */
static void
update_stack (RoundsJourneyBoard *self)
{
  guint n_stages = g_list_model_get_n_items (G_LIST_MODEL (self->stages));
  gboolean loading = FALSE;
  guint n_journeys = 0;

  for (guint i = 0; i < n_stages; i++)
    {
      g_autoptr (RoundsRecordList) list = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      loading = loading || rounds_record_list_is_loading (list);
      n_journeys += g_list_model_get_n_items (G_LIST_MODEL (list));
    }
  if (n_journeys == 0 && !loading)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (n_journeys > 0)
    gtk_stack_set_visible_child_name (self->stack, self->narrow ? "list" : "board");
}

static void
setup_header_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (RoundsJourneyBoard *self, GtkListHeader *header)
{
  RoundsRecord *first = gtk_list_header_get_item (header);
  guint n_journeys = gtk_list_header_get_n_items (header);
  g_autofree char *text = NULL;

  if (first == NULL)
    return;
  /* Translators: a stage and how many journeys are in it, as a heading. */
  text = g_strdup_printf (
    _ ("%s (%u)"),
    rounds_journey_kind_get_stage_label (self->kind, rounds_record_get_text (first, self->kind->stage_field)),
    n_journeys);
  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), text);
}

static void
set_narrow (RoundsJourneyBoard *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  if (self->kind != NULL)
    update_stack (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
rounds_journey_board_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, ROUNDS_JOURNEY_BOARD (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rounds_journey_board_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (ROUNDS_JOURNEY_BOARD (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Behind another page nothing is read: a pull would make cards that nobody sees. */
static void
set_held (RoundsJourneyBoard *self, gboolean held)
{
  guint n_stages = g_list_model_get_n_items (G_LIST_MODEL (self->stages));

  for (guint i = 0; i < n_stages; i++)
    {
      g_autoptr (RoundsRecordList) list = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      rounds_record_list_set_held (list, held);
    }
}

static void
rounds_journey_board_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rounds_journey_board_parent_class)->map (widget);
  set_held (ROUNDS_JOURNEY_BOARD (widget), FALSE);
}

static void
rounds_journey_board_unmap (GtkWidget *widget)
{
  set_held (ROUNDS_JOURNEY_BOARD (widget), TRUE);
  GTK_WIDGET_CLASS (rounds_journey_board_parent_class)->unmap (widget);
}

static void
rounds_journey_board_dispose (GObject *object)
{
  RoundsJourneyBoard *self = ROUNDS_JOURNEY_BOARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_JOURNEY_BOARD);
  g_clear_object (&self->stages);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_journey_board_parent_class)->dispose (object);
}

static void
rounds_journey_board_class_init (RoundsJourneyBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_journey_board_dispose;
  object_class->get_property = rounds_journey_board_get_property;
  object_class->set_property = rounds_journey_board_set_property;
  widget_class->map = rounds_journey_board_map;
  widget_class->unmap = rounds_journey_board_unmap;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/journeys/journey-board.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyBoard, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyBoard, columns);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyBoard, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyBoard, empty);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rounds_journey_board_init (RoundsJourneyBoard *self)
{
  self->stages = g_list_store_new (ROUNDS_TYPE_RECORD_LIST);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The journeys of a stage: what has waited longest without a change is on top. */
static RoundsRecordList *
make_stage (RoundsJourneyBoard *self, const char *stage)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (self->kind->entity);
  RoundsRecordList *list;

  rounds_query_where_text (query, self->kind->stage_field, ROUNDS_IS, stage);
  rounds_query_order_by (query, ROUNDS_FIELD_UPDATED_AT, FALSE);
  list = rounds_record_list_new (rounds_app_context_get_store (self->context), query);
  /* A card shows the patient's name, the trial or product, and the time since the last step. */
  rounds_record_list_watch (list, ROUNDS_ENTITY_PERSON);
  rounds_record_list_watch (list, self->kind->subject);
  rounds_record_list_watch (list, ROUNDS_ENTITY_JOURNEY_STEP);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  return list;
}

static void
set_up_list (RoundsJourneyBoard *self)
{
  g_autoptr (GtkFlattenListModel) flat = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->stages)));
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (flat)));
  g_autoptr (GtkListItemFactory) factory = rounds_journey_factory_new (self->context);
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();

  g_signal_connect (headers, "setup", G_CALLBACK (setup_header_cb), NULL);
  g_signal_connect_object (headers, "bind", G_CALLBACK (bind_header_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->list, "activate", G_CALLBACK (rounds_journey_list_open), self->context,
                           G_CONNECT_DEFAULT);
}

/**
 * rounds_journey_board_set_up:
 * @self: a board that a template has made
 * @context: the context
 * @entity: CT_JOURNEY or EAP_JOURNEY
 *
 * Must be called once before anything else.
 */
void
rounds_journey_board_set_up (RoundsJourneyBoard *self, RoundsAppContext *context, RoundsEntity entity)
{
  const char *const *stages;

  g_return_if_fail (ROUNDS_IS_JOURNEY_BOARD (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  self->kind = rounds_journey_kind_get (entity);
  stages = rounds_journey_kind_get_stages (self->kind);
  for (guint i = 0; stages[i] != NULL; i++)
    {
      g_autoptr (RoundsRecordList) list = make_stage (self, stages[i]);

      g_list_store_append (self->stages, list);
      gtk_box_append (self->columns,
                      rounds_journey_column_new (context, rounds_journey_kind_get_stage_label (self->kind, stages[i]),
                                                 G_LIST_MODEL (list)));
    }
  set_held (self, !gtk_widget_get_mapped (GTK_WIDGET (self)));
  set_up_list (self);
  if (entity == ROUNDS_ENTITY_EAP_JOURNEY)
    adw_status_page_set_description (self->empty, _ ("Follow patients through expanded-access programs, from the "
                                                     "physician’s request to the supply"));
  update_stack (self);
}

/**
 * rounds_journey_board_get_entity:
 * @self: a board
 *
 * Returns: the kind of journey that it shows
 */
RoundsEntity
rounds_journey_board_get_entity (RoundsJourneyBoard *self)
{
  return self->kind->entity;
}
