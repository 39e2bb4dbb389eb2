/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-receipt-label.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-remote.h"

/** What is told about: a record and its kind. */
typedef struct
{
  RoundsEntity entity;
  RoundsUuid id;
} Subject;

struct _RoundsReceiptLabel
{
  AdwBin parent_instance;

  RoundsStore *store; /* (owned) (nullable) until it shows something */
  GArray *subjects;   /* (owned) of Subject */
  char *note;         /* (owned) (nullable) told in place of the receipt */
  char *text;         /* (owned) (nullable) what it tells */
  gboolean compact;
  guint idle; /* source id; 0: what it shows is so */

  /* Template widgets */
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *label;
  GtkWidget *review;
};

enum
{
  PROP_COMPACT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsReceiptLabel, rounds_receipt_label, ADW_TYPE_BIN)

static const char *
get_icon_name (RoundsReceiptState state)
{
  switch (state)
    {
    case ROUNDS_RECEIPT_ON_SERVER:
      return "object-select-symbolic";
    case ROUNDS_RECEIPT_WAITING:
      return "document-send-symbolic";
    case ROUNDS_RECEIPT_DRAFT:
      return "document-edit-symbolic";
    case ROUNDS_RECEIPT_REFUSED:
      return "dialog-error-symbolic";
    case ROUNDS_RECEIPT_CONFLICT:
      return "dialog-warning-symbolic";
    case ROUNDS_RECEIPT_NONE:
    default:
      return NULL;
    }
}

/* Returns: (transfer full) (nullable): what it says, for people; %NULL where there is nothing to tell */
static char *
describe_receipt (const RoundsReceipt *receipt)
{
  g_autofree char *since = receipt->since != 0 ? rounds_display_moment (receipt->since) : NULL;

  switch (receipt->state)
    {
    case ROUNDS_RECEIPT_ON_SERVER:
      if (since == NULL)
        return g_strdup (_ ("On the server"));
      /* Translators: where a record is safe; %s is a time or a day. */
      return g_strdup_printf (_ ("On the server since %s"), since);
    case ROUNDS_RECEIPT_WAITING:
      if (since == NULL)
        return g_strdup (_ ("Saved here, waiting to be sent"));
      /* Translators: where a record is safe; %s is a time or a day. */
      return g_strdup_printf (_ ("Saved here %s, waiting to be sent"), since);
    case ROUNDS_RECEIPT_DRAFT:
      /* Translators: what is entered into a form is kept; %s is a time or a day. */
      return g_strdup_printf (_ ("Draft saved here %s"), since != NULL ? since : "");
    case ROUNDS_RECEIPT_REFUSED:
      if (receipt->reason == NULL)
        return g_strdup (_ ("The server refused a change"));
      /* Translators: %s is the reason. */
      return g_strdup_printf (_ ("The server refused a change: %s"), receipt->reason);
    case ROUNDS_RECEIPT_CONFLICT:
      return g_strdup (_ ("Changed by two people: choose a version"));
    case ROUNDS_RECEIPT_NONE:
    default:
      return NULL;
    }
}

static void
read_receipt (RoundsReceiptLabel *self, RoundsReceipt *receipt)
{
  RoundsRecordStore *reader = rounds_store_get_reader (self->store);

  for (guint i = 0; i < self->subjects->len; i++)
    {
      const Subject *subject = &g_array_index (self->subjects, Subject, i);
      g_auto (RoundsReceipt) one = ROUNDS_RECEIPT_INIT;

      /* Where it cannot be told, nothing is: a page must not fail for its footnote. */
      if (rounds_record_store_get_receipt (reader, subject->entity, &subject->id, &one, NULL))
        rounds_receipt_join (receipt, &one);
    }
}

/* Of a row: what is on the server needs no word. */
static void
read_unsettled (RoundsReceiptLabel *self, RoundsReceipt *receipt)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  g_autoptr (GHashTable) unsettled = NULL;

  for (guint i = 0; i < self->subjects->len; i++)
    g_array_append_val (ids, g_array_index (self->subjects, Subject, i).id);
  unsettled = rounds_record_store_find_unsettled (rounds_store_get_reader (self->store), ids, NULL);
  if (unsettled != NULL && g_hash_table_size (unsettled) > 0)
    read_receipt (self, receipt);
}

/* On a device that has never been signed in to a server nothing waits: it is saved where it belongs. */
static gboolean
has_server (RoundsReceiptLabel *self)
{
  g_autofree char *server = NULL;

  rounds_record_store_get_state (rounds_store_get_reader (self->store), ROUNDS_STATE_SERVER, &server, NULL);
  return server != NULL;
}

static char *
describe (RoundsReceiptLabel *self, const RoundsReceipt *receipt)
{
  if (receipt->state != ROUNDS_RECEIPT_WAITING || has_server (self))
    return describe_receipt (receipt);
  return self->compact ? NULL : g_strdup (_ ("Saved on this device"));
}

