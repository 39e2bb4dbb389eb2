/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-address.h"

#include <string.h>

/** rounds_import_row_has_address: whether the row tells an address; a country alone is none. */
gboolean
rounds_import_row_has_address (const RoundsImportRow *self)
{
  const RoundsImportTarget *targets = rounds_import_row_list_targets (ROUNDS_ENTITY_ADDRESS);

  for (guint i = 0; targets[i] != ROUNDS_IMPORT_IGNORED; i++)
    if (self->values[targets[i]] != NULL && targets[i] != ROUNDS_IMPORT_COUNTRY)
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

/**
 * rounds_import_row_is_address:
 * @address: one that is known
 * @completed: (out) (transfer full) (nullable): the same with what it does not say yet; %NULL if there is nothing to
 * add
 *
 * Returns: whether the row's address is @address, of which it may say less or more, but nothing else
 */
gboolean
rounds_import_row_is_address (const RoundsImportRow *self, RoundsRecord *address, RoundsRecord **completed)
{
  const RoundsImportTarget *targets = rounds_import_row_list_targets (ROUNDS_ENTITY_ADDRESS);
  g_autoptr (RoundsRecord) filled = NULL;
  gboolean in_common = FALSE;

  *completed = NULL;
  for (guint i = 0; targets[i] != ROUNDS_IMPORT_IGNORED; i++)
    {
      guint field = rounds_import_target_get_info (targets[i])->field;
      const char *text = self->values[targets[i]];
      const char *known = rounds_record_get_text (address, field);

      if (text == NULL)
        continue;
      if (known == NULL)
        {
          if (filled == NULL)
            filled = rounds_record_dup (address);
          rounds_record_set_text (filled, field, text);
          continue;
        }
      if (!say_same (field, known, text))
        return FALSE;
      in_common |= field != ROUNDS_ADDRESS_COUNTRY && field != ROUNDS_ADDRESS_REGION;
    }
  if (in_common)
    *completed = g_steal_pointer (&filled);
  return in_common;
}
