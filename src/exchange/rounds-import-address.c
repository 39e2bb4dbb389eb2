/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-address.h"

#include <string.h>

static const RoundsImportTarget address_targets[] = {
  ROUNDS_IMPORT_ADDRESS_LINE, ROUNDS_IMPORT_CITY,    ROUNDS_IMPORT_REGION,
  ROUNDS_IMPORT_POSTAL_CODE,  ROUNDS_IMPORT_COUNTRY,
};

/** rounds_import_row_has_address: whether the row tells an address; a country alone is none. */
gboolean
rounds_import_row_has_address (const RoundsImportRow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_targets); i++)
    if (self->values[address_targets[i]] != NULL && address_targets[i] != ROUNDS_IMPORT_COUNTRY)
      return TRUE;
  return FALSE;
}

/* Whether two texts say the same; of postal codes one may say more, as 84037 and 840371234 do. */
static gboolean
say_same (guint field, const char *a, const char *b)
{
  g_autofree char *tight_a = rounds_text_fold_tightly (a);
  g_autofree char *tight_b = rounds_text_fold_tightly (b);
  gsize shorter = MIN (strlen (tight_a), strlen (tight_b));

  if (field == ROUNDS_ADDRESS_POSTAL_CODE && shorter >= 4)
    return strncmp (tight_a, tight_b, shorter) == 0;
  return g_str_equal (tight_a, tight_b);
}

/** rounds_import_row_is_address: whether the row's address is @address, of which it may say less or more, but nothing
 * else. */
gboolean
rounds_import_row_is_address (const RoundsImportRow *self, RoundsRecord *address)
{
  gboolean in_common = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (address_targets); i++)
    {
      guint field = rounds_import_target_get_info (address_targets[i])->field;
      const char *text = self->values[address_targets[i]];
      const char *known = rounds_record_get_text (address, field);

      if (text == NULL || known == NULL)
        continue;
      if (!say_same (field, known, text))
        return FALSE;
      in_common |= field != ROUNDS_ADDRESS_COUNTRY && field != ROUNDS_ADDRESS_REGION;
    }
  return in_common;
}

/** rounds_import_row_complete_address: adds to @address what it does not say yet. Returns: whether there was anything.
 */
gboolean
rounds_import_row_complete_address (const RoundsImportRow *self, RoundsRecord *address)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (address_targets); i++)
    {
      guint field = rounds_import_target_get_info (address_targets[i])->field;
      const char *text = self->values[address_targets[i]];

      if (text == NULL || !rounds_record_is_null (address, field))
        continue;
      rounds_record_set_text (address, field, text);
      changed = TRUE;
    }
  return changed;
}
