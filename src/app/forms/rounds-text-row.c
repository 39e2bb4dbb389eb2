/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-text-row.h"

struct _RoundsTextRow
{
  AdwPreferencesRow parent_instance;

  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkScrolledWindow *scroller;
  guint min_lines;
};

G_DEFINE_FINAL_TYPE (RoundsTextRow, rounds_text_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_TEXT = 1,
  PROP_EDITABLE,
  PROP_MIN_LINES,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

#define LINE_HEIGHT 20

static void
buffer_changed_cb (RoundsTextRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

/* The text begins below the title, so that a click beside it means the text. */
static void
row_clicked_cb (RoundsTextRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
rounds_text_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROUNDS_TEXT_ROW (widget)->view));
}

static void
rounds_text_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsTextRow *self = ROUNDS_TEXT_ROW (object);

  switch (id)
    {
    case PROP_TEXT:
      rounds_text_row_set_text (self, g_value_get_string (value));
      break;
    case PROP_EDITABLE:
      gtk_text_view_set_editable (self->view, g_value_get_boolean (value));
      break;
    case PROP_MIN_LINES:
      self->min_lines = g_value_get_uint (value);
      gtk_scrolled_window_set_min_content_height (self->scroller, (int) self->min_lines * LINE_HEIGHT);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_text_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsTextRow *self = ROUNDS_TEXT_ROW (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_take_string (value, rounds_text_row_dup_text (self));
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, gtk_text_view_get_editable (self->view));
      break;
    case PROP_MIN_LINES:
      g_value_set_uint (value, self->min_lines);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_text_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_TEXT_ROW);

  G_OBJECT_CLASS (rounds_text_row_parent_class)->dispose (object);
}

static void
rounds_text_row_class_init (RoundsTextRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = rounds_text_row_set_property;
  object_class->get_property = rounds_text_row_get_property;
  object_class->dispose = rounds_text_row_dispose;
  widget_class->grab_focus = rounds_text_row_grab_focus;

  props[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_EDITABLE] =
    g_param_spec_boolean ("editable", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MIN_LINES] =
    g_param_spec_uint ("min-lines", NULL, NULL, 1, 40, 3, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/forms/text-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTextRow, view);
  gtk_widget_class_bind_template_child (widget_class, RoundsTextRow, buffer);
  gtk_widget_class_bind_template_child (widget_class, RoundsTextRow, scroller);
  gtk_widget_class_bind_template_callback (widget_class, buffer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_clicked_cb);
}

static void
rounds_text_row_init (RoundsTextRow *self)
{
  self->min_lines = 3;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_text_row_new:
 * @title: what the text is, plain text
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
rounds_text_row_new (const char *title)
{
  return g_object_new (ROUNDS_TYPE_TEXT_ROW, "title", title, NULL);
}

/**
 * rounds_text_row_set_text:
 * @self: a row
 * @text: (nullable): the new text; equal text leaves the cursor alone
 */
void
rounds_text_row_set_text (RoundsTextRow *self, const char *text)
{
  g_autofree char *old = NULL;

  g_return_if_fail (ROUNDS_IS_TEXT_ROW (self));

  old = rounds_text_row_dup_text (self);
  if (g_strcmp0 (old, text != NULL ? text : "") != 0)
    gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
}

/**
 * rounds_text_row_dup_text:
 * @self: a row
 *
 * Returns: (transfer full): what is written
 */
char *
rounds_text_row_dup_text (RoundsTextRow *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (ROUNDS_IS_TEXT_ROW (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

/**
 * rounds_text_row_insert:
 * @self: a row
 * @text: what to add where the cursor is, in place of what is selected; the user's own undo takes it back
 *
 * The cursor stands behind it then, and the row has the focus.
 */
void
rounds_text_row_insert (RoundsTextRow *self, const char *text)
{
  g_return_if_fail (ROUNDS_IS_TEXT_ROW (self));

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, gtk_text_view_get_editable (self->view));
  gtk_text_buffer_insert_interactive_at_cursor (self->buffer, text, -1, gtk_text_view_get_editable (self->view));
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
