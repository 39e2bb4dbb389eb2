/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-display.h"
#include "rounds-record-list.h"
#include "rounds-reference-row.h"

struct _RoundsReferenceRow
{
  AdwEntryRow parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until set up */
  RoundsEntity target;
  RoundsEntity listed;  /* what is searched: the target, or people where the target is about one */
  RoundsRecord *record; /* (owned) (nullable) of the target: what is chosen */

  GtkPopover *popover;           /* (not owned) child of this row */
  GtkSingleSelection *selection; /* (not owned) of the popover's list */
  GtkListView *view;             /* (not owned) the same list */
  GtkWidget *scroller;           /* (not owned) around it */
  GtkWidget *nothing;            /* (not owned) shown in its place */
  GtkButton *create;             /* (not owned) below it: what is written is to be made */
  GtkWidget *is_new;             /* (not owned) says beside the text that it is */
  RoundsRecordList *list;        /* (owned) (nullable) made at the first key */
  GtkWidget *clear;

  gboolean allow_unknown;
  gboolean creates;      /* an unknown name stands for a record that is made with the form's */
  gboolean marks_create; /* Return means the button, not the list's selection */
  gboolean writing;      /* the text is being set from the record */
  gboolean taking;       /* Return was pressed before the list had come */
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

static void
show_clear (RoundsReferenceRow *self)
{
  gtk_widget_set_visible (self->clear, *get_text (self) != '\0' && gtk_editable_get_editable (GTK_EDITABLE (self)));
}

/* Whether what is written would be made when the form is saved. */
static gboolean
would_create (RoundsReferenceRow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (get_text (self)));

  return self->creates && self->record == NULL && *text != '\0';
}

static void
show_is_new (RoundsReferenceRow *self)
{
  gtk_widget_set_visible (self->is_new, would_create (self) && !gtk_widget_get_visible (GTK_WIDGET (self->popover)));
}

static void
set_record (RoundsReferenceRow *self, RoundsRecord *record)
{
  g_autofree char *name = NULL;

  if (record != NULL)
    name = rounds_display_name (rounds_app_context_get_store (self->context), record);

  self->writing = TRUE;
  g_set_object (&self->record, record);
  gtk_editable_set_text (GTK_EDITABLE (self), name != NULL ? name : "");
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
  self->writing = FALSE;
  show_clear (self);
  show_is_new (self);
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

  gtk_popover_popdown (self->popover);
  if (record == NULL)
    return;
  set_record (self, record);
  g_signal_emit (self, signals[SIGNAL_PICKED], 0);
}

static void
take_selected (RoundsReferenceRow *self)
{
  RoundsRecord *listed = gtk_single_selection_get_selected_item (self->selection);

  if (listed != NULL)
    {
      take (self, listed);
      g_signal_emit_by_name (self, "entry-activated");
    }
}

static void
row_activated_cb (RoundsReferenceRow *self, guint position)
{
  g_autoptr (RoundsRecord) listed = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (listed != NULL)
    {
      take (self, listed);
      g_signal_emit_by_name (self, "entry-activated");
    }
}

