/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-display.h"
#include "rounds-found-popover.h"
#include "rounds-reference-row.h"

struct _RoundsReferenceRow
{
  AdwEntryRow parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until set up */
  RoundsEntity target;
  RoundsEntity listed;  /* what is searched: the target, or people where the target is about one */
  RoundsRecord *record; /* (owned) (nullable) of the target: what is chosen */
  RoundsUuid unread;    /* what is chosen, and could not be read or is not here; nil: nothing */
  const char *lack;     /* (nullable): which of the two it is, as it is said */

  RoundsFoundPopover *popover; /* (not owned) child of this row */
  GtkWidget *suffixes; /* (owned) the box of the following and of what is added; in the row while it shows something */
  GtkWidget *note;     /* (not owned) says beside the text that it is to be made, or what keeps it from being shown */
  GtkWidget *clear;

  gboolean allow_unknown;
  gboolean creates; /* an unknown name stands for a record that is made with the form's */
  gboolean writing; /* the text is being set from the record */
};

G_DEFINE_FINAL_TYPE (RoundsReferenceRow, rounds_reference_row, ADW_TYPE_ENTRY_ROW)

enum
{
  PROP_ALLOW_UNKNOWN = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* More than fit on a screen: who sees as many types one more letter. */
#define MOST_FOUND 40

static const char *
get_text (RoundsReferenceRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self));
}

/* (transfer full): what is looked for now. */
static RoundsQuery *
make_query (RoundsReferenceRow *self)
{
  RoundsQuery *query = rounds_query_new (self->listed);

  if (self->target == ROUNDS_ENTITY_PATIENT)
    rounds_query_having (query, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_PERSON_ROLE_TYPE,
                         "patient");
  else if (self->target == ROUNDS_ENTITY_PHYSICIAN)
    rounds_query_having (query, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_PERSON_ROLE_TYPE,
                         "physician");
  else if (self->target == ROUNDS_ENTITY_STAFF)
    rounds_query_having (query, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_PERSON_ROLE_TYPE, "staff");

  if (self->record == NULL && *get_text (self) != '\0' && rounds_entity_has_flag (self->listed, ROUNDS_FIELD_SEARCH))
    rounds_query_search (query, get_text (self));
  if (rounds_entity_has_flag (self->listed, ROUNDS_FIELD_SORT))
    rounds_query_order_by_name (query);
  rounds_query_limit (query, MOST_FOUND);
  return query;
}

static gboolean
shows_suffix (RoundsReferenceRow *self)
{
  for (GtkWidget *suffix = gtk_widget_get_first_child (self->suffixes); suffix != NULL;
       suffix = gtk_widget_get_next_sibling (suffix))
    if (gtk_widget_get_visible (suffix))
      return TRUE;
  return FALSE;
}

/* Empty, their box would still move the pencil out of line with those of the other rows. */
static void
show_suffixes (RoundsReferenceRow *self)
{
  gboolean is_there = gtk_widget_get_parent (self->suffixes) != NULL;

  if (shows_suffix (self) && !is_there)
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->suffixes);
  else if (!shows_suffix (self) && is_there)
    adw_entry_row_remove (ADW_ENTRY_ROW (self), self->suffixes);
}

static gboolean
is_unread (RoundsReferenceRow *self)
{
  return !rounds_uuid_is_nil (&self->unread);
}

/* What is chosen, of which there is no text to delete: it is cleared as if there were. */
static gboolean
is_unread_alone (RoundsReferenceRow *self)
{
  return is_unread (self) && *get_text (self) == '\0' && gtk_editable_get_editable (GTK_EDITABLE (self));
}

/* By keyboard one clears the text itself, and Tab goes on; where there is none, Tab comes to the button. */
static void
show_clear (RoundsReferenceRow *self)
{
  gtk_widget_set_focusable (self->clear, is_unread_alone (self));
  gtk_widget_set_visible (self->clear, (*get_text (self) != '\0' || is_unread (self))
                                         && gtk_editable_get_editable (GTK_EDITABLE (self)));
  show_suffixes (self);
}

