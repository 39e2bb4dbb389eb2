/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-growing-dialog.h"

#include <math.h>

/* What does not fit is added to the height; the dialog itself knows how much of that the window has. */
static gboolean
grow_cb (GtkWidget *scroller, GdkFrameClock *clock, gpointer data)
{
  AdwDialog *dialog = ADW_DIALOG (gtk_widget_get_ancestor (scroller, ADW_TYPE_DIALOG));
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double missing = gtk_adjustment_get_upper (place) - gtk_adjustment_get_page_size (place);

  if (dialog != NULL && missing > 0 && adw_dialog_get_child (dialog) != NULL)
    adw_dialog_set_content_height (dialog,
                                   gtk_widget_get_height (adw_dialog_get_child (dialog)) + (int) ceil (missing));
  return G_SOURCE_REMOVE;
}

/* Sizes are being given out when this is told: the new one is for the next frame. */
static void
changed_cb (GtkScrolledWindow *scroller)
{
  if (gtk_widget_get_height (GTK_WIDGET (scroller)) > 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (scroller), grow_cb, NULL, NULL);
}

/**
 * rounds_dialog_grow_with:
 * @dialog: a dialog that is as high as its content when it is opened
 * @scroller: where its rows are
 *
 * From then on the dialog grows with what is opened or told in it, as long as there is room. It does not shrink, so
 * that nothing jumps under the pointer.
 */
void
rounds_dialog_grow_with (AdwDialog *dialog, GtkScrolledWindow *scroller)
{
  g_return_if_fail (ADW_IS_DIALOG (dialog));

  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroller), "changed", G_CALLBACK (changed_cb), scroller,
                           G_CONNECT_SWAPPED);
}
