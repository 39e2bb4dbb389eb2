/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-error.h"

typedef struct
{
  char *field; /* (owned) (nullable): name as in the entity table */
} RoundsErrorPrivate;

static void
rounds_error_private_init (RoundsErrorPrivate *priv)
{
  priv->field = NULL;
}

static void
rounds_error_private_copy (const RoundsErrorPrivate *from, RoundsErrorPrivate *to)
{
  to->field = g_strdup (from->field);
}

static void
rounds_error_private_clear (RoundsErrorPrivate *priv)
{
  g_clear_pointer (&priv->field, g_free);
}

G_DEFINE_EXTENDED_ERROR (RoundsError, rounds_error)

/**
 * rounds_set_field_error:
 * @error: (out) (optional): where to put the error
 * @field: the field's name in the entity table, e.g. "family_name"
 * @format: (printf): a translated sentence for the user
 *
 * Sets a %ROUNDS_ERROR_INVALID error that knows which field it is about, so that a form can show it there and
 * the server can name it in its problem details (RFC 9457).
 */
void
rounds_set_field_error (GError **error, const char *field, const char *format, ...)
{
  RoundsErrorPrivate *priv;
  va_list args;

  if (error == NULL)
    return;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (ROUNDS_ERROR, ROUNDS_ERROR_INVALID, format, args));
  va_end (args);

  priv = rounds_error_get_private (*error);
  priv->field = g_strdup (field);
}

/**
 * rounds_error_get_field:
 * @error: any error
 *
 * Returns: (transfer none) (nullable): the name of the field that @error is about
 */
const char *
rounds_error_get_field (const GError *error)
{
  const RoundsErrorPrivate *priv;

  if (error == NULL || error->domain != ROUNDS_ERROR)
    return NULL;

  priv = rounds_error_get_private (error);
  return priv->field;
}
