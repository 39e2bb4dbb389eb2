/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-detail-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "rounds-time.h"

/* What a row keeps with it: a name that is the same when it is made anew, and its menu. */
#define KEY "rounds-key"
#define MENU "rounds-menu"

static const char *
get_value (GtkWidget *row)
{
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));

  return subtitle != NULL && *subtitle != '\0' ? subtitle : adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
}

static void
copy (GtkWidget *row)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (row), get_value (row));
}

static gboolean
copy_cb (GtkWidget *row, GVariant *arguments, gpointer data)
{
  copy (row);
  return TRUE;
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (GTK_WIDGET (popover));
  return G_SOURCE_REMOVE;
}

/* Not at once, as the item that was chosen acts when the menu has gone. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
copy_item_cb (GSimpleAction *action, GVariant *parameter, gpointer row)
{
  copy (GTK_WIDGET (row));
}

static void
show_menu (GtkWidget *row, const GdkRectangle *place)
{
  GMenuModel *menu = g_object_get_data (G_OBJECT (row), MENU);
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), place == NULL);
  if (place != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  gtk_widget_set_parent (popover, row);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static gboolean
menu_key_cb (GtkWidget *row, GVariant *arguments, gpointer data)
{
  show_menu (row, NULL);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  const GdkRectangle place = { (int) x, (int) y, 1, 1 };

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (row, &place);
}

static void
add_controllers (GtkWidget *row)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c"), gtk_callback_action_new (copy_cb, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>F10|Menu"),
                                                          gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_widget_add_controller (row, shortcuts);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
}

static void
add_item (GtkWidget *row, const char *label, const char *action, GVariant *target)
{
  GMenu *menu = g_object_get_data (G_OBJECT (row), MENU);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/**
 * rounds_detail_row_new:
 * @title: what it is, plain text
 * @value: (nullable): plain text
 * @action: (nullable): what a click does: edits it
 * @target: (nullable) (transfer floating): for @action
 *
 * Returns: (transfer floating): a row for a preferences group
 */
GtkWidget *
rounds_detail_row_new (const char *title, const char *value, const char *action, GVariant *target)
{
  g_autoptr (GVariant) held = target != NULL ? g_variant_ref_sink (target) : NULL;
  g_autofree char *key = held != NULL ? g_variant_print (held, FALSE) : g_strdup ("");
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) copying = g_simple_action_new ("copy", NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                 value != NULL ? value : "", "subtitle-lines", 0, "title-lines", 0, NULL);

  g_object_set_data_full (G_OBJECT (row), KEY, g_strconcat (title, key, NULL), g_free);
  g_object_set_data_full (G_OBJECT (row), MENU, g_menu_new (), g_object_unref);
  if (action != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), held);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
      add_item (row, _ ("_Edit"), action, held);
    }
  add_item (row, _ ("_Copy"), "row.copy", NULL);
  g_signal_connect_object (copying, "activate", G_CALLBACK (copy_item_cb), row, G_CONNECT_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (copying));
  gtk_widget_insert_action_group (row, "row", G_ACTION_GROUP (actions));
  add_controllers (row);
  rounds_detail_row_add_return (row);
  return row;
}

/**
 * rounds_detail_row_add_button:
 * @row: a row
 * @icon: its icon
 * @label: what it does, for the tooltip, the menu and screen readers
 * @action: what it does
 * @target: (nullable) (transfer floating): for @action
 */
void
rounds_detail_row_add_button (GtkWidget *row, const char *icon, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GVariant) held = target != NULL ? g_variant_ref_sink (target) : NULL;
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), held);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  add_item (row, label, action, held);
}

/**
 * rounds_detail_row_add_return:
 * @row: a row of a list box
 *
 * Lets Return do what the space bar and a click do: a window without a default button does not pass it on to rows.
 */
void
rounds_detail_row_add_return (GtkWidget *row)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Return|KP_Enter|ISO_Enter"),
                      g_object_ref (gtk_activate_action_get ())));
  gtk_widget_add_controller (row, shortcuts);
}

