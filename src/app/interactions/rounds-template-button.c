/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-template-button.h"

#include <glib/gi18n-lib.h>

#include "interactions/rounds-templates-dialog.h"

/* A menu is no place for more. */
#define MOST_TEMPLATES 60

struct _RoundsTemplateButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;

  RoundsAppContext *context; /* (owned) (nullable) until set up */
  char *type;                /* (owned) (nullable): templates of another type are left out */
};

G_DEFINE_FINAL_TYPE (RoundsTemplateButton, rounds_template_button, ADW_TYPE_BIN)

enum
{
  SIGNAL_INSERT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_offered (RoundsTemplateButton *self, RoundsRecord *template)
{
  const char *type = rounds_record_get_text (template, ROUNDS_NOTE_TEMPLATE_INTERACTION_TYPE);

  return type == NULL || self->type == NULL || g_str_equal (type, self->type);
}

/* What is in a menu is a label: a lone underline would be taken for a mnemonic. */
static void
append_template (GMenu *menu, RoundsRecord *template)
{
  g_auto (GStrv) parts = g_strsplit (rounds_record_get_text (template, ROUNDS_NOTE_TEMPLATE_NAME), "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (rounds_record_get_id (template), id);
  g_menu_item_set_action_and_target (item, "template.insert", "s", id);
  g_menu_append_item (menu, item);
}

static void
fill_menu_cb (GtkMenuButton *button, gpointer data)
{
  RoundsTemplateButton *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) templates = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_NOTE_TEMPLATE);
  g_autoptr (GPtrArray) records = NULL;

  rounds_query_order_by_name (query);
  rounds_query_limit (query, MOST_TEMPLATES);
  records = rounds_store_list (rounds_app_context_get_store (self->context), query, NULL);
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (is_offered (self, records->pdata[i]))
      append_template (templates, records->pdata[i]);
  g_menu_append (rest, _ ("_Manage Templates…"), "template.manage");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (templates));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
insert_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsTemplateButton *self = ROUNDS_TEMPLATE_BUTTON (widget);
  g_autoptr (RoundsRecord) template = NULL;
  RoundsUuid id;

  if (rounds_uuid_parse (g_variant_get_string (parameter, NULL), &id))
    template = rounds_store_get (rounds_app_context_get_store (self->context), ROUNDS_ENTITY_NOTE_TEMPLATE, &id, NULL);
  if (template != NULL)
    g_signal_emit (self, signals[SIGNAL_INSERT], 0, rounds_record_get_text (template, ROUNDS_NOTE_TEMPLATE_TEXT));
}

static void
manage_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_templates_dialog_present (widget, ROUNDS_TEMPLATE_BUTTON (widget)->context);
}

static void
rounds_template_button_dispose (GObject *object)
{
  RoundsTemplateButton *self = ROUNDS_TEMPLATE_BUTTON (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->type, g_free);

  G_OBJECT_CLASS (rounds_template_button_parent_class)->dispose (object);
}

static void
rounds_template_button_class_init (RoundsTemplateButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_template_button_dispose;
  signals[SIGNAL_INSERT] = g_signal_new ("insert", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/template-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTemplateButton, button);
  gtk_widget_class_install_action (widget_class, "template.insert", "s", insert_action);
  gtk_widget_class_install_action (widget_class, "template.manage", NULL, manage_action);
}

static void
rounds_template_button_init (RoundsTemplateButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** rounds_template_button_set_up: gives a button that a template has made its @context; once. */
void
rounds_template_button_set_up (RoundsTemplateButton *self, RoundsAppContext *context)
{
  g_return_if_fail (ROUNDS_IS_TEMPLATE_BUTTON (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  gtk_menu_button_set_create_popup_func (self->button, fill_menu_cb, self, NULL);
}

/** rounds_template_button_set_type: templates of another @interaction_type are left out. */
void
rounds_template_button_set_type (RoundsTemplateButton *self, const char *interaction_type)
{
  g_return_if_fail (ROUNDS_IS_TEMPLATE_BUTTON (self));

  g_set_str (&self->type, interaction_type);
}

/** rounds_template_button_popup: shows the menu. */
void
rounds_template_button_popup (RoundsTemplateButton *self)
{
  g_return_if_fail (ROUNDS_IS_TEMPLATE_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
