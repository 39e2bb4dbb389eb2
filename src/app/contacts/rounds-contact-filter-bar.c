/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-filter-form.h"
#include "contacts/rounds-contact-filter-words.h"
#include "forms/rounds-saved-searches.h"

struct _RoundsContactFilterBar
{
  AdwBin parent_instance;

  RoundsAppContext *context;   /* (owned) (nullable) until it is set up */
  RoundsContactFilter *filter; /* (owned) */
  gboolean showing;            /* what changes is not the user's doing */

  GtkSearchEntry *search;
  RoundsContactFilterForm *form;
  RoundsSavedSearches *saved;
  AdwToggleGroup *kind;
  AdwWrapBox *chips;
};

G_DEFINE_FINAL_TYPE (RoundsContactFilterBar, rounds_contact_filter_bar, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  SIGNAL_LEAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static RoundsStore *
get_store (RoundsContactFilterBar *self)
{
  return rounds_app_context_get_store (self->context);
}

static GtkWidget *
make_chip (const char *text, RoundsFilterPart part)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  /* Translators: %s is a filter: "Physician", "Boston" */
  g_autofree char *tip = g_strdup_printf (_ ("Remove Filter “%s”"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_tooltip_text (chip, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_widget_add_css_class (chip, "rounds-chip");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "filter.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "i", (int) part);
  return chip;
}

static void
show_chips (RoundsContactFilterBar *self)
{
  GtkWidget *child;
  gboolean any = FALSE;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    adw_wrap_box_remove (self->chips, child);
  for (int i = 0; i < ROUNDS_N_FILTER_PARTS; i++)
    {
      g_autofree char *text =
        rounds_contact_filter_describe_part (self->filter, (RoundsFilterPart) i, get_store (self));

      if (text == NULL)
        continue;
      adw_wrap_box_append (self->chips, make_chip (text, (RoundsFilterPart) i));
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips), any);
}

/* Tells everybody of another filter. */
static void
tell (RoundsContactFilterBar *self)
{
  g_autofree char *json = NULL;
  g_autofree char *name = NULL;

  show_chips (self);
  if (rounds_contact_filter_bar_is_filtering (self))
    {
      json = rounds_contact_filter_to_json (self->filter);
      name = rounds_contact_filter_describe (self->filter, get_store (self));
    }
  rounds_saved_searches_set_present (self->saved, json, name);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The search also tells of changes that are none. */
static void
search_changed_cb (RoundsContactFilterBar *self)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  const char *before = self->filter->words != NULL ? self->filter->words : "";

  if (self->showing || g_str_equal (words, before))
    return;
  g_free (self->filter->words);
  self->filter->words = *words != '\0' ? g_steal_pointer (&words) : NULL;
  tell (self);
}

static void
kind_changed_cb (RoundsContactFilterBar *self)
{
  RoundsContactKind kind = (RoundsContactKind) adw_toggle_group_get_active (self->kind);

  if (self->showing || kind == self->filter->kind)
    return;
  self->filter->kind = kind;
  tell (self);
}

static void
form_changed_cb (RoundsContactFilterBar *self)
{
  g_autoptr (RoundsContactFilter) before = rounds_contact_filter_copy (self->filter);

  rounds_contact_filter_form_apply (self->form, self->filter);
  if (!rounds_contact_filter_equal (before, self->filter))
    tell (self);
}

/* The form is filled when it is opened: specialties and territories may be new. */
static void
form_opened_cb (RoundsContactFilterBar *self)
{
  if (self->context != NULL)
    rounds_contact_filter_form_show (self->form, get_store (self), self->filter);
}

/* Shows the whole filter in the widgets. */
static void
show_filter (RoundsContactFilterBar *self)
{
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), self->filter->words != NULL ? self->filter->words : "");
  adw_toggle_group_set_active (self->kind, (guint) self->filter->kind);
  rounds_contact_filter_form_show (self->form, get_store (self), self->filter);
  self->showing = FALSE;
}

static void
chosen_cb (RoundsContactFilterBar *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsContactFilter) filter = rounds_contact_filter_from_json (json, &error);

  if (filter == NULL)
    rounds_app_context_report (self->context, error);
  else
    rounds_contact_filter_bar_set_filter (self, filter);
}

static void
stop_search_cb (RoundsContactFilterBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  g_signal_emit (self, signals[SIGNAL_LEAVE], 0, FALSE);
}