/* Whether what is written would be made when the form is saved. */
static gboolean
would_create (RoundsReferenceRow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (get_text (self)));

  return self->creates && rounds_reference_row_get_id (self) == NULL && *text != '\0';
}

static void
show_note (RoundsReferenceRow *self)
{
  const char *text = NULL;

  if (is_unread (self))
    text = self->lack;
  else if (would_create (self) && !gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    /* Translators: beside a name of which there is no record yet. */
    text = C_ ("record", "New");
  gtk_label_set_text (GTK_LABEL (self->note), text != NULL ? text : "");
  gtk_widget_set_visible (self->note, text != NULL);
  show_suffixes (self);
}

static void
show_state (RoundsReferenceRow *self)
{
  show_clear (self);
  show_note (self);
}

static void
set_record (RoundsReferenceRow *self, RoundsRecord *record)
{
  g_autofree char *name = NULL;

  if (record != NULL)
    name = rounds_display_name (rounds_app_context_get_store (self->context), record);

  self->writing = TRUE;
  self->unread = (RoundsUuid) { 0 };
  g_set_object (&self->record, record);
  gtk_editable_set_text (GTK_EDITABLE (self), name != NULL ? name : "");
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
  self->writing = FALSE;
  show_state (self);
}

/* The record that stands behind one that was listed: the patient of a person. */
static RoundsRecord *
resolve (RoundsReferenceRow *self, RoundsRecord *listed)
{
  if (self->listed == self->target)
    return g_object_ref (listed);

  return rounds_find_of_person (rounds_app_context_get_store (self->context), self->target,
                                rounds_record_get_id (listed));
}

static void
take (RoundsReferenceRow *self, RoundsRecord *listed)
{
  g_autoptr (RoundsRecord) record = resolve (self, listed);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (record == NULL)
    return;
  set_record (self, record);
  g_signal_emit (self, signals[SIGNAL_PICKED], 0);
}

static void
picked_cb (RoundsReferenceRow *self, RoundsRecord *listed)
{
  take (self, listed);
  g_signal_emit_by_name (self, "entry-activated");
}

/* The name stays as it is written, and says that it is new. */
static void
create_cb (RoundsReferenceRow *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  show_note (self);
  g_signal_emit_by_name (self, "entry-activated");
}

static void
search (RoundsReferenceRow *self)
{
  g_autoptr (RoundsQuery) query = make_query (self);
  RoundsFoundOtherwise otherwise = would_create (self)                     ? ROUNDS_FOUND_OFFERS
                                   : self->allow_unknown && !self->creates ? ROUNDS_FOUND_CLOSES
                                                                           : ROUNDS_FOUND_SAYS_SO;

  rounds_found_popover_search (self->popover, rounds_app_context_get_store (self->context), query, get_text (self),
                               otherwise);
}

static void
text_changed_cb (RoundsReferenceRow *self)
{
  gboolean had_record = rounds_reference_row_get_id (self) != NULL;

  if (self->writing || self->context == NULL)
    return;

  self->unread = (RoundsUuid) { 0 };
  g_clear_object (&self->record);
  show_clear (self);
  if (*get_text (self) != '\0')
    search (self);
  else
    rounds_found_popover_stop (self->popover);
  show_note (self);
  if (had_record)
    g_signal_emit (self, signals[SIGNAL_PICKED], 0);
}

static void
clear (RoundsReferenceRow *self)
{
  if (is_unread_alone (self))
    text_changed_cb (self);
  else
    gtk_editable_set_text (GTK_EDITABLE (self), "");
}

static gboolean
key_pressed_cb (RoundsReferenceRow *self, guint key, guint code, GdkModifierType state)
{
  gboolean open = gtk_widget_get_visible (GTK_WIDGET (self->popover));

  if (!gtk_editable_get_editable (GTK_EDITABLE (self)) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (open)
        rounds_found_popover_move (self->popover, 1);
      else
        search (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      rounds_found_popover_move (self->popover, -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      rounds_found_popover_take (self->popover);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      rounds_found_popover_stop (self->popover);
      return GDK_EVENT_STOP;

    case GDK_KEY_BackSpace:
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      if (!is_unread_alone (self))
        return GDK_EVENT_PROPAGATE;
      clear (self);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* A name that was written in full needs no Return. */
static void
focus_left_cb (RoundsReferenceRow *self)
{
  g_autoptr (RoundsRecord) only = NULL;
  g_autofree char *title = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *written = NULL;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->record != NULL || *get_text (self) == '\0')
    return;
  only = rounds_found_popover_dup_only (self->popover);
  if (only == NULL)
    return;
  title = rounds_record_get_title (only);
  folded = rounds_text_fold (title);
  written = rounds_text_fold (get_text (self));
  if (g_strcmp0 (folded, written) == 0)
    take (self, only);
}

static void
clear_clicked_cb (RoundsReferenceRow *self)
{
  clear (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
rounds_reference_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ALLOW_UNKNOWN:
      g_value_set_boolean (value, ROUNDS_REFERENCE_ROW (object)->allow_unknown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_reference_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ALLOW_UNKNOWN:
      rounds_reference_row_set_allow_unknown (ROUNDS_REFERENCE_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_reference_row_dispose (GObject *object)
{
  RoundsReferenceRow *self = ROUNDS_REFERENCE_ROW (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->popover)));
  g_clear_object (&self->suffixes);
  g_clear_object (&self->record);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_reference_row_parent_class)->dispose (object);
}

static void
rounds_reference_row_class_init (RoundsReferenceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_reference_row_get_property;
  object_class->set_property = rounds_reference_row_set_property;
  object_class->dispose = rounds_reference_row_dispose;

  props[PROP_ALLOW_UNKNOWN] =
    g_param_spec_boolean ("allow-unknown", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_PICKED] =
    g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_reference_row_init (RoundsReferenceRow *self)
{
  GtkWidget *delegate = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self)));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->target = self->listed = ROUNDS_ENTITY_NONE;
  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->clear, _ ("Clear"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Clear"), -1);
  gtk_widget_set_visible (self->clear, FALSE);
  gtk_widget_set_focusable (self->clear, FALSE);
  gtk_widget_add_css_class (self->clear, "flat");
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_clicked_cb), self);
  self->note = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "dimmed");
  self->suffixes = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_box_append (GTK_BOX (self->suffixes), self->note);
  gtk_box_append (GTK_BOX (self->suffixes), self->clear);
  self->popover = rounds_found_popover_new (GTK_WIDGET (self));
  g_signal_connect_swapped (self->popover, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect_swapped (self->popover, "create", G_CALLBACK (create_cb), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (show_note), self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (delegate, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (delegate, focus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->note, NULL,
                                  -1);
  g_signal_connect (self, "changed", G_CALLBACK (text_changed_cb), NULL);
}

/**
 * rounds_reference_row_new:
 * @context: the application
 * @target: the entity to choose from
 * @title: what the choice is, plain text
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
rounds_reference_row_new (RoundsAppContext *context, RoundsEntity target, const char *title)
{
  RoundsReferenceRow *self = g_object_new (ROUNDS_TYPE_REFERENCE_ROW, "title", title, NULL);

  rounds_reference_row_set_up (self, context, target);
  return GTK_WIDGET (self);
}

/**
 * rounds_reference_row_set_up:
 * @self: a row that a template has made
 * @context: the application
 * @target: the entity to choose from
 *
 * Must be called once before anything else.
 */
void
rounds_reference_row_set_up (RoundsReferenceRow *self, RoundsAppContext *context, RoundsEntity target)
{
  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (context));

  g_set_object (&self->context, context);
  self->target = target;
  self->listed = rounds_entity_get_person_field (target) >= 0 ? ROUNDS_ENTITY_PERSON : target;
}

/**
 * rounds_reference_row_add_suffix:
 * @self: a row
 * @suffix: what is to stand at its end, behind what the row itself tells there
 */
void
rounds_reference_row_add_suffix (RoundsReferenceRow *self, GtkWidget *suffix)
{
  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (suffix));

  gtk_box_append (GTK_BOX (self->suffixes), suffix);
  show_suffixes (self);
}

/**
 * rounds_reference_row_set_allow_unknown:
 * @self: a row
 * @allow_unknown: whether a name may stay that belongs to no record
 */
void
rounds_reference_row_set_allow_unknown (RoundsReferenceRow *self, gboolean allow_unknown)
{
  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));

  self->allow_unknown = allow_unknown;
}

