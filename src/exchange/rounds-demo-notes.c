/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes as reps write them in the car: what was said, what was promised, when to come back. %p is a product, %c a
 * condition, %n a small number. Half of them are below 250 characters, one in twenty is long. */

#include "rounds-demo-private.h"

static const char *const met[] = { "Short talk between two patients.",
                                   "Good conversation, had read the paper on %p.",
                                   "Ten minutes at the front desk, then five in the office.",
                                   "Met together with the study nurse.",
                                   "Friendly, but in a hurry.",
                                   "Second visit this quarter.",
                                   "Introduced %p, had not heard of it before.",
                                   "Talked standing in the corridor.",
                                   "Sat in on the team meeting for the last part." };
static const char *const topics[] = {
  "Asked about dosing of %p in patients above 75 and with a GFR below 30.",
  "Wanted to know whether %p can be started while on steroids.",
  "Formulary committee meets in %n weeks; %p is on the agenda.",
  "Has %n patients with %c, two of them could fit the trial.",
  "Reported no new side effects; one patient had mild nausea in the first week.",
  "Prior authorization for %p takes %n weeks with the local payer, which is the main hurdle.",
  "Prefers to refer to the university site because of the travel.",
  "Interested in the open-label data, asked for the full text and not only the abstract.",
  "Compared %p with what the department uses now; cost per month matters most.",
  "Asked for samples; explained that there are none and pointed to the starter program.",
  "Nurse handles the paperwork for early access, talk to her first next time.",
  "Would like a lunch presentation for the residents, about %n people.",
  "Storage: their fridge is full, needs the small packs.",
  "Does not prescribe before the guideline is updated.",
  "Patient organization called them about %c, they expect more questions.",
  "Monitoring of liver values every %n weeks seemed too often to them.",
  "Mentioned a case of %c that was diagnosed late; open to a talk on early signs."
};
static const char *const patient_topics[] = {
  "Mother asked how long screening takes and whether siblings can come along.",
  "Went through the consent form page by page.",
  "Travel to the site is %n hours each way; asked about reimbursement.",
  "Feels stable, no change in medication since the last call.",
  "Records from the first hospital are still missing.",
  "Asked what happens if the placebo group does worse.",
  "Afraid of the biopsy; explained what is known and sent the leaflet.",
  "Wants to talk to the treating physician before deciding.",
  "Appointment at the site is confirmed, transport is arranged.",
  "Breathing got worse on stairs, will tell the physician this week."
};
static const char *const closings[] = { "Back in %n weeks.",
                                        "Send the dosing card by email.",
                                        "Will call next Tuesday.",
                                        "Bring the reprint next time.",
                                        "No follow-up needed for now.",
                                        "I will send the protocol synopsis tomorrow.",
                                        "Try again before 9:00.",
                                        "Wants an answer this week.",
                                        "Next visit after the committee." };
static const char *const left_material[] = { "Not free; left the leaflet on %p and my card with the front desk.",
                                             "Left two reprints with the nurse.",
                                             "Dropped the dosing card for %p, front desk will pass it on." };
static const char *const no_access[] = { "No access today, department has a visitor stop.",
                                         "Security did not let reps in after 11:00.",
                                         "Was called to surgery, waited 40 minutes." };
static const char *const not_reached[] = { "No answer, left a message.", "Voicemail is full.",
                                           "No-show, line rang out twice.",
                                           "Secretary says to try again in the afternoon." };
static const char *const rescheduled[] = { "Asked to move it by a week.",
                                           "Moved to next week because of the ward round.",
                                           "Cancelled on short notice, wants a new date." };

static void
append_sentence (GString *note, DemoRandom *random, const char *sentence)
{
  if (note->len > 0)
    g_string_append_c (note, ' ');
  for (const char *p = sentence; *p != '\0'; p++)
    {
      if (*p != '%')
        {
          g_string_append_c (note, *p);
          continue;
        }
      switch (*++p)
        {
        case 'p':
          g_string_append (note, demo_random_word (random, demo_products, demo_n_products));
          break;
        case 'c':
          g_string_append (note, demo_conditions[demo_random_below (random, demo_n_conditions)].abbreviation);
          break;
        case 'n':
        default:
          g_string_append_printf (note, "%d", demo_random_between (random, 2, 8));
          break;
        }
    }
}

static guint
choose_n_topics (DemoRandom *random)
{
  guint dice = demo_random_below (random, 100);

  if (dice < 7)
    return (guint) demo_random_between (random, 10, 16);
  return dice < 20 ? (guint) demo_random_between (random, 5, 7) : (guint) demo_random_between (random, 1, 4);
}

char *
demo_note_new (DemoRandom *random, const char *type, const char *outcome, gboolean patient)
{
  GString *note = g_string_new (NULL);

  if (g_str_equal (outcome, "left_material"))
    append_sentence (note, random, demo_random_pick (random, left_material));
  else if (g_str_equal (outcome, "no_access"))
    append_sentence (note, random, demo_random_pick (random, no_access));
  else if (g_str_equal (outcome, "not_reached"))
    append_sentence (note, random, demo_random_pick (random, not_reached));
  else if (g_str_equal (outcome, "rescheduled"))
    append_sentence (note, random, demo_random_pick (random, rescheduled));
  else
    {
      guint n_topics = choose_n_topics (random) + 1;

      if (!patient)
        append_sentence (note, random, demo_random_pick (random, met));
      for (guint i = 0; i < n_topics; i++)
        append_sentence (note, random,
                         patient ? demo_random_pick (random, patient_topics) : demo_random_pick (random, topics));
    }
  if (demo_random_chance (random, 70))
    append_sentence (note, random, demo_random_pick (random, closings));
  return g_string_free_and_steal (note);
}