static void
activated_cb (RoundsContactFilterBar *self)
{
  search_changed_cb (self); /* what was typed last counts */
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* Down goes from the search into what it found. */
static gboolean
key_pressed_cb (RoundsContactFilterBar *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[SIGNAL_LEAVE], 0, TRUE);
  return GDK_EVENT_STOP;
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactFilterBar *self = ROUNDS_CONTACT_FILTER_BAR (widget);

  rounds_contact_filter_clear_part (self->filter, (RoundsFilterPart) g_variant_get_int32 (parameter));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  tell (self);
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactFilterBar *self = ROUNDS_CONTACT_FILTER_BAR (widget);

  for (int i = 0; i < ROUNDS_N_FILTER_PARTS; i++)
    rounds_contact_filter_clear_part (self->filter, (RoundsFilterPart) i);
  show_filter (self);
  tell (self);
}

static void
rounds_contact_filter_bar_dispose (GObject *object)
{
  RoundsContactFilterBar *self = ROUNDS_CONTACT_FILTER_BAR (object);

  self->showing = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONTACT_FILTER_BAR);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_contact_filter_bar_parent_class)->dispose (object);
}

static void
rounds_contact_filter_bar_finalize (GObject *object)
{
  rounds_contact_filter_free (ROUNDS_CONTACT_FILTER_BAR (object)->filter);

  G_OBJECT_CLASS (rounds_contact_filter_bar_parent_class)->finalize (object);
}

static void
rounds_contact_filter_bar_class_init (RoundsContactFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_contact_filter_bar_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", ROUNDS_TYPE_CONTACT_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", ROUNDS_TYPE_CONTACT_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEAVE] = g_signal_new ("leave", ROUNDS_TYPE_CONTACT_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (ROUNDS_TYPE_CONTACT_FILTER_FORM);
  g_type_ensure (ROUNDS_TYPE_SAVED_SEARCHES);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterBar, search);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterBar, form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterBar, saved);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterBar, kind);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactFilterBar, chips);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "filter.remove", "i", remove_action);
  gtk_widget_class_install_action (widget_class, "filter.clear", NULL, clear_action);
}

static void
rounds_contact_filter_bar_init (RoundsContactFilterBar *self)
{
  self->filter = rounds_contact_filter_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** rounds_contact_filter_bar_set_up: must be called once before it is shown. */
void
rounds_contact_filter_bar_set_up (RoundsContactFilterBar *self, RoundsAppContext *context)
{
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  rounds_saved_searches_set_up (self->saved, context, "contacts");
}

/** rounds_contact_filter_bar_get_filter: Returns: (transfer none): the filter as it is now */
const RoundsContactFilter *
rounds_contact_filter_bar_get_filter (RoundsContactFilterBar *self)
{
  return self->filter;
}

/** rounds_contact_filter_bar_set_filter: shows what @filter says, and tells it. */
void
rounds_contact_filter_bar_set_filter (RoundsContactFilterBar *self, const RoundsContactFilter *filter)
{
  RoundsContactFilter *copy = rounds_contact_filter_copy (filter);

  rounds_contact_filter_free (self->filter);
  self->filter = copy;
  show_filter (self);
  tell (self);
}

/** rounds_contact_filter_bar_set_order: has the filter order otherwise, and tells it. */
void
rounds_contact_filter_bar_set_order (RoundsContactFilterBar *self, RoundsContactOrder order, gboolean descending)
{
  if (self->filter->order == order && self->filter->descending == descending)
    return;
  self->filter->order = order;
  self->filter->descending = descending;
  tell (self);
}

/** rounds_contact_filter_bar_is_filtering: whether anything is chosen or typed. */
gboolean
rounds_contact_filter_bar_is_filtering (RoundsContactFilterBar *self)
{
  return self->filter->words != NULL || self->filter->kind != ROUNDS_CONTACTS_ALL
         || rounds_contact_filter_is_set (self->filter);
}

/** rounds_contact_filter_bar_focus: the keyboard goes to the search. */
void
rounds_contact_filter_bar_focus (RoundsContactFilterBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/** rounds_contact_filter_bar_capture_keys: typing anywhere in @widget is searching. */
void
rounds_contact_filter_bar_capture_keys (RoundsContactFilterBar *self, GtkWidget *widget)
{
  gtk_search_entry_set_key_capture_widget (self->search, widget);
}