static void
refresh (RoundsReceiptLabel *self)
{
  g_auto (RoundsReceipt) receipt = ROUNDS_RECEIPT_INIT;
  g_autofree char *before = g_steal_pointer (&self->text);
  gboolean needs_user;

  if (self->compact)
    read_unsettled (self, &receipt);
  else
    read_receipt (self, &receipt);
  needs_user = receipt.state >= ROUNDS_RECEIPT_REFUSED;

  self->text = self->note != NULL ? g_strdup (self->note) : describe (self, &receipt);
  gtk_widget_set_visible (self->box, self->text != NULL);
  gtk_image_set_from_icon_name (self->icon,
                                self->note != NULL ? "dialog-information-symbolic" : get_icon_name (receipt.state));
  gtk_label_set_text (self->label, self->text != NULL ? self->text : "");
  gtk_widget_set_visible (self->review, needs_user && !self->compact && self->note == NULL);
  if (g_strcmp0 (self->text, before) == 0)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->compact ? self->text : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->text != NULL ? self->text : "", -1);
}

static gboolean
refresh_cb (gpointer data)
{
  RoundsReceiptLabel *self = data;

  self->idle = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_about (RoundsReceiptLabel *self, RoundsEntity entity, GPtrArray *ids)
{
  if (entity == ROUNDS_ENTITY_CONFLICT || (entity == ROUNDS_ENTITY_DRAFT && !self->compact))
    return TRUE;
  for (guint i = 0; i < self->subjects->len; i++)
    {
      const Subject *subject = &g_array_index (self->subjects, Subject, i);

      if (subject->entity != entity)
        continue;
      if (ids == NULL)
        return TRUE;
      for (guint n = 0; n < ids->len; n++)
        if (rounds_uuid_equal (ids->pdata[n], &subject->id))
          return TRUE;
    }
  return FALSE;
}

static void
store_changed_cb (RoundsReceiptLabel *self, int entity, GPtrArray *ids)
{
  if (self->idle == 0 && is_about (self, entity, ids))
    self->idle = g_idle_add (refresh_cb, self);
}

static void
rounds_receipt_label_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, ROUNDS_RECEIPT_LABEL (object)->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_receipt_label_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsReceiptLabel *self = ROUNDS_RECEIPT_LABEL (object);

  switch (id)
    {
    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      gtk_widget_set_visible (GTK_WIDGET (self->label), !self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_receipt_label_dispose (GObject *object)
{
  RoundsReceiptLabel *self = ROUNDS_RECEIPT_LABEL (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_RECEIPT_LABEL);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rounds_receipt_label_parent_class)->dispose (object);
}

static void
rounds_receipt_label_finalize (GObject *object)
{
  RoundsReceiptLabel *self = ROUNDS_RECEIPT_LABEL (object);

  g_array_unref (self->subjects);
  g_free (self->note);
  g_free (self->text);

  G_OBJECT_CLASS (rounds_receipt_label_parent_class)->finalize (object);
}

static void
rounds_receipt_label_class_init (RoundsReceiptLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rounds_receipt_label_get_property;
  object_class->set_property = rounds_receipt_label_set_property;
  object_class->dispose = rounds_receipt_label_dispose;
  object_class->finalize = rounds_receipt_label_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/forms/receipt-label.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsReceiptLabel, box);
  gtk_widget_class_bind_template_child (widget_class, RoundsReceiptLabel, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsReceiptLabel, label);
  gtk_widget_class_bind_template_child (widget_class, RoundsReceiptLabel, review);
}

static void
rounds_receipt_label_init (RoundsReceiptLabel *self)
{
  self->subjects = g_array_new (FALSE, FALSE, sizeof (Subject));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow (RoundsReceiptLabel *self, RoundsStore *store)
{
  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, store_changed_cb, self);
  g_set_object (&self->store, store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_subject (RoundsReceiptLabel *self, RoundsRecord *record)
{
  Subject subject = { rounds_record_get_entity (record), *rounds_record_get_id (record) };

  g_array_append_val (self->subjects, subject);
}

/**
 * rounds_receipt_label_show:
 * @self: a label
 * @store: the store
 * @record: (transfer none): the record to tell about, stored or not
 */
void
rounds_receipt_label_show (RoundsReceiptLabel *self, RoundsStore *store, RoundsRecord *record)
{
  g_return_if_fail (ROUNDS_IS_RECEIPT_LABEL (self));

  g_array_set_size (self->subjects, 0);
  add_subject (self, record);
  follow (self, store);
  refresh (self);
}

/**
 * rounds_receipt_label_show_all:
 * @self: a label
 * @store: the store
 * @records: (element-type RoundsRecord): records that are one thing to the user, such as a person and their address
 */
void
rounds_receipt_label_show_all (RoundsReceiptLabel *self, RoundsStore *store, GPtrArray *records)
{
  g_return_if_fail (ROUNDS_IS_RECEIPT_LABEL (self));

  g_array_set_size (self->subjects, 0);
  for (guint i = 0; i < records->len; i++)
    add_subject (self, records->pdata[i]);
  follow (self, store);
  refresh (self);
}

/**
 * rounds_receipt_label_set_note:
 * @self: a label that shows a record
 * @note: (nullable): what to tell in place of the receipt; plain text
 */
void
rounds_receipt_label_set_note (RoundsReceiptLabel *self, const char *note)
{
  g_return_if_fail (ROUNDS_IS_RECEIPT_LABEL (self));
  g_return_if_fail (self->store != NULL);

  if (!g_set_str (&self->note, note))
    return;
  refresh (self);
  if (note != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), note, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/** rounds_receipt_label_get_text: Returns: (transfer none) (nullable): what it tells, for the screen reader of a row */
const char *
rounds_receipt_label_get_text (RoundsReceiptLabel *self)
{
  g_return_val_if_fail (ROUNDS_IS_RECEIPT_LABEL (self), NULL);

  return self->text;
}
