/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "forms/rounds-toast.h"

/* Who reads slowly, hears the screen or comes to the button by keyboard needs longer than the five seconds of a toast
 * that only tells. */
#define BUTTON_SECONDS 15

/**
 * rounds_toast_new:
 * @text: what it says, as it is: names are no markup
 * @button: (nullable): the label of its button, such as "_Undo"; the caller connects to "button-clicked"
 *
 * Returns: (transfer floating): a toast; one with a button stays longer
 */
AdwToast *
rounds_toast_new (const char *text, const char *button)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_timeout (toast, BUTTON_SECONDS);
    }
  return toast;
}
