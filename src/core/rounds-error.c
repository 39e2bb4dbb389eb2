/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-error.h"

typedef struct
{
  char *field;        /* (owned) (nullable): name as in the entity table */
  gint64 retry_after; /* ms */
} RoundsErrorPrivate;

static void
rounds_error_private_init (RoundsErrorPrivate *priv)
{
  priv->field = NULL;
  priv->retry_after = 0;
}

static void
rounds_error_private_copy (const RoundsErrorPrivate *from, RoundsErrorPrivate *to)
{
  to->field = g_strdup (from->field);
  to->retry_after = from->retry_after;
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

/**
 * rounds_error_set_retry_after:
 * @error: a %ROUNDS_ERROR_UNREACHABLE
 * @wait: ms
 *
 * Notes for how long the other side asks to be left alone (RFC 9110, 10.2.3).
 */
void
rounds_error_set_retry_after (GError *error, gint64 wait)
{
  RoundsErrorPrivate *priv;

  g_return_if_fail (error != NULL && error->domain == ROUNDS_ERROR);

  priv = rounds_error_get_private (error);
  priv->retry_after = wait;
}

/**
 * rounds_error_get_retry_after:
 * @error: (nullable): any error
 *
 * Returns: for how many ms the other side asks to be left alone; 0 if it said nothing of the kind
 */
gint64
rounds_error_get_retry_after (const GError *error)
{
  const RoundsErrorPrivate *priv;

  if (error == NULL || error->domain != ROUNDS_ERROR)
    return 0;

  priv = rounds_error_get_private (error);
  return priv->retry_after;
}