/* Whether one of those that are found has the very name that is written. */
static gboolean
is_found (RoundsReferenceRow *self)
{
  g_autofree char *written = rounds_text_fold (get_text (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  g_strstrip (written);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      g_autofree char *title = rounds_record_get_title (record);
      g_autofree char *folded = rounds_text_fold (title);

      if (g_strcmp0 (folded, written) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
mark_create (RoundsReferenceRow *self, gboolean marked)
{
  self->marks_create = marked;
  if (marked)
    gtk_widget_set_state_flags (GTK_WIDGET (self->create), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self->create), GTK_STATE_FLAG_SELECTED);
  if (marked)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_button_get_label (self->create),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Offers to make what nothing is called yet: below what is found, or in its place, where Return takes it. */
static void
show_create (RoundsReferenceRow *self, gboolean found)
{
  gboolean offered = would_create (self) && !rounds_record_list_is_loading (self->list) && !is_found (self);
  g_autofree char *name = g_strstrip (g_strdup (get_text (self)));
  /* Translators: makes a record, such as an organisation, of the name that was typed. */
  g_autofree char *label = g_strdup_printf (_ ("Create “%s”"), name);

  gtk_button_set_label (self->create, label);
  gtk_widget_set_visible (GTK_WIDGET (self->create), offered);
  mark_create (self, offered && !found);
}

static void
show_found (RoundsReferenceRow *self)
{
  gboolean found = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_widget_set_visible (self->scroller, found);
  show_create (self, found);
  gtk_widget_set_visible (self->nothing, !found && !rounds_record_list_is_loading (self->list)
                                           && !gtk_widget_get_visible (GTK_WIDGET (self->create)));
}

/* The name stays as it is written, and says that it is new. */
static void
take_create (RoundsReferenceRow *self)
{
  gtk_popover_popdown (self->popover);
  show_is_new (self);
  g_signal_emit_by_name (self, "entry-activated");
}

static void
loading_changed_cb (RoundsReferenceRow *self)
{
  show_found (self);
  if (rounds_record_list_is_loading (self->list))
    return;

  /* What is found anew begins with the best; the selection would stay with what it was on. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_single_selection_set_selected (self->selection, 0);

  if (self->taking)
    {
      self->taking = FALSE;
      if (self->marks_create)
        take_create (self);
      else
        take_selected (self);
    }
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0 && self->allow_unknown && !self->creates)
    gtk_popover_popdown (self->popover);
}

static void
search (RoundsReferenceRow *self)
{
  g_autoptr (RoundsQuery) query = make_query (self);

  if (self->list == NULL)
    {
      self->list = rounds_record_list_new (rounds_app_context_get_store (self->context), query);
      g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
    }
  else
    rounds_record_list_set_query (self->list, query);

  show_found (self);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), MIN (gtk_widget_get_width (GTK_WIDGET (self)), 480), -1);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_popup (self->popover);
}

static void
text_changed_cb (RoundsReferenceRow *self)
{
  gboolean had_record = self->record != NULL;

  if (self->writing || self->context == NULL)
    return;

  self->taking = FALSE;
  g_clear_object (&self->record);
  show_clear (self);
  if (*get_text (self) != '\0')
    search (self);
  else
    gtk_popover_popdown (self->popover);
  show_is_new (self);
  if (had_record)
    g_signal_emit (self, signals[SIGNAL_PICKED], 0);
}

static void
move_selection (RoundsReferenceRow *self, int step)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  /* The button is the last of the list. */
  if (self->marks_create && step < 0)
    {
      mark_create (self, FALSE);
      return;
    }
  if (step > 0 && selected + 1 >= n && gtk_widget_get_visible (GTK_WIDGET (self->create)))
    {
      mark_create (self, TRUE);
      return;
    }
  gtk_single_selection_set_selected (self->selection, (guint) CLAMP ((int) selected + step, 0, (int) n - 1));
  gtk_list_view_scroll_to (self->view, gtk_single_selection_get_selected (self->selection), GTK_LIST_SCROLL_NONE, NULL);
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
        move_selection (self, 1);
      else
        search (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      move_selection (self, -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      if (rounds_record_list_is_loading (self->list))
        self->taking = TRUE;
      else if (self->marks_create)
        take_create (self);
      else
        take_selected (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      gtk_popover_popdown (self->popover);
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

  gtk_popover_popdown (self->popover);
  if (self->record != NULL || self->list == NULL || *get_text (self) == '\0'
      || rounds_record_list_is_loading (self->list) || g_list_model_get_n_items (G_LIST_MODEL (self->list)) != 1)
    return;

  only = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  title = rounds_record_get_title (only);
  folded = rounds_text_fold (title);
  written = rounds_text_fold (get_text (self));
  if (g_strcmp0 (folded, written) == 0)
    take (self, only);
}

static void
clear_clicked_cb (RoundsReferenceRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self), "");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* (single-click-activate would also mark what the pointer happens to lie on, and Return would take that.) */
static void
row_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  gtk_widget_activate_action (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), "list.activate-item",
                              "u", gtk_list_item_get_position (item));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *summary = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (summary), 0);
  gtk_label_set_ellipsize (GTK_LABEL (summary), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (summary, "caption");
  gtk_widget_add_css_class (summary, "dimmed");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), summary);
  gtk_widget_add_css_class (box, "rounds-found-row");
  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), item, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, box);
}

