/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people read in place of the wire values of enums. A value means the same wherever it appears, so that one table
 * serves all fields. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-field-labels.h"

static const struct
{
  const char *value;
  const char *label;
} labels[] = {
  { "Call", N_ ("Call") },
  { "Virtual", N_ ("Virtual") },
  { "Visit", N_ ("Visit") },
  { "active", N_ ("Active") },
  { "admin", N_ ("Administrator") },
  { "authority_approval", N_ ("Authority approval") },
  { "cancelled", N_ ("Cancelled") },
  { "caregiver", N_ ("Caregiver") },
  { "clinic", N_ ("Clinic") },
  { "completed", N_ ("Completed") },
  { "confirmed", N_ ("Confirmed") },
  { "contacted", N_ ("Contacted") },
  { "converted", N_ ("Converted") },
  { "declined", N_ ("Declined") },
  { "desktop", N_ ("Desktop") },
  { "dismissed", N_ ("Dismissed") },
  { "email", N_ ("Email") },
  { "enrolled", N_ ("Enrolled") },
  { "ethics_approval", N_ ("Ethics approval") },
  { "failed", N_ ("Failed") },
  { "female", N_ ("Female") },
  { "fired", N_ ("Shown") },
  { "granted", N_ ("Granted") },
  { "home", N_ ("Home") },
  { "hospital", N_ ("Hospital") },
  { "inactive", N_ ("Inactive") },
  { "inquiry", N_ ("Inquiry") },
  { "lead", N_ ("Lead") },
  { "left_material", N_ ("Left material") },
  { "lost", N_ ("Lost") },
  { "mailing", N_ ("Mailing") },
  { "male", N_ ("Male") },
  { "manager", N_ ("Manager") },
  { "manufacturer_agreement", N_ ("Manufacturer agreement") },
  { "marketing", N_ ("Marketing") },
  { "medical", N_ ("Medical") },
  { "met", N_ ("Met") },
  { "navigator", N_ ("Patient navigator") },
  { "new", N_ ("New") },
  { "no_access", N_ ("No access") },
  { "no_show", N_ ("No-show") },
  { "not_reached", N_ ("Not reached") },
  { "other", N_ ("Other") },
  { "override", N_ ("Exception") },
  { "patient", N_ ("Patient") },
  { "pending", N_ ("Pending") },
  { "pharmacy", N_ ("Pharmacy") },
  { "phone", N_ ("Phone") },
  { "physician", N_ ("Physician") },
  { "physician_request", N_ ("Physician request") },
  { "post", N_ ("Post") },
  { "practice", N_ ("Practice") },
  { "pre_screening", N_ ("Pre-screening") },
  { "referring", N_ ("Referring") },
  { "rep", N_ ("Representative") },
  { "rescheduled", N_ ("Rescheduled") },
  { "research", N_ ("Research") },
  { "scheduled", N_ ("Scheduled") },
  { "screen_failed", N_ ("Screen failed") },
  { "screened", N_ ("Screened") },
  { "screening_scheduled", N_ ("Screening scheduled") },
  { "service", N_ ("Service") },
  { "sms", N_ ("SMS") },
  { "snoozed", N_ ("Snoozed") },
  { "specialist", N_ ("Specialist") },
  { "staff", N_ ("Staff") },
  { "supply", N_ ("Supply") },
  { "tentative", N_ ("Tentative") },
  { "time_off", N_ ("Time off") },
  { "treating", N_ ("Treating") },
  { "treatment", N_ ("Treatment") },
  { "unknown", N_ ("Unknown") },
  { "virtual", N_ ("Virtual") },
  { "visit", N_ ("Visit") },
  { "weekly", N_ ("Weekly") },
  { "withdrawn", N_ ("Withdrawn") },
};

/**
 * rounds_field_get_value_label:
 * @field: an enum field
 * @value: (nullable): one of its wire values
 *
 * Returns: (nullable): what people read for @value, translated; @value itself where a newer version of Rounds has sent
 *   one that this version does not know; %NULL for %NULL. Owned by nobody, or by the owner of @value.
 */
const char *
rounds_field_get_value_label (const RoundsFieldInfo *field, const char *value)
{
  g_return_val_if_fail (field != NULL && field->type == ROUNDS_TYPE_ENUM, value);

  if (value == NULL)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].value, value))
      return _ (labels[i].label);

  return value;
}
