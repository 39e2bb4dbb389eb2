/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-drop-down.h"

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/**
 * rounds_drop_down_let_shrink:
 * @drop_down: a choice of a list of strings
 *
 * A choice is otherwise never narrower than the longest of its texts, and a narrow window cuts its arrow off. This one
 * shortens what is chosen instead; the list that it opens says all.
 */
void
rounds_drop_down_let_shrink (GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) chosen = gtk_signal_list_item_factory_new ();

  g_signal_connect (chosen, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (chosen, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, chosen);
}