static void
bind_row_cb (RoundsReferenceRow *self, GtkListItem *item)
{
  RoundsRecord *record = gtk_list_item_get_item (item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *summary = gtk_widget_get_next_sibling (name);
  g_autofree char *title = rounds_record_get_title (record);
  g_autofree char *text = rounds_display_summary (rounds_app_context_get_store (self->context), record);

  gtk_label_set_text (GTK_LABEL (name), title);
  gtk_label_set_text (GTK_LABEL (summary), text);
  gtk_widget_set_visible (summary, text != NULL);
  gtk_list_item_set_accessible_label (item, title);
}

/* The list never takes the focus, so that typing goes on while one looks at it. */
static void
make_popover (RoundsReferenceRow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->selection = gtk_single_selection_new (NULL);
  self->nothing = gtk_label_new (_ ("Nothing Found"));
  self->scroller = gtk_scrolled_window_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row_cb), self);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Found"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (show_found), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_add_css_class (self->nothing, "dimmed");
  gtk_widget_set_margin_top (self->nothing, 12);
  gtk_widget_set_margin_bottom (self->nothing, 12);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_box_append (GTK_BOX (box), self->scroller);
  self->create = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->create), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self->create), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->create), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->create), "rounds-found-create");
  gtk_button_set_can_shrink (self->create, TRUE);
  g_signal_connect_swapped (self->create, "clicked", G_CALLBACK (take_create), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->create));

  gtk_popover_set_child (self->popover, box);
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self->popover), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->popover), "rounds-found");
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (show_is_new), self);
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
  g_clear_object (&self->list);
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
  gtk_widget_set_visible (self->clear, FALSE);
  gtk_widget_set_focusable (self->clear, FALSE); /* by keyboard one clears the text itself, and Tab goes on */
  gtk_widget_add_css_class (self->clear, "flat");
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_clicked_cb), self);
  /* Translators: beside a name of which there is no record yet. */
  self->is_new = gtk_label_new (C_ ("record", "New"));
  gtk_widget_set_visible (self->is_new, FALSE);
  gtk_widget_add_css_class (self->is_new, "caption");
  gtk_widget_add_css_class (self->is_new, "dimmed");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->is_new);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->clear);
  make_popover (self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (delegate, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (delegate, focus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST, -1);
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
 * @id: (nullable): the record to show as chosen; one that is not here is shown as none
 *
 * Does not emit "picked".
 */
void
rounds_reference_row_set_id (RoundsReferenceRow *self, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) record = NULL;

  g_return_if_fail (ROUNDS_IS_REFERENCE_ROW (self));

  if (id != NULL)
    record = rounds_store_get (rounds_app_context_get_store (self->context), self->target, id, NULL);
  set_record (self, record);
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

  return self->record != NULL ? rounds_record_get_id (self->record) : NULL;
}

/**
 * rounds_reference_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the chosen record, of the target entity
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

  self->writing = TRUE;
  g_clear_object (&self->record);
  gtk_editable_set_text (GTK_EDITABLE (self), name);
  self->writing = FALSE;
  show_clear (self);
  show_is_new (self);
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

  return self->record == NULL && *get_text (self) != '\0';
}
