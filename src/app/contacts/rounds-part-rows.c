/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-part-rows.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-detail-row.h"
#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "rounds-time.h"

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

/* Returns: (transfer floating): what "details.edit" takes to edit @record */
static GVariant *
make_target (RoundsRecord *record)
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
  g_autofree char *name =
    organisation != NULL ? rounds_record_get_title (organisation) : g_strdup (_ ("Not on this device"));
  g_autofree char *period = describe_period (affiliation, ROUNDS_AFFILIATION_VALID_FROM, ROUNDS_AFFILIATION_VALID_TO);
  gboolean primary = rounds_record_get_boolean (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY);
  g_autofree char *text = join_lines (rounds_record_get_text (affiliation, ROUNDS_AFFILIATION_JOB_TITLE),
                                      primary ? _ ("Primary workplace") : NULL, period);

  return rounds_detail_row_new (name, text, "details.edit", make_target (affiliation));
}

static GtkWidget *
new_for_treating (RoundsStore *store, RoundsRecord *link)
{
  g_autoptr (RoundsRecord) physician = rounds_store_get (
    store, ROUNDS_ENTITY_PHYSICIAN, rounds_record_get_uuid (link, ROUNDS_PATIENT_PHYSICIAN_PHYSICIAN), NULL);
  g_autofree char *name =
    physician != NULL ? rounds_display_name (store, physician) : g_strdup (_ ("Not on this device"));
  g_autofree char *period =
    describe_period (link, ROUNDS_PATIENT_PHYSICIAN_VALID_FROM, ROUNDS_PATIENT_PHYSICIAN_VALID_TO);
  gboolean primary = rounds_record_get_boolean (link, ROUNDS_PATIENT_PHYSICIAN_IS_PRIMARY);
  g_autofree char *text =
    join_lines (get_enum_label (link, ROUNDS_PATIENT_PHYSICIAN_TYPE), primary ? _ ("Primary physician") : NULL, period);
  GtkWidget *row = rounds_detail_row_new (name, text, "details.edit", make_target (link));

  if (physician != NULL)
    {
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_PERSON));

      rounds_detail_row_add_button (ROUNDS_DETAIL_ROW (row), "go-next-symbolic", _ ("Show Contact"), "details.edit",
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
  GtkWidget *row = rounds_detail_row_new (title, text, "details.edit", make_target (consent));

  if (expired || g_strcmp0 (rounds_record_get_text (consent, ROUNDS_CONSENT_STATE), "withdrawn") == 0)
    gtk_widget_add_css_class (row, "rounds-overdue");
  return row;
}

static GtkWidget *
new_for_role (RoundsRecord *role)
{
  g_autofree char *period = describe_period (role, ROUNDS_PERSON_ROLE_VALID_FROM, ROUNDS_PERSON_ROLE_VALID_TO);

  return rounds_detail_row_new (get_enum_label (role, ROUNDS_PERSON_ROLE_TYPE), period, "details.edit",
                                make_target (role));
}

static GtkWidget *
new_for_address (RoundsRecord *address)
{
  g_autofree char *text = rounds_display_address (address);

  return rounds_detail_row_new (get_enum_label (address, ROUNDS_ADDRESS_KIND), text, "details.edit",
                                make_target (address));
}

/**
 * rounds_part_row_new:
 * @store: the store
 * @record: a role, an affiliation, an address, a patient's physician or a consent
 *
 * Returns: (transfer floating): a row that says all of it; a click edits it
 */
GtkWidget *
rounds_part_row_new (RoundsStore *store, RoundsRecord *record)
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