/**
 * rounds_reference_row_set_creates:
 * @self: a row
 * @creates: whether a name that belongs to no record stands for a new one, which whoever saves the form makes
 *
 * Then such a name may stay, is offered below what is found, and is marked as new.
 */
void
rounds_reference_row_set_creates (RoundsReferenceRow *self, gboolean creates)
{
  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));

  self->creates = creates;
  rounds_reference_row_set_allow_unknown (self, creates);
}

/**
 * rounds_reference_row_get_allow_unknown:
 * @self: a row
 *
 * Returns: whether a name may stay that belongs to no record
 */
gboolean
rounds_reference_row_get_allow_unknown (RoundsReferenceRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_REFERENCE_ROW (self), FALSE);

  return self->allow_unknown;
}

/**
 * rounds_reference_row_set_id:
 * @self: a row that is set up
 * @id: (nullable): the record to show as chosen
 *
 * One that cannot be read, or is not here, has no name, which is said, and stays chosen until the user clears it or
 * types. Does not emit "picked".
 */
void
rounds_reference_row_set_id (RoundsReferenceRow *self, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) record = NULL;
  gboolean could_read = TRUE;

  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));

  if (id != NULL)
    could_read = rounds_record_store_look_up (rounds_store_get_reader (rounds_app_context_get_store (self->context)),
                                              self->target, id, &record, NULL);
  set_record (self, record);
  if (id == NULL || record != NULL)
    return;
  self->unread = *id;
  /* Translators: of what is chosen in a form, such as an organisation; short, as it stands beside the row's title. */
  self->lack = could_read ? _ ("Not on this device") : _ ("Cannot be read now");
  show_state (self);
}