/**
 * rounds_detail_row_set_key:
 * @widget: a row or a button that is made anew when the page is
 * @key: what tells it from others of its page
 */
void
rounds_detail_row_set_key (GtkWidget *widget, const char *key)
{
  g_object_set_data_full (G_OBJECT (widget), KEY, g_strdup (key), g_free);
}

/**
 * rounds_detail_row_get_key:
 * @row: any widget
 *
 * Returns: (transfer none) (nullable): what tells the row from others of its page, the same when it is made anew
 */
const char *
rounds_detail_row_get_key (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), KEY);
}

/* "1 March 2020 – 3 May 2021", "Since …", "Until …"; %NULL if neither is known. */
static char *
display_period (const char *from, const char *to)
{
  g_autofree char *first = from != NULL ? rounds_display_date (from) : NULL;
  g_autofree char *last = to != NULL ? rounds_display_date (to) : NULL;

  if (first != NULL && last != NULL)
    /* Translators: from a day to a day. */
    return g_strdup_printf (_ ("%s – %s"), first, last);
  if (first != NULL)
    return g_strdup_printf (_ ("Since %s"), first);
  return last != NULL ? g_strdup_printf (_ ("Until %s"), last) : NULL;
}

/* --- Rows of records --- */

/**
 * rounds_detail_row_make_target:
 * @record: a record
 *
 * Returns: (transfer floating): what "details.edit" takes to edit it
 */
GVariant *
rounds_detail_row_make_target (RoundsRecord *record)
{
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (rounds_record_get_id (record), id);
  return g_variant_new ("(ss)", rounds_entity_get_info (rounds_record_get_entity (record))->name, id);
}

static char *
describe_period (RoundsRecord *record, guint from_field, guint to_field)
{
  return display_period (rounds_record_get_text (record, from_field), rounds_record_get_text (record, to_field));
}

/* "Neurologist · Primary" above "Since 1 March 2020": the lines that there are. */
static char *
join_lines (const char *first, const char *second, const char *third)
{
  const char *lines[] = { first, second, third };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] != NULL && *lines[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static const char *
get_enum_label (RoundsRecord *record, guint field)
{
  return rounds_field_get_value_label (rounds_entity_get_field (rounds_record_get_entity (record), field),
                                       rounds_record_get_text (record, field));
}

static GtkWidget *
new_for_affiliation (RoundsStore *store, RoundsRecord *affiliation)
{
  g_autoptr (RoundsRecord) organisation = rounds_store_get (
    store, ROUNDS_ENTITY_ORGANISATION, rounds_record_get_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION), NULL);
  g_autofree char *name = organisation != NULL ? rounds_record_get_title (organisation) : g_strdup (_ ("Not here"));
  g_autofree char *period = describe_period (affiliation, ROUNDS_AFFILIATION_VALID_FROM, ROUNDS_AFFILIATION_VALID_TO);
  gboolean primary = rounds_record_get_boolean (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY);
  g_autofree char *text = join_lines (rounds_record_get_text (affiliation, ROUNDS_AFFILIATION_JOB_TITLE),
                                      primary ? _ ("Primary work place") : NULL, period);

  return rounds_detail_row_new (name, text, "details.edit", rounds_detail_row_make_target (affiliation));
}

static GtkWidget *
new_for_treating (RoundsStore *store, RoundsRecord *link)
{
  g_autoptr (RoundsRecord) physician = rounds_store_get (
    store, ROUNDS_ENTITY_PHYSICIAN, rounds_record_get_uuid (link, ROUNDS_PATIENT_PHYSICIAN_PHYSICIAN), NULL);
  g_autofree char *name = physician != NULL ? rounds_display_name (store, physician) : g_strdup (_ ("Not here"));
  g_autofree char *period =
    describe_period (link, ROUNDS_PATIENT_PHYSICIAN_VALID_FROM, ROUNDS_PATIENT_PHYSICIAN_VALID_TO);
  gboolean primary = rounds_record_get_boolean (link, ROUNDS_PATIENT_PHYSICIAN_IS_PRIMARY);
  g_autofree char *text =
    join_lines (get_enum_label (link, ROUNDS_PATIENT_PHYSICIAN_TYPE), primary ? _ ("Primary physician") : NULL, period);
  GtkWidget *row = rounds_detail_row_new (name, text, "details.edit", rounds_detail_row_make_target (link));

  if (physician != NULL)
    {
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_PERSON));

      rounds_detail_row_add_button (row, "go-next-symbolic", _ ("Show Contact"), "details.edit",
                                    g_variant_new ("(ss)", rounds_entity_get_info (ROUNDS_ENTITY_PERSON)->name, id));
    }
  return row;
}

