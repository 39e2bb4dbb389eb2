/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A filter of contacts in words, as it stands on its chips and below the name of a saved search. */

#include "config.h"

#include "contacts/rounds-contact-filter-words.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-field-labels.h"

static const char *
label_enum (RoundsEntity entity, guint field, const char *value)
{
  return rounds_field_get_value_label (rounds_entity_get_field (entity, field), value);
}

/* The name of the record that a filter names, which may be gone. */
static char *
name_record (RoundsStore *store, RoundsEntity entity, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) record = rounds_store_get (store, entity, id, NULL);

  return record != NULL ? rounds_record_get_title (record) : g_strdup (rounds_entity_get_label (entity));
}

/**
 * rounds_contact_filter_describe_seen:
 *
 * Returns: (transfer full) (nullable): when somebody was seen; %NULL for whenever
 */
char *
rounds_contact_filter_describe_seen (RoundsSeen seen, guint days)
{
  switch (seen)
    {
    case ROUNDS_SEEN_NEVER:
      return g_strdup (_ ("Never seen"));
    case ROUNDS_SEEN_WITHIN:
      return g_strdup_printf (ngettext ("Seen in the last %u day", "Seen in the last %u days", days), days);
    case ROUNDS_SEEN_NOT_WITHIN:
      return g_strdup_printf (ngettext ("Not seen for %u day", "Not seen for %u days", days), days);
    case ROUNDS_SEEN_ANY:
    default:
      return NULL;
    }
}

static char *
describe_consent (const RoundsContactFilter *filter)
{
  const char *channel;

  if (filter->consent_channel == NULL || filter->consent_state == NULL)
    return NULL;
  channel = label_enum (ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_CHANNEL, filter->consent_channel);
  if (g_str_equal (filter->consent_state, "none"))
    /* Translators: contacts of whom it is not known whether they agree; %s is "Email", "Phone" … */
    return g_strdup_printf (_ ("%s: no consent"), channel);
  /* Translators: "Email: granted" */
  return g_strdup_printf (_ ("%s: %s"), channel,
                          label_enum (ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_STATE, filter->consent_state));
}

/**
 * rounds_contact_filter_describe_part:
 * @store: where the records are that the filter names
 *
 * Returns: (transfer full) (nullable): what the part says; %NULL if it is not set
 */
char *
rounds_contact_filter_describe_part (const RoundsContactFilter *filter, RoundsFilterPart part, RoundsStore *store)
{
  switch (part)
    {
    case ROUNDS_FILTER_ROLE:
      return g_strdup (label_enum (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_TYPE, filter->role));
    case ROUNDS_FILTER_SPECIALTY:
      return rounds_uuid_is_nil (&filter->specialty)
               ? NULL
               : name_record (store, ROUNDS_ENTITY_SPECIALIZATION, &filter->specialty);
    case ROUNDS_FILTER_ORGANISATION:
      return rounds_uuid_is_nil (&filter->organisation)
               ? NULL
               : name_record (store, ROUNDS_ENTITY_ORGANISATION, &filter->organisation);
    case ROUNDS_FILTER_PLACE:
      return g_strdup (filter->place);
    case ROUNDS_FILTER_TERRITORY:
      return rounds_uuid_is_nil (&filter->territory) ? NULL
                                                     : name_record (store, ROUNDS_ENTITY_TERRITORY, &filter->territory);
    case ROUNDS_FILTER_SEEN:
      return rounds_contact_filter_describe_seen (filter->seen, filter->days);
    case ROUNDS_FILTER_CONSENT:
      return describe_consent (filter);
    case ROUNDS_N_FILTER_PARTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/** rounds_contact_filter_describe: Returns: (transfer full): all of it: "“ama” · Physician · Boston" */
char *
rounds_contact_filter_describe (const RoundsContactFilter *filter, RoundsStore *store)
{
  GString *text = g_string_new (NULL);

  if (filter->words != NULL)
    /* Translators: words that were searched for */
    g_string_append_printf (text, _ ("“%s”"), filter->words);
  for (int i = 0; i < ROUNDS_N_FILTER_PARTS; i++)
    {
      g_autofree char *part = rounds_contact_filter_describe_part (filter, (RoundsFilterPart) i, store);

      if (part != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }
  if (text->len == 0)
    g_string_append (text, filter->kind == ROUNDS_CONTACTS_PEOPLE          ? _ ("People")
                           : filter->kind == ROUNDS_CONTACTS_ORGANISATIONS ? _ ("Organizations")
                                                                           : _ ("All contacts"));
  return g_string_free_and_steal (text);
}

/** rounds_contact_filter_clear_part: takes the part away. */
void
rounds_contact_filter_clear_part (RoundsContactFilter *filter, RoundsFilterPart part)
{
  static const RoundsUuid nil = { { 0 } };

  switch (part)
    {
    case ROUNDS_FILTER_ROLE:
      g_clear_pointer (&filter->role, g_free);
      break;
    case ROUNDS_FILTER_SPECIALTY:
      filter->specialty = nil;
      break;
    case ROUNDS_FILTER_ORGANISATION:
      filter->organisation = nil;
      break;
    case ROUNDS_FILTER_PLACE:
      g_clear_pointer (&filter->place, g_free);
      break;
    case ROUNDS_FILTER_TERRITORY:
      filter->territory = nil;
      break;
    case ROUNDS_FILTER_SEEN:
      filter->seen = ROUNDS_SEEN_ANY;
      filter->days = 0;
      break;
    case ROUNDS_FILTER_CONSENT:
      g_clear_pointer (&filter->consent_channel, g_free);
      g_clear_pointer (&filter->consent_state, g_free);
      break;
    case ROUNDS_N_FILTER_PARTS:
    default:
      g_return_if_reached ();
    }
}
