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
set_up (RoundsJourneysPage *self, RoundsAppContext *context)
{
  self->context = g_object_ref (context);
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

  object_class->dispose = rounds_journeys_page_dispose;

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
  RoundsJourneysPage *self = g_object_new (ROUNDS_TYPE_JOURNEYS_PAGE, NULL);

  set_up (self, context);
  return GTK_WIDGET (self);
}