/**
 * rounds_reference_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the chosen record's id
 */
const RoundsUuid *
rounds_reference_row_get_id (RoundsReferenceRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_REFERENCE_ROW (self), NULL);

  if (self->record != NULL)
    return rounds_record_get_id (self->record);
  return rounds_uuid_is_nil (&self->unread) ? NULL : &self->unread;
}

/**
 * rounds_reference_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the chosen record, of the target entity; %NULL, too, for one that cannot be read
 */
RoundsRecord *
rounds_reference_row_get_record (RoundsReferenceRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_REFERENCE_ROW (self), NULL);

  return self->record;
}

/**
 * rounds_reference_row_set_name:
 * @self: a row
 * @name: a name that belongs to no record
 *
 * Shows @name without looking for it. Does not emit "picked".
 */
void
rounds_reference_row_set_name (RoundsReferenceRow *self, const char *name)
{
  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));

  self->unread = (RoundsUuid) { 0 };
  g_clear_object (&self->record);
  rounds_reference_row_show_name (self, name);
}

/**
 * rounds_reference_row_show_name:
 * @self: a row without a record
 * @name: what the chosen record is called where it cannot be read or is not here, and else a name that belongs to none
 *
 * Shows @name without looking for it, and leaves chosen what is. Does not emit "picked".
 */
void
rounds_reference_row_show_name (RoundsReferenceRow *self, const char *name)
{
  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));

  self->writing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), name);
  self->writing = FALSE;
  show_state (self);
}

/**
 * rounds_reference_row_is_unknown:
 * @self: a row
 *
 * Returns: whether something is written that is no record's choice
 */
gboolean
rounds_reference_row_is_unknown (RoundsReferenceRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_REFERENCE_ROW (self), FALSE);

  return rounds_reference_row_get_id (self) == NULL && *get_text (self) != '\0';
}
