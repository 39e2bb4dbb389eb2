/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "forms/rounds-toast.h"

/* Who reads slowly, hears the screen or comes to the button by keyboard needs longer than the five seconds of a toast
 * that says a word or two. */
#define LONG_SECONDS 15
#define A_WORD_OR_TWO 48 /* characters: what fits in one line of a narrow window */

/* What of a toast is neither text nor button: its margins, its padding, the gaps in between. */
#define AROUND 80

/* How wide the text of @title may be, for the toast to find room in its window. */
static int
get_room (GtkWidget *title)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (title, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *place = gtk_widget_get_parent (title);
  int room = overlay != NULL ? gtk_widget_get_width (overlay) : 0;

  if (room == 0)
    return G_MAXINT;
  for (GtkWidget *button = gtk_widget_get_next_sibling (place); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      int natural = 0;

      if (gtk_widget_should_layout (button))
        gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      room -= natural;
    }
  return room - AROUND;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *title)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* An overlay asks how wide a toast would like to be, and how high it is then: it would like to be as wide as there is
 * room. */
static void
measure_title (GtkWidget *title, GtkOrientation orientation, int for_size, int *minimum, int *natural,
               int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (title), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = CLAMP (get_room (title), *minimum, *natural);
}

static void
allocate_title (GtkWidget *title, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (title), width, height, baseline, NULL);
}

static void
measure_again_cb (gpointer data)
{
  g_autoptr (GtkWidget) title = data;

  gtk_widget_queue_resize (title);
}

/* GTK remembers how wide something wanted to be. Here that hangs on the overlay, which has its new width in a moment.
 */
static void
width_changed_cb (GtkWidget *title)
{
  g_idle_add_once (measure_again_cb, g_object_ref (title));
}

/* Of a title that is not its own libadwaita tells a screen reader that there is one, and which button, but not what it
 * says. */
static void
map_title_cb (GtkWidget *title)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (title), gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (title))),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (title)), "notify::width",
                           G_CALLBACK (width_changed_cb), title, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_title (const char *text)
{
  GtkWidget *title = adw_bin_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_bin_set_child (ADW_BIN (title), label);
  gtk_widget_set_layout_manager (title, gtk_custom_layout_new (get_request_mode, measure_title, allocate_title));
  g_signal_connect (title, "map", G_CALLBACK (map_title_cb), NULL);
  return title;
}

static GtkLabel *
get_label (AdwToast *toast)
{
  return GTK_LABEL (adw_bin_get_child (ADW_BIN (adw_toast_get_custom_title (toast))));
}

/**
 * rounds_toast_new:
 * @text: what it says, as it is: names are no markup
 * @button: (nullable): the label of its button, such as "_Undo"; the caller connects to "button-clicked"
 *
 * A toast of libadwaita's own has one line, and cuts the end of what is longer: of why something failed, the most
 * telling part. In this one it goes on in further lines.
 *
 * Returns: (transfer full): a toast; one with a button, or much to read, stays longer
 */
AdwToast *
rounds_toast_new (const char *text, const char *button)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_custom_title (toast, make_title (text));
  if (button != NULL)
    adw_toast_set_button_label (toast, button);
  if (button != NULL || g_utf8_strlen (text, -1) > A_WORD_OR_TWO)
    adw_toast_set_timeout (toast, LONG_SECONDS);
  return toast;
}

/** rounds_toast_get_text: Returns: (transfer none): what @toast, which rounds_toast_new() has made, says */
const char *
rounds_toast_get_text (AdwToast *toast)
{
  return gtk_label_get_text (get_label (toast));
}

/** rounds_toast_set_text: has @toast, which rounds_toast_new() has made, say something else. */
void
rounds_toast_set_text (AdwToast *toast, const char *text)
{
  gtk_label_set_text (get_label (toast), text);
}

/* What lies at the foot of the window of which @overlay shows the toasts: so many bars. */
static void
count_bars (GtkWidget *overlay, int more)
{
  int n = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (overlay), "bars")) + more;

  g_object_set_data (G_OBJECT (overlay), "bars", GINT_TO_POINTER (n));
  if (n > 0)
    gtk_widget_add_css_class (overlay, "rounds-above-bar");
  else
    gtk_widget_remove_css_class (overlay, "rounds-above-bar");
}

/* Beside the pages of a wide window its sidebar is out of the way; the list in a page, a sidebar too, is not. */
static gboolean
is_beside (GtkWidget *bar)
{
  AdwNavigationSplitView *split_view = NULL;

  for (GtkWidget *parent = bar; parent != NULL; parent = gtk_widget_get_parent (parent))
    if (ADW_IS_NAVIGATION_SPLIT_VIEW (parent))
      split_view = ADW_NAVIGATION_SPLIT_VIEW (parent);
  return split_view != NULL && !adw_navigation_split_view_get_collapsed (split_view)
         && gtk_widget_is_ancestor (bar, GTK_WIDGET (adw_navigation_split_view_get_sidebar (split_view)));
}

static gboolean
is_at_the_foot (GtkWidget *bar)
{
  return gtk_widget_get_mapped (bar) && (!GTK_IS_ACTION_BAR (bar) || gtk_action_bar_get_revealed (GTK_ACTION_BAR (bar)))
         && !is_beside (bar);
}

static void
bar_changed_cb (GtkWidget *bar)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (bar, ADW_TYPE_TOAST_OVERLAY);
  gboolean is_shown = is_at_the_foot (bar);
  gboolean is_counted = g_object_get_data (G_OBJECT (bar), "counted") != NULL;

  if (overlay == NULL || is_shown == is_counted)
    return;
  g_object_set_data (G_OBJECT (bar), "counted", GINT_TO_POINTER (is_shown));
  count_bars (overlay, is_shown ? 1 : -1);
}

/**
 * rounds_toast_keep_above:
 * @bar: what comes and goes at the foot of a window or dialog: an action bar, or a line of buttons
 *
 * Toasts lie above @bar while it is shown: they stay too long to lie on buttons.
 */
void
rounds_toast_keep_above (GtkWidget *bar)
{
  if (GTK_IS_ACTION_BAR (bar))
    g_signal_connect (bar, "notify::revealed", G_CALLBACK (bar_changed_cb), NULL);
  g_signal_connect_after (bar, "map", G_CALLBACK (bar_changed_cb), NULL);
  g_signal_connect_after (bar, "unmap", G_CALLBACK (bar_changed_cb), NULL);
}