static GtkWidget *
new_for_consent (RoundsRecord *consent)
{
  g_autofree char *title =
    /* Translators: a channel ("Email") and what it may be used for ("Marketing"). */
    g_strdup_printf (_ ("%s, %s"), get_enum_label (consent, ROUNDS_CONSENT_CHANNEL),
                     get_enum_label (consent, ROUNDS_CONSENT_PURPOSE));
  g_autofree char *since = rounds_record_is_null (consent, ROUNDS_CONSENT_OBTAINED_AT)
                             ? NULL
                             : rounds_display_day (rounds_record_get_integer (consent, ROUNDS_CONSENT_OBTAINED_AT));
  gboolean expires = !rounds_record_is_null (consent, ROUNDS_CONSENT_EXPIRES_AT);
  gint64 end = expires ? rounds_record_get_integer (consent, ROUNDS_CONSENT_EXPIRES_AT) : 0;
  g_autofree char *end_day = expires ? rounds_display_day (end) : NULL;
  gboolean expired = expires && end <= rounds_time_now ();
  /* Translators: until which day a consent holds, or held. */
  g_autofree char *until = expires ? g_strdup_printf (expired ? _ ("expired %s") : _ ("until %s"), end_day) : NULL;
  g_autofree char *state = g_strjoin (" · ", get_enum_label (consent, ROUNDS_CONSENT_STATE),
                                      since != NULL ? since : until, since != NULL ? until : NULL, NULL);
  g_autofree char *text = join_lines (state, rounds_record_get_text (consent, ROUNDS_CONSENT_EVIDENCE), NULL);
  GtkWidget *row = rounds_detail_row_new (title, text, "details.edit", rounds_detail_row_make_target (consent));

  if (expired || g_strcmp0 (rounds_record_get_text (consent, ROUNDS_CONSENT_STATE), "withdrawn") == 0)
    gtk_widget_add_css_class (row, "rounds-overdue");
  return row;
}

static GtkWidget *
new_for_role (RoundsRecord *role)
{
  g_autofree char *period = describe_period (role, ROUNDS_PERSON_ROLE_VALID_FROM, ROUNDS_PERSON_ROLE_VALID_TO);

  return rounds_detail_row_new (get_enum_label (role, ROUNDS_PERSON_ROLE_TYPE), period, "details.edit",
                                rounds_detail_row_make_target (role));
}

static GtkWidget *
new_for_address (RoundsRecord *address)
{
  g_autofree char *text = rounds_display_address (address);

  return rounds_detail_row_new (get_enum_label (address, ROUNDS_ADDRESS_KIND), text, "details.edit",
                                rounds_detail_row_make_target (address));
}

/**
 * rounds_detail_row_new_for:
 * @store: the store
 * @record: a role, an affiliation, an address, a patient's physician or a consent
 *
 * Returns: (transfer floating): a row that says all of it; a click edits it
 */
GtkWidget *
rounds_detail_row_new_for (RoundsStore *store, RoundsRecord *record)
{
  switch ((int) rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_PERSON_ROLE:
      return new_for_role (record);
    case ROUNDS_ENTITY_AFFILIATION:
      return new_for_affiliation (store, record);
    case ROUNDS_ENTITY_ADDRESS:
      return new_for_address (record);
    case ROUNDS_ENTITY_PATIENT_PHYSICIAN:
      return new_for_treating (store, record);
    case ROUNDS_ENTITY_CONSENT:
      return new_for_consent (record);
    default:
      g_assert_not_reached ();
    }
}
