/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journeys-page.h"

#include "rounds-journey-board.h"

struct _RoundsJourneysPage
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) */

  /* Template widgets */
  AdwViewStack *stack;
  RoundsJourneyBoard *ct_board;
  RoundsJourneyBoard *eap_board;
};

enum
{
  PROP_0,
  PROP_CONTEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsJourneysPage, rounds_journeys_page, ADW_TYPE_BIN)

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsJourneysPage *self = ROUNDS_JOURNEYS_PAGE (widget);
  RoundsJourneyBoard *board = ROUNDS_JOURNEY_BOARD (adw_view_stack_get_visible_child (self->stack));
  g_autoptr (RoundsRecord) journey = rounds_record_new (rounds_journey_board_get_entity (board));

  rounds_app_context_create (self->context, journey);
}

static void
rounds_journeys_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CONTEXT)
    g_value_set_object (value, ROUNDS_JOURNEYS_PAGE (object)->context);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rounds_journeys_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CONTEXT)
    ROUNDS_JOURNEYS_PAGE (object)->context = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rounds_journeys_page_constructed (GObject *object)
{
  RoundsJourneysPage *self = ROUNDS_JOURNEYS_PAGE (object);

  G_OBJECT_CLASS (rounds_journeys_page_parent_class)->constructed (object);

  rounds_journey_board_set_up (self->ct_board, self->context, ROUNDS_ENTITY_CT_JOURNEY);
  rounds_journey_board_set_up (self->eap_board, self->context, ROUNDS_ENTITY_EAP_JOURNEY);
}

static void
rounds_journeys_page_dispose (GObject *object)
{
  RoundsJourneysPage *self = ROUNDS_JOURNEYS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_JOURNEYS_PAGE);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_journeys_page_parent_class)->dispose (object);
}

static void
rounds_journeys_page_class_init (RoundsJourneysPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rounds_journeys_page_constructed;
  object_class->dispose = rounds_journeys_page_dispose;
  object_class->get_property = rounds_journeys_page_get_property;
  object_class->set_property = rounds_journeys_page_set_property;

  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ROUNDS_TYPE_APP_CONTEXT,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROUNDS_TYPE_JOURNEY_BOARD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/journeys/journeys-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneysPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneysPage, ct_board);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneysPage, eap_board);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
}

static void
rounds_journeys_page_init (RoundsJourneysPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_journeys_page_new:
 * @context: the context
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
rounds_journeys_page_new (RoundsAppContext *context)
{
  return g_object_new (ROUNDS_TYPE_JOURNEYS_PAGE, "context", context, NULL);
}
