/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-row-text.h"

struct _RoundsRowText
{
  GtkWidget parent_instance;

  char *text;           /* (owned) */
  PangoAttrList *marks; /* (owned) (nullable) */
  PangoLayout *layout;  /* (owned) (nullable) until it is needed */
  int height;           /* for which it has asked; -1: not yet */
};

G_DEFINE_FINAL_TYPE (RoundsRowText, rounds_row_text, GTK_TYPE_WIDGET)

/* One that is there follows the style by itself, as it has the widget's context. */
static PangoLayout *
get_layout (RoundsRowText *self)
{
  if (self->layout != NULL)
    return self->layout;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_attributes (self->layout, self->marks);
  return self->layout;
}

static GtkSizeRequestMode
rounds_row_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
rounds_row_text_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  RoundsRowText *self = ROUNDS_ROW_TEXT (widget);
  PangoLayout *layout;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = 0;
      return;
    }
  layout = get_layout (self);
  pango_layout_get_pixel_size (layout, NULL, &self->height);
  *minimum = *natural = self->height;
  *minimum_baseline = *natural_baseline = PANGO_PIXELS (pango_layout_get_baseline (layout));
}

/* The text begins where the line begins, whatever its own direction: a width of its own is given to it only where it is
 * too long. */
static void
rounds_row_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PangoLayout *layout = get_layout (ROUNDS_ROW_TEXT (widget));
  const int width = gtk_widget_get_width (widget);
  int text_width, text_height;
  GdkRGBA color;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if (text_width > width)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      text_width = width;
    }
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot, &GRAPHENE_POINT_INIT (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - text_width : 0,
                                    (float) ((gtk_widget_get_height (widget) - text_height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* Most texts are as high as the ones before; letters of another font may be higher. */
static gboolean
has_other_height (RoundsRowText *self)
{
  int height;

  if (self->height < 0)
    return TRUE;
  pango_layout_get_pixel_size (get_layout (self), NULL, &height);
  return height != self->height;
}

static void
rounds_row_text_finalize (GObject *object)
{
  RoundsRowText *self = ROUNDS_ROW_TEXT (object);

  g_free (self->text);
  g_clear_pointer (&self->marks, pango_attr_list_unref);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (rounds_row_text_parent_class)->finalize (object);
}

static void
rounds_row_text_class_init (RoundsRowTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_row_text_finalize;
  widget_class->get_request_mode = rounds_row_text_get_request_mode;
  widget_class->measure = rounds_row_text_measure;
  widget_class->snapshot = rounds_row_text_snapshot;
  /* As a "label" each of a thousand texts would ask for its style anew whenever rows move: the theme has many rules for
   * labels in rows, by where those and all around them stand among their siblings. None is for these. */
  gtk_widget_class_set_css_name (widget_class, "rowtext");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
rounds_row_text_init (RoundsRowText *self)
{
  self->text = g_strdup ("");
  self->height = -1;
}

/** rounds_row_text_new: Returns: (transfer floating): an empty text */
GtkWidget *
rounds_row_text_new (void)
{
  return g_object_new (ROUNDS_TYPE_ROW_TEXT, NULL);
}

/**
 * rounds_row_text_show:
 * @self: a text
 * @text: (nullable): what it shows
 * @marks: (nullable): how parts of it look
 */
void
rounds_row_text_show (RoundsRowText *self, const char *text, PangoAttrList *marks)
{
  g_return_if_fail (ROUNDS_IS_ROW_TEXT (self));

  if (text == NULL)
    text = "";
  if (g_str_equal (self->text, text) && self->marks == NULL && marks == NULL)
    return;
  if (g_set_str (&self->text, text))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_clear_pointer (&self->marks, pango_attr_list_unref);
  self->marks = marks != NULL ? pango_attr_list_ref (marks) : NULL;
  g_clear_object (&self->layout);
  if (has_other_height (self))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** rounds_row_text_get_text: Returns: (transfer none): what it shows, "" for nothing */
const char *
rounds_row_text_get_text (RoundsRowText *self)
{
  g_return_val_if_fail (ROUNDS_IS_ROW_TEXT (self), NULL);

  return self->text;
}
