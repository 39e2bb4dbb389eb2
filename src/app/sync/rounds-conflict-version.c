/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-conflict-version.h"

#include "rounds-text-difference.h"

struct _RoundsConflictVersion
{
  AdwBin parent_instance;

  char *title;        /* (owned) (nullable) */
  char *button_label; /* (owned) (nullable) */
  char *suggested;    /* (owned) (nullable) the text that the editor began with */

  /* Template widgets */
  GtkWidget *in_use;
  GtkLabel *text;
  GtkWidget *editor;
  GtkTextView *view;
};

enum
{
  PROP_TITLE = 1,
  PROP_BUTTON_LABEL,
  PROP_EDITABLE,
  N_PROPS,
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsConflictVersion, rounds_conflict_version, ADW_TYPE_BIN)

static void
clicked_cb (RoundsConflictVersion *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
rounds_conflict_version_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsConflictVersion *self = ROUNDS_CONFLICT_VERSION (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, self->button_label);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, gtk_widget_get_visible (self->editor));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_conflict_version_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsConflictVersion *self = ROUNDS_CONFLICT_VERSION (object);

  switch (id)
    {
    case PROP_TITLE:
      g_set_str (&self->title, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      g_set_str (&self->button_label, g_value_get_string (value));
      break;
    case PROP_EDITABLE:
      gtk_widget_set_visible (self->editor, g_value_get_boolean (value));
      gtk_widget_set_visible (GTK_WIDGET (self->text), !g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_conflict_version_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONFLICT_VERSION);

  G_OBJECT_CLASS (rounds_conflict_version_parent_class)->dispose (object);
}

static void
rounds_conflict_version_finalize (GObject *object)
{
  RoundsConflictVersion *self = ROUNDS_CONFLICT_VERSION (object);

  g_free (self->title);
  g_free (self->button_label);
  g_free (self->suggested);

  G_OBJECT_CLASS (rounds_conflict_version_parent_class)->finalize (object);
}

static void
rounds_conflict_version_class_init (RoundsConflictVersionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rounds_conflict_version_get_property;
  object_class->set_property = rounds_conflict_version_set_property;
  object_class->dispose = rounds_conflict_version_dispose;
  object_class->finalize = rounds_conflict_version_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUTTON_LABEL] =
    g_param_spec_string ("button-label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EDITABLE] =
    g_param_spec_boolean ("editable", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/conflict-version.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictVersion, in_use);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictVersion, text);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictVersion, editor);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictVersion, view);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
rounds_conflict_version_init (RoundsConflictVersion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_conflict_version_show:
 * @self: a version
 * @before: the value from which the difference is marked
 * @text: this version's value; where it is editable, what is suggested, which does not replace what was edited
 */
void
rounds_conflict_version_show (RoundsConflictVersion *self, const char *before, const char *text)
{
  g_autofree char *entered = NULL;

  g_return_if_fail (ROUNDS_IS_CONFLICT_VERSION (self));

  if (!gtk_widget_get_visible (self->editor))
    {
      rounds_text_difference_show (before, text, self->text);
      return;
    }
  entered = rounds_conflict_version_dup_text (self);
  if (self->suggested != NULL && g_strcmp0 (entered, self->suggested) != 0)
    return;
  if (g_set_str (&self->suggested, text))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}

/** rounds_conflict_version_set_in_use: whether it is the value that the record has now. */
void
rounds_conflict_version_set_in_use (RoundsConflictVersion *self, gboolean in_use)
{
  g_return_if_fail (ROUNDS_IS_CONFLICT_VERSION (self));

  gtk_widget_set_visible (self->in_use, in_use);
}

/** rounds_conflict_version_dup_text: Returns: (transfer full): what is in the editor */
char *
rounds_conflict_version_dup_text (RoundsConflictVersion *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (ROUNDS_IS_CONFLICT_VERSION (self), NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}
