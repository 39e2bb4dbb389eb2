/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-row-avatar.h"

#include <string.h>

#define SIZE 36
#define FONT_SIZE 14
#define ICON_SIZE (SIZE / 2)
/* The classes "color1" and on of libadwaita's avatars. */
#define N_COLORS 14

struct _RoundsRowAvatar
{
  GtkWidget parent_instance;

  char *initials;  /* (owned) (nullable) */
  char *icon_name; /* (owned) (nullable): in place of them */
  guint color;     /* 0: none yet */
};

G_DEFINE_FINAL_TYPE (RoundsRowAvatar, rounds_row_avatar, GTK_TYPE_WIDGET)

static void
rounds_row_avatar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
snapshot_initials (RoundsRowAvatar *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->initials);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_size_new_absolute (FONT_SIZE * PANGO_SCALE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) ((SIZE - width) / 2), (float) ((SIZE - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, color);
}

static void
snapshot_icon (RoundsRowAvatar *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
    gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), self->icon_name, NULL, ICON_SIZE,
    gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  const float margin = (SIZE - ICON_SIZE) / 2.0f;

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (margin, margin));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE, ICON_SIZE, color, 1);
}

static void
rounds_row_avatar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoundsRowAvatar *self = ROUNDS_ROW_AVATAR (widget);
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  if (self->icon_name != NULL)
    snapshot_icon (self, snapshot, &color);
  else if (self->initials != NULL)
    snapshot_initials (self, snapshot, &color);
}

static void
rounds_row_avatar_finalize (GObject *object)
{
  RoundsRowAvatar *self = ROUNDS_ROW_AVATAR (object);

  g_free (self->initials);
  g_free (self->icon_name);

  G_OBJECT_CLASS (rounds_row_avatar_parent_class)->finalize (object);
}

static void
rounds_row_avatar_class_init (RoundsRowAvatarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_row_avatar_finalize;
  widget_class->measure = rounds_row_avatar_measure;
  widget_class->snapshot = rounds_row_avatar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "avatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rounds_row_avatar_init (RoundsRowAvatar *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/* The first letters of the first and of the last word. */
static char *
make_initials (const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *text = g_utf8_normalize (g_strstrip (upper), -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *initials = g_string_new (NULL);
  const char *last;

  if (text == NULL || *text == '\0')
    return g_string_free_and_steal (initials);
  g_string_append_unichar (initials, g_utf8_get_char (text));
  last = strrchr (text, ' ');
  if (last != NULL)
    g_string_append_unichar (initials, g_utf8_get_char (last + 1));
  return g_string_free_and_steal (initials);
}

/* The same one as on the contact's page. */
static void
set_color (RoundsRowAvatar *self, guint color)
{
  char name[] = "color00";

  if (self->color == color)
    return;
  if (self->color != 0)
    {
      g_snprintf (name, sizeof name, "color%u", self->color);
      gtk_widget_remove_css_class (GTK_WIDGET (self), name);
    }
  self->color = color;
  g_snprintf (name, sizeof name, "color%u", color);
  gtk_widget_add_css_class (GTK_WIDGET (self), name);
}

/**
 * rounds_row_avatar_show:
 * @self: an avatar
 * @name: whose it is
 * @icon_name: (nullable): a symbolic icon to show in place of the initials
 */
void
rounds_row_avatar_show (RoundsRowAvatar *self, const char *name, const char *icon_name)
{
  g_return_if_fail (ROUNDS_IS_ROW_AVATAR (self));

  g_free (self->initials);
  self->initials = make_initials (name);
  g_set_str (&self->icon_name, icon_name);
  set_color (self, g_str_hash (name) % N_COLORS + 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** rounds_row_avatar_get_initials: Returns: (transfer none) (nullable): what it shows where there is no icon */
const char *
rounds_row_avatar_get_initials (RoundsRowAvatar *self)
{
  g_return_val_if_fail (ROUNDS_IS_ROW_AVATAR (self), NULL);

  return self->initials;
}
