/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-factory.h"

#include "rounds-journey-card.h"

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, rounds_journey_card_new (ROUNDS_APP_CONTEXT (data)));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  RoundsJourneyCard *card = ROUNDS_JOURNEY_CARD (gtk_list_item_get_child (item));

  rounds_journey_card_show (card, ROUNDS_RECORD (gtk_list_item_get_item (item)));
  gtk_list_item_set_accessible_label (item, rounds_journey_card_get_accessible_text (card));
}

/**
 * rounds_journey_factory_new:
 * @context: the context
 *
 * Returns: (transfer full): a factory of rows for lists of journeys
 */
GtkListItemFactory *
rounds_journey_factory_new (RoundsAppContext *context)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), context, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), context, G_CONNECT_DEFAULT);
  return factory;
}

/**
 * rounds_journey_list_open:
 * @view: a view of journeys
 * @position: the one that was activated
 * @context: the context
 *
 * Opens a journey: the "activate" handler of such views.
 */
void
rounds_journey_list_open (GtkListView *view, guint position, RoundsAppContext *context)
{
  g_autoptr (RoundsRecord) journey = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  if (journey != NULL)
    rounds_app_context_open (context, rounds_record_get_entity (journey), rounds_record_get_id (journey));
}
