/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Specialities, conditions, trials and programs. The conditions and specialities exist; trials, programs, sponsors and
 * products are invented. */

#include "rounds-demo-private.h"
#include "rounds-named-id.h"

const DemoCondition demo_conditions[] = {
  { "Duchenne muscular dystrophy", "DMD", "G71.01" },     { "Glioblastoma multiforme", "GBM", "C71.9" },
  { "Idiopathic pulmonary fibrosis", "IPF", "J84.112" },  { "Amyotrophic lateral sclerosis", "ALS", "G12.21" },
  { "Spinal muscular atrophy", "SMA", "G12.9" },          { "Cystic fibrosis", "CF", "E84.9" },
  { "Pulmonary arterial hypertension", "PAH", "I27.21" }, { "Multiple myeloma", "MM", "C90.0" },
};
const guint demo_n_conditions = G_N_ELEMENTS (demo_conditions);

const DemoTrial demo_trials[] = {
  { "LANTERN-1: lumarexin in ambulant boys with Duchenne muscular dystrophy", "Norvalis Therapeutics", "Phase 2", 0 },
  { "HARBOUR: corvitalon after first relapse of glioblastoma", "Meridane Oncology", "Phase 1/2", 1 },
  { "TIDEMARK-3: inhaled nerisolan in idiopathic pulmonary fibrosis", "Aquilane Bio", "Phase 3", 2 },
  { "SEXTANT: early start of talvorsen in amyotrophic lateral sclerosis", "Norvalis Therapeutics", "Phase 2", 3 },
  { "KEEL-2: lumarexin in late-onset spinal muscular atrophy", "Norvalis Therapeutics", "Phase 2", 4 },
  { "ISOBAR: oral perevastan in pulmonary arterial hypertension", "Aquilane Bio", "Phase 3", 6 },
};
const guint demo_n_trials = G_N_ELEMENTS (demo_trials);

const char *const demo_products[] = { "lumarexin", "corvitalon", "nerisolan", "talvorsen", "perevastan" };
const guint demo_n_products = G_N_ELEMENTS (demo_products);

static const char *const specialities[] = {
  "Neurology",         "Pediatric Neurology", "Neurosurgery",        "Medical Oncology",     "Radiation Oncology",
  "Pulmonary Disease", "Family Practice",     "Internal Medicine",   "Cardiology",           "Hematology",
  "Pediatrics",        "Nurse Practitioner",  "Physician Assistant", "Medical Genetics",     "Rheumatology",
  "Endocrinology",     "Physical Medicine",   "Palliative Care",     "Diagnostic Radiology", "Critical Care",
};

static const struct
{
  const char *product;
  const char *name;
  const char *sponsor;
} programs[] = {
  { "lumarexin", "Lumarexin early access", "Norvalis Therapeutics" },
  { "nerisolan", "Nerisolan compassionate use", "Aquilane Bio" },
  { "talvorsen", "Talvorsen named-patient program", "Norvalis Therapeutics" },
};

/* Adds the id of the record whose @field says @text, or of a new one, which is handed over through @record to be filled
 * and saved: names of lookups are unique, and a store may hold them already. */
static gboolean
find_named (Demo *demo, RoundsEntity entity, guint field, const char *text, GArray *ids, RoundsRecord **record,
            GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  /* Made in any case, so that the same numbers are drawn whatever the store holds. */
  g_autoptr (RoundsRecord) fresh = demo_record_new (demo, entity, demo->now - 730 * ROUNDS_DAY);
  g_autoptr (RoundsRecord) known = NULL;

  rounds_query_where_text (query, field, ROUNDS_IS, text);
  if (!rounds_record_store_find (demo->store, query, &known, error))
    return FALSE;
  if (known == NULL)
    {
      rounds_record_set_text (fresh, field, text);
      if (!rounds_record_store_give_named_id (demo->store, fresh, error))
        return FALSE;
    }
  g_array_append_vals (ids, rounds_record_get_id (known != NULL ? known : fresh), 1);
  if (known == NULL)
    *record = g_steal_pointer (&fresh);
  return TRUE;
}

static gboolean
write_condition (Demo *demo, const DemoCondition *condition, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!find_named (demo, ROUNDS_ENTITY_MEDICAL_CONDITION, ROUNDS_MEDICAL_CONDITION_NAME, condition->name,
                   demo->conditions, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  rounds_record_set_text (record, ROUNDS_MEDICAL_CONDITION_ABBREVIATION, condition->abbreviation);
  rounds_record_set_text (record, ROUNDS_MEDICAL_CONDITION_CODE, condition->code);
  return demo_save (demo, record, error);
}

static gboolean
write_trial (Demo *demo, guint i, GError **error)
{
  g_autofree char *registry_id = g_strdup_printf ("NCT9900000%u", i + 1);
  g_autofree char *criteria = g_strdup_printf ("Confirmed %s. No other trial within 30 days. Written consent.",
                                               demo_conditions[demo_trials[i].condition].name);
  g_autoptr (RoundsRecord) record = NULL;

  if (!find_named (demo, ROUNDS_ENTITY_TRIAL, ROUNDS_TRIAL_TITLE, demo_trials[i].title, demo->trials, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  rounds_record_set_text (record, ROUNDS_TRIAL_REGISTRY_ID, registry_id);
  rounds_record_set_text (record, ROUNDS_TRIAL_SPONSOR, demo_trials[i].sponsor);
  rounds_record_set_text (record, ROUNDS_TRIAL_PHASE, demo_trials[i].phase);
  rounds_record_set_text (record, ROUNDS_TRIAL_CRITERIA, criteria);
  return demo_save (demo, record, error);
}

static gboolean
write_program (Demo *demo, guint i, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!find_named (demo, ROUNDS_ENTITY_EAP_PROGRAM, ROUNDS_EAP_PROGRAM_NAME, programs[i].name, demo->programs, &record,
                   error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  rounds_record_set_text (record, ROUNDS_EAP_PROGRAM_PRODUCT, programs[i].product);
  rounds_record_set_text (record, ROUNDS_EAP_PROGRAM_SPONSOR, programs[i].sponsor);
  return demo_save (demo, record, error);
}

gboolean
demo_write_catalogue (Demo *demo, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (specialities); i++)
    {
      g_autoptr (RoundsRecord) record = NULL;

      if (!find_named (demo, ROUNDS_ENTITY_SPECIALIZATION, ROUNDS_SPECIALIZATION_NAME, specialities[i],
                       demo->specialities, &record, error)
          || (record != NULL && !demo_save (demo, record, error)))
        return FALSE;
    }
  for (guint i = 0; i < demo_n_conditions; i++)
    if (!write_condition (demo, &demo_conditions[i], error))
      return FALSE;
  for (guint i = 0; i < demo_n_trials; i++)
    if (!write_trial (demo, i, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (!write_program (demo, i, error))
      return FALSE;
  return TRUE;
}
