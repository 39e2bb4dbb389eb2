#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the simulation bites: breaks the sync on purpose, one way at a time, and lets it be found.

    ./dev simulate --mutants [--seeds N] [NAME…]

Each break is a few edits of the source. They are made in a copy of the tree with a build folder of its own, both below
build/mutants/. Each is looked for in a few hundred days, then in the kept stories, then by the tests of store and sync,
which hold what several parts mend together, then in more days; the unbroken tree has to pass them all. An edit whose
place is not there any more is an error: the break has to be told anew, which --places finds without building anything.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutants"
COPY = WORK / "source"
BUILD = WORK / "build"
FIRST_SEEDS = 300
PROGRAM = BUILD / "tests" / "simulation" / "test-simulation"

# Name: what is broken, and the edits: (file, what stands there once, what stands there instead).
BREAKS = {
    "drop-stored-reply": (
        "the server forgets what it has answered, and does it again",
        [("src/sync/rounds-sync-server.c",
          "  rounds_record_store_put_reply (push->applier.store,",
          "  if (FALSE)\n    rounds_record_store_put_reply (push->applier.store,")],
    ),
    "cursor-before-page": (
        "the cursor is stored before the page, in a transaction of its own",
        [("src/sync/rounds-sync-engine.c",
          "store_page (RoundsSyncEngine *self, RoundsSyncPage *page, @ARGS@)\n{\n",
          "store_page (RoundsSyncEngine *self, RoundsSyncPage *page, @ARGS@)\n{\n"
          "  if (!rounds_record_store_set_state (self->store, ROUNDS_STATE_CURSOR, page->cursor, error))\n"
          "    return FALSE;\n")],
    ),
    "send-before-the-answer": (
        "what hangs on an answer is sent before that is known",
        [("src/sync/rounds-sync-outbox.c",
          "    if (g_hash_table_contains (records, &rounds_change_at (changes, i)->record))\n      return FALSE;\n", "    ;\n")],
    ),
    "sequence-without-lock": (
        "log numbers come in blocks taken ahead, as a sequence of PostgreSQL gives them, not by the counter's lock",
        [("src/store/rounds-change-log.c",
          "take_numbers (RoundsRecordStore *self, guint count, gint64 *first, GError **error)\n{\n",
          "take_more_numbers (RoundsRecordStore *self, guint count, gint64 *first, GError **error)\n{\n"),
         ("src/store/rounds-change-log.c",
          "/*\n * rounds_record_store_flush_log:\n",
          "static gboolean\n"
          "take_numbers (RoundsRecordStore *self, guint count, gint64 *first, GError **error)\n"
          "{\n"
          "  gint64 next = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), \"next\"));\n"
          "  gint64 left = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), \"left\"));\n"
          "\n"
          "  if (self->role != ROUNDS_ROLE_SERVER)\n"
          "    return take_more_numbers (self, count, first, error);\n"
          "  if (left < count)\n"
          "    {\n"
          "      if (!take_more_numbers (self, count + 20, &next, error))\n"
          "        return FALSE;\n"
          "      left = count + 20;\n"
          "    }\n"
          "  *first = next;\n"
          "  g_object_set_data (G_OBJECT (self), \"next\", GINT_TO_POINTER ((int) (next + count)));\n"
          "  g_object_set_data (G_OBJECT (self), \"left\", GINT_TO_POINTER ((int) (left - count)));\n"
          "  return TRUE;\n"
          "}\n"
          "\n"
          "/*\n * rounds_record_store_flush_log:\n")],
    ),
    "last-writer-wins": (
        "a device sends the whole row, and the last one to come wins",
        [("src/store/rounds-record-writer.c",
          "  changed = find_changed_fields (record, before, ROUNDS_FIELD_TERRITORY);\n  if (changed == 0)",
          "  changed = find_changed_fields (record, before, ROUNDS_FIELD_TERRITORY);\n"
          "  if (changed != 0 && self->role == ROUNDS_ROLE_DEVICE)\n"
          "    changed = G_MAXUINT64 & ~(ROUNDS_FIELD_BIT (ROUNDS_N_COMMON_FIELDS - 1) - 1);\n"
          "  if (changed == 0)"),
         ("src/sync/rounds-merge.c",
          "  if (rounds_value_equal (base, &theirs))\n",
          "  if (place == ROUNDS_MERGE_ON_SERVER || rounds_value_equal (base, &theirs))\n"),
         ("src/sync/rounds-merge.c",
          "  if (rounds_value_equal (mine, &theirs) || rounds_value_equal (mine, base))\n    return;\n",
          "  if (rounds_value_equal (mine, &theirs))\n    return;\n")],
    ),
    "merge-by-clock": (
        "where two changed one field, the later one by the clocks stays, and nobody is asked",
        [("src/sync/rounds-merge.c",
          "  rounds_merge_outcome_add (outcome, rounds_merge_conflict_new (field, base, mine, &theirs));\n"
          "  if (place == ROUNDS_MERGE_ON_DEVICE)\n",
          "  if (place == ROUNDS_MERGE_ON_DEVICE\n"
          "      || rounds_record_get_integer (record, ROUNDS_FIELD_UPDATED_AT) < rounds_time_now () - ROUNDS_HOUR)\n"),
         ("src/sync/rounds-merge.c",
          '#include "rounds-text-merge.h"\n',
          '#include "rounds-text-merge.h"\n#include "rounds-time.h"\n')],
    ),
    "resurrect-tombstone": (
        "an edit that came before a deletion and comes again brings the record back",
        [("src/sync/rounds-sync-inbox.c",
          "      if (are_equal (record, local))\n",
          "      if (!rounds_record_is_deleted (local))\n"
          "        rounds_record_clear_field (record, ROUNDS_FIELD_DELETED_AT);\n"
          "      if (are_equal (record, local))\n")],
    ),
    "deletion-wins": (
        "a deletion does not look for what others changed meanwhile",
        [("src/sync/rounds-sync-operation.c",
          "  if (changed_by_others || is_part)\n",
          "  if (is_part)\n")],
    ),
    "spared-without-its-parts": (
        "what a group deletes before whom it belongs to stays deleted where that one stays",
        [("src/sync/rounds-sync-operation.c",
          "  return self->people != ROUNDS_SYNC_PEOPLE_STAY || deleted_at == 0\n",
          "  return TRUE || self->people != ROUNDS_SYNC_PEOPLE_STAY || deleted_at == 0\n")],
    ),
    "edit-of-deleted-ignored": (
        "an edit of a record that somebody deleted meanwhile is taken for done",
        [("src/sync/rounds-sync-operation.c",
          "  if (rounds_record_is_deleted (*record) && !follows &&",
          "  if (rounds_record_is_deleted (*record) && !follows)\n    return TRUE;\n"
          "  if (rounds_record_is_deleted (*record) && !follows &&")],
    ),
    "edited-out-of-the-trash": (
        "an edit brings the record back that was in the trash when it was edited",
        [("src/sync/rounds-sync-operation.c", " && !rounds_change_is_in_trash (mutation)", "")],
    ),
    "mended-out-of-the-trash": (
        "what was refused and is mended in the trash counts as an edit of what lives",
        [("src/sync/rounds-sync-mending.c",
          "              || !follow_to_trash (mended, change, error)))\n",
          "              || (FALSE && !follow_to_trash (mended, change, error))))\n")],
    ),
    "no-rebase": (
        "what is not sent yet is not put on top of what comes",
        [("src/sync/rounds-sync-inbox.c",
          "!rounds_merge_rebase (record, changes, rounds_record_is_deleted (local), error)",
          "(FALSE && !rounds_merge_rebase (record, changes, rounds_record_is_deleted (local), error))")],
    ),
    "half-a-group": (
        "of what was saved together the last part is taken for done",
        [("src/sync/rounds-sync-server.c",
          "      if (!apply_once (push,",
          "      if (i > begin && i + 1 == end)\n"
          "        g_ptr_array_add (results, rounds_sync_result_new (mutation, ROUNDS_SYNC_APPLIED));\n"
          "      else if (!apply_once (push,")],
    ),
    "torn-group": (
        "what was saved together is applied one by one",
        [("src/sync/rounds-sync-server.c",
          "      end = find_group_end (push, begin);\n",
          "      end = begin + 1;\n")],
    ),
    "forget-conflict": (
        "the device does not keep the conflict that it is told",
        [("src/sync/rounds-sync-conflicts.c",
          "  if (known && change->acknowledged_at != 0)\n",
          "  if (TRUE || (known && change->acknowledged_at != 0))\n")],
    ),
    "ask-past-a-refusal": (
        "whoever wants what there is stays asked about it, as what they wanted it with was refused",
        [("src/sync/rounds-sync-inbox.c",
          "          || (has_conflicts\n",
          "          || (has_conflicts && result->status != ROUNDS_SYNC_REJECTED\n")],
    ),
    "conflicts-overwrite": (
        "a field has one open conflict, whatever came of it before",
        [("src/sync/rounds-sync-conflicts.c",
          "          && (g_strcmp0 (mine, sides->original) == 0 || g_strcmp0 (mine, sides->mine) == 0))\n",
          "          && (TRUE || g_strcmp0 (mine, sides->original) == 0 || g_strcmp0 (mine, sides->mine) == 0))\n")],
    ),
    "epoch-ignored": (
        "a device goes on from its cursor when the server went back to a backup",
        [("src/sync/rounds-sync-engine.c",
          "static gboolean\nrequeue (RoundsSyncEngine *self, const char *epoch, GError **error)\n{\n",
          "static gboolean\nrequeue (RoundsSyncEngine *self, const char *epoch, GError **error)\n{\n"
          "  self->requeued = TRUE;\n"
          "  return rounds_record_store_set_state (self->store, ROUNDS_STATE_CURSOR, NULL, error)\n"
          "         && rounds_record_store_set_state (self->store, ROUNDS_STATE_SERVER_EPOCH, epoch, error);\n"),
         ],
    ),
    "lose-rejected": (
        "a change that was refused is taken for done",
        [("src/sync/rounds-sync-inbox.c",
          "      store, result->n, ROUNDS_CHANGE_REJECTED,",
          "      store, result->n, ROUNDS_CHANGE_APPLIED,")],
    ),
    "text-drops-words": (
        "where both add words at one place, those of the device are dropped",
        [("src/sync/rounds-text-merge.c",
          "    append_both_added (result, theirs, mine);\n",
          "    append (result, theirs);\n")],
    ),
    "text-glues-words": (
        "two words that a merge puts side by side become one",
        [("src/sync/rounds-text-merge.c",
          "    g_string_append_c (result, ' ');\n  g_string_append (result, text);\n",
          "    (void) 0;\n  g_string_append (result, text);\n")],
    ),
    "late-arrivals-stay": (
        "what comes for somebody who was merged is not led to the kept one",
        [("src/sync/rounds-sync-alias.c",
          "static gboolean\nresolve_person (RoundsRecordStore *store, @ARGS@)\n{\n  gboolean forwarded;\n",
          "static gboolean\nresolve_person (RoundsRecordStore *store, @ARGS@)\n{\n  gboolean forwarded;\n\n"
          "  if (store != NULL)\n    return TRUE;\n")],
    ),
    "arrived-for-a-stranger": (
        "what was led to the kept contact stays there when the merge is undone",
        [("src/sync/rounds-sync-alias.c",
          "          && !rounds_person_merge_note_arrival (store, record, f, &id, error))\n",
          "          && FALSE && !rounds_person_merge_note_arrival (store, record, f, &id, error))\n")],
    ),
    "needed-again-for-good": (
        "what is brought back out of the trash for the kept contact stays there when the merge is undone",
        [("src/store/rounds-merge-forward.c",
          "\n         && rounds_person_merge_note_arrival (store, record, (guint) field, &before, error);\n", ";\n")],
    ),
    "led-merges-stay": (
        "who was merged into somebody who was a part of another by then stays with the other one",
        [("src/store/rounds-merge-give-back.c",
          "  if (is_led > 0 || (is_led == 0 && builds_on", "  if ((is_led >= 0 && builds_on")],
    ),
    "led-and-forgotten": (
        "into whom a merge was made is forgotten when it is led on",
        [("src/store/rounds-merge-snapshot.c",
          "    self->said = *rounds_merge_snapshot_get_said (told);\n", "    self->said = (RoundsUuid) { { 0 } };\n")],
    ),
    "merge-without-server": (
        "the server does not merge what it knows of two people, but only what the device knew",
        [("src/sync/rounds-sync-people.c",
          "      return rounds_person_merge_complete (store, merge, is_alone, error);\n",
          "      return TRUE;\n")],
    ),
    "unmerge-without-server": (
        "when a merge is undone, what the server moved with it stays where it is",
        [("src/sync/rounds-sync-people.c",
          "             || rounds_person_unmerge_complete (store, merge, error);\n",
          "             || TRUE;\n")],
    ),
    "deletes-unseen-parts": (
        "a contact is deleted by somebody who does not know who has been merged into it",
        [("src/sync/rounds-sync-operation.c",
          "      if (is_unseen != 0)\n        return is_unseen;\n",
          "      if (is_unseen < 0)\n        return is_unseen;\n")],
    ),
    "deletes-unseen-doubles": (
        "what is kept once for several goes for all of them, though who deleted it knew of one",
        [("src/sync/rounds-sync-operation.c",
          "      || !rounds_person_merge_leave_unseen (self->store, *record, mutation->base, error))\n",
          "      || (FALSE && !rounds_person_merge_leave_unseen (self->store, *record, mutation->base, error)))\n")],
    ),
    "deletes-what-is-still-seen": (
        "what is kept once goes with what its merge has dissolved, though who deleted it saw both",
        [("src/store/rounds-merge-spare.c", "      if (gone > 0)\n", "      if (is_alike (other, record))\n")],
    ),
    "spare-for-good": (
        "what is brought back in place of what was kept once stays when the merge is undone that led to its person",
        [("src/store/rounds-merge-spare.c",
          "  return store->role != ROUNDS_ROLE_SERVER || rounds_person_merge_note_arrival (",
          "  return TRUE || rounds_person_merge_note_arrival (")],
    ),
    "spare-by-the-device": (
        "the server takes a device's word for whom what was kept once is brought back",
        [("src/sync/rounds-sync-people.c",
          "      return rounds_person_unmerge_is_spare (mutation, merged);\n",
          "      return FALSE && rounds_person_unmerge_is_spare (mutation, merged);\n")],
    ),
    "spare-for-a-part": (
        "what a device brings back for somebody who is a part of the one who was taken out is that one's",
        [("src/sync/rounds-sync-apply.c",
          "  if (rounds_sync_people_skips (self->people, self->sent,",
          "  if (rounds_sync_people_skips (self->people, mutation,")],
    ),
    "moved-is-given": (
        "what goes into another territory as a merge is undone counts as given to one of the two",
        [("src/sync/rounds-sync-operation.c",
          "    return rounds_change_is_move (mutation) || rounds_person", "    return rounds_person")],
    ),
    "merge-without-its-choices": (
        "a merge that the server had lost is said again without what was chosen then",
        [("src/sync/rounds-sync-operation.c",
          "  return self->people != ROUNDS_SYNC_PEOPLE_MERGE || !self->is_alone\n",
          "  return TRUE || self->people != ROUNDS_SYNC_PEOPLE_MERGE || !self->is_alone\n")],
    ),
    "moot-doing-as-before": (
        "what a device's own merge did that came to nothing counts as what others have changed since",
        [("src/store/rounds-merge-catch-up.c",
          "  *touched = fate.touched & fate.was_here;\n",
          "  *touched = fate.touched;\n")],
    ),
    "sent-along-from-the-trash": (
        "what was refused goes along again with what mends it, though it was deleted since",
        [("src/sync/rounds-sync-mending.c",
          " || !leave_out_deleted (store, mended, error))\n",
          ")\n")],
    ),
    "refused-and-led": (
        "what was refused and a merge has led elsewhere since goes again as if it had been made there",
        [("src/sync/rounds-sync-mending.c",
          "says_whose (const RoundsFieldInfo *field)\n{\n",
          "says_whose (const RoundsFieldInfo *field)\n{\n  if (TRUE)\n    return FALSE;\n")],
    ),
    "refused-and-left-where-it-was-led": (
        "what was refused goes again as that person's to whom a merge has led it that was undone since",
        [("src/sync/rounds-sync-mending.c",
          "  return take_whose (mended,",
          "  return TRUE || take_whose (mended,")],
    ),
    "chosen-is-entered": (
        "what was refused goes again as what a merge has chosen since, as if somebody had entered that",
        [("src/sync/rounds-sync-mending.c", "  return is_chosen || (", "  return (")],
    ),
    "chosen-past-a-conflict": (
        "what was chosen of somebody's part, past a value that others had given them, is not looked for at the part",
        [("src/store/rounds-merge-catch-up.c",
          " || (own != 0 && ",
          " || (FALSE && own != 0 && ")],
    ),
    "preferred-to-nothing": (
        "what the kept contact had by a merge that came to nothing is preferred to what the merged one has",
        [("src/store/rounds-person-merge.c",
          "         && rounds_merge_choices_fill (store, told, led, error)\n",
          "         && (TRUE || rounds_merge_choices_fill (store, told, led, error))\n")],
    ),
    "merged-from-what-was-refused": (
        "of two particulars of a merged contact those are merged that the server has refused",
        [("src/store/rounds-merge-plan.c", "  rounds_query_order_by (query, ROUNDS_FIELD_REV, TRUE);\n", "")],
    ),
    "in-the-way-though-refused": (
        "what the server has stays in the trash as what it has refused is in its place",
        [("src/store/rounds-record-writer.c", "only_theirs = self->comes_along &&", "only_theirs = FALSE &&")],
    ),
    "asked-whose-is-known": (
        "whose something is that was kept once and is needed again is asked about when another merge is undone",
        [("src/store/rounds-merge-newer.c", "      rounds_uuid_set_add_all (snapshot->known, other->known);\n",
          "      for (guint k = 0; k < other->moved->len; k++)\n"
          "        rounds_uuid_set_add (snapshot->known, &g_array_index (other->moved, RoundsMergeMove, k).record);\n")],
    ),
    "preferred-though-taken-out": (
        "what was preferred of particulars that have gone with a third contact since is preferred still",
        [("src/store/rounds-merge-choices.c", "(rounds_uuid_equal (&preferred, &here->to)\n", "(TRUE\n")],
    ),
    "asked-again-what-came-along": (
        "what a merge brings once more, by another way, is asked about, though somebody has replaced it who saw it",
        [("src/sync/rounds-sync-operation.c",
          "(self->people == ROUNDS_SYNC_PEOPLE_MERGE || self->people == ROUNDS_SYNC_PEOPLE_AGAIN)\n",
          "(self->people == ROUNDS_SYNC_PEOPLE_AGAIN)\n")],
    ),
    "asked-again-what-came-second": (
        "what is chosen with a merge that comes second is asked about, though somebody has replaced it who saw it",
        [("src/sync/rounds-sync-operation.c",
          "(self->people == ROUNDS_SYNC_PEOPLE_MERGE || self->people == ROUNDS_SYNC_PEOPLE_AGAIN)\n",
          "(self->people == ROUNDS_SYNC_PEOPLE_MERGE)\n")],
    ),
    "gone-and-not-replaced": (
        "what was kept once for a third one is not needed again where whoever it was kept for is a part of another",
        [("src/store/rounds-merge-spare.c", "!replace (store, dissolved, error)",
          "!forget (store, dissolved->merge, rounds_record_get_id (dissolved->record), error)")],
    ),
    "merged-though-moved-along": (
        "a move that was refused is not taken back where a merge record goes along with the contact",
        [("src/sync/rounds-sync-mending.c", "if (rounds_sync_people_begins (change) &&",
          "if (change->entity == ROUNDS_ENTITY_MERGE &&")],
    ),
    "gone-though-given-on": (
        "what is taken back goes from whom somebody has given it on to who still has it",
        [("src/store/rounds-merge-follow.c", "given, still & given, &led", "given, FALSE ? still : 0, &led")],
    ),
    "traced-through-one-merge": (
        "what was chosen by way of two merges is not traced to whose it was, who has corrected it",
        [("src/store/rounds-merge-catch-up.c",
          "  for (guint i = 0; i < beneath->len; i++)\n", "  for (guint i = beneath->len; i < beneath->len; i++)\n")],
    ),
    "chosen-by-way-of-others-for-good": (
        "what was chosen of somebody by way of another stays as it was, as it did not come by their own merge",
        [("src/store/rounds-merge-catch-up.c",
          "!rounds_person_merge_follow (store, part, after, error)",
          "!rounds_merge_follow (store, part, after, given, error)")],
    ),
    "taken-back-is-taken-away": (
        "what a merge has given and its undoing has taken back counts as taken away by somebody",
        [("src/store/rounds-merge-choices.c", "      if (by_merge > 0)\n", "      if (FALSE && by_merge > 0)\n")],
    ),
    "led-on-before-what-was-chosen": (
        "of merges that are made anew, what others have changed comes before what was chosen with the next one",
        [("src/store/rounds-merge-give-back.c",
          "    if (!choose_again (store, led->pdata[i], given, error))\n",
          "    if (FALSE && !choose_again (store, led->pdata[i], given, error))\n"),
         ("src/store/rounds-merge-give-back.c",
          "         && rounds_person_merge_complete (store, led->merge, FALSE, error);\n",
          "         && rounds_person_merge_complete (store, led->merge, FALSE, error)"
          " && choose_again (store, led, rounds_merge_snapshot_new (), error);\n")],
    ),
    "led-on-after-it-went-back": (
        "what has come by two merges stays by the second one, which is made anew, when it goes back with the first one",
        [("src/store/rounds-merge-give-back.c",
          "take_given_back (snapshot, edit, given) ?", "(TRUE || take_given_back (snapshot, edit, given)) ?")],
    ),
    "given-back-as-it-was": (
        "what a merge gives back is what was there before, though it was corrected about whose it was",
        [("src/store/rounds-merge-follow.c",
          " || !adopt_beneath_all (store, @ARGS@))", " || (FALSE && !adopt_beneath_all (store, @ARGS@)))")],
    ),
    "given-back-from-nothing": (
        "where a merge has put its value in the place of none, it gives back what another one was corrected to",
        [("src/store/rounds-merge-follow.c",
          " || !rounds_value_equal (&edit->before, old)\n",
          " || !(rounds_value_is_null (&edit->before) || rounds_value_equal (&edit->before, old))\n")],
    ),
    "given-back-is-a-correction": (
        "what a merge gives back becomes that of all who have the same, be it by themselves",
        [("src/store/rounds-merge-follow.c", "  guint64 taken = ~given;\n", "  guint64 taken = G_MAXUINT64;\n")],
    ),
    "given-back-is-entered": (
        "what a merge has given back before another one was known counts as entered by somebody",
        [("src/store/rounds-merge-catch-up.c",
          "  *given = *touched & ~fate.entered;\n", "  *given = FALSE ? *touched & ~fate.entered : 0;\n")],
    ),
    "settled-and-kept": (
        "what was refused of a merge stays in the rows when it is settled",
        [("src/sync/rounds-sync-settling.c", " || !doubt_record (store, change, error)))", "))")],
    ),
    "doubted-as-never-sent": (
        "what refused edits have left is not compared with what the server has for this device",
        [("src/store/rounds-record-digest.h", "REVISION_IN_DOUBT (-1)", "REVISION_IN_DOUBT 0")],
    ),
    "own-word-taken-for-anothers": (
        "what a device had entered before it chose another value is taken for what somebody has changed since",
        [("src/store/rounds-merge-catch-up.c", "(!is_seen && was_seen)", "!is_seen")],
    ),
    "doubted-as-first": (
        "what refused edits have left is compared by its first revision, which the server may have",
        [("src/store/rounds-record-digest.h", "REVISION_IN_DOUBT (-1)", "REVISION_IN_DOUBT 1")],
    ),
    "arrived-as-the-kept-ones": (
        "particulars of a part of a part are kept as those of whom it is a part of in the end",
        [("src/store/rounds-merge-arrival.c", "  rounds_record_set_uuid (record, field, said);\n", "")],
    ),
    "chosen-over-nothing": (
        "what was chosen over the value of a merge that is undone is not chosen again",
        [("src/store/rounds-merge-give-back.c",
          "    if (!add_given_back (store, chosen->pdata[i], given, error))\n",
          "    if (FALSE && !add_given_back (store, chosen->pdata[i], given, error))\n")],
    ),
    "listed-for-ever": (
        "what was refused, and taken back in vain, is never done with",
        [("src/sync/rounds-sync-inbox.c",
          "!rounds_sync_settling_drop (store, sent, error) || ", "")],
    ),
    "moves-by-themselves": (
        "what a refused merge moves can be taken back piece by piece",
        [("src/store/rounds-change-list.c",
          "state = 2 AND (group_id NOT IN (",
          "state = 2 AND (TRUE OR group_id NOT IN (")],
    ),
    "merged-is-entered": (
        "what one merge has led to a contact counts as entered by somebody where another one was not known yet",
        [("src/store/rounds-merge-catch-up.c",
          "maker), by_merge > 0, seen, &fate, error))\n",
          "maker), FALSE && by_merge > 0, seen, &fate, error))\n")],
    ),
    "entered-over-and-told-again": (
        "what a refused merge had chosen goes again after the server has taken what was entered over it",
        [("src/sync/rounds-sync-mending.c",
          "          && !drop_replaced (store, refused, merges, error))\n",
          "          && FALSE && !drop_replaced (store, refused, merges, error))\n")],
    ),
    "asked-again-what-was-replaced": (
        "what a device says again by a merge is asked about, though somebody has replaced it who saw it",
        [("src/sync/rounds-sync-operation.c", "      if (said == 0)\n", "      if (said >= 0)\n")],
    ),
    "asked-what-was-never-done": (
        "the undoing of a merge that was refused is asked about where others have changed what it would give back",
        [("src/sync/rounds-sync-operation.c", "self->people == ROUNDS_SYNC_PEOPLE_PAST ? 1 : has_said", "has_said")],
    ),
    "undone-with-what-was-refused": (
        "the undoing of a merge does as the device says where it comes with one that was refused and is undone",
        [("src/sync/rounds-sync-people.c",
          "is_null (known, ROUNDS_MERGE_UNDONE_AT))\n        *people = ROUNDS_SYNC_PEOPLE_UNDO;",
          "is_null (known, ROUNDS_MERGE_UNDONE_AT)\n          && *people != ROUNDS_SYNC_PEOPLE_PAST)\n"
          "        *people = ROUNDS_SYNC_PEOPLE_UNDO;")],
    ),
    "dissolved-nowhere": (
        "what was refused, and a merge has dissolved on the device, is not kept by the server",
        [("src/sync/rounds-sync-apply.c", "if (self->people != ROUNDS_SYNC_PEOPLE_MERGE || ", "if (TRUE || ")],
    ),
    "refused-of-what-was-deleted": (
        "what was refused is nobody's any more where they have deleted what the server has",
        [("src/sync/rounds-sync-settling.c", "(change->base_rev != 0 || result->conflicts != NULL)", "FALSE")],
    ),
    "deleted-with-what-was-taken-out": (
        "what is theirs who were taken out of a contact meanwhile goes to the trash with that contact",
        [("src/sync/rounds-sync-operation.c", "  if (mutation->entity == ROUNDS_ENTITY_PERSON\n      && !rounds_person_merge_add",
          "  if (FALSE\n      && !rounds_person_merge_add")],
    ),
    "brought-back-to-the-kept": (
        "what a merge had put into the trash is the kept contact's when it comes back, though the merge was undone",
        [("src/sync/rounds-sync-operation.c", "if (follows && self->people == ROUNDS_SYNC_PEOPLE_STAY &&", "if (FALSE &&")],
    ),
    "dissolved-though-handed-on": (
        "a merge gives back what it had dissolved, though that has gone to whose it was since",
        [("src/store/rounds-merge-give-back-own.c", "if (gone > 0)\n", "if (FALSE)\n"),
         ("src/store/rounds-merge-give-back-own.c", "*found |= gone > 0;", "*found |= FALSE;")],
    ),
    "step-of-what-was-refused": (
        "what was refused goes again with what a merge had chosen that was refused with it and has been undone",
        [("src/sync/rounds-sync-mending.c", "rounds_sync_people_ends (change) && r < rejected->len", "FALSE")],
    ),
    "mended-with-an-undoing": (
        "what was entered behind the undoing of a merge that was refused goes again as a part of it, and is passed over",
        [("src/sync/rounds-sync-mending.c",
          "!undoes_refused (change, rejected))\n        rounds_uuid_set_add (groups, &change->group)",
          "change->operation != ROUNDS_OPERATION_UPDATE)\n        rounds_uuid_set_add (groups, &change->group)")],
    ),
    "beneath-taken-back-first": (
        "of two merges that stand upon one that is undone, the one beneath the other is taken back first",
        [("src/store/rounds-merge-give-back.c", "g_ptr_array_steal_index (led, find_latest (led))",
          "g_ptr_array_steal_index (led, led->len - 1)")],
    ),
    "chosen-and-forgotten": (
        "what somebody chose of two that are one again counts no more",
        [("src/store/rounds-merge-choices.c", "          || (chosen != 0 && !choose (", "          || (chosen == 1 && !choose (")],
    ),
    "chosen-in-the-place-of-that-alone": (
        "what somebody chose of two that are one again counts no more where something else has come in its place",
        [("src/store/rounds-merge-choices.c",
          "  g_autoptr (yyjson_doc) fields = NULL;\n\n"
          "  if (by_merge < 0 || !rounds_json_read (change->fields, -1, &fields, error))\n",
          "  g_autoptr (yyjson_doc) fields = NULL;\n  g_autoptr (yyjson_doc) base = NULL;\n\n"
          "  if (by_merge < 0 || !rounds_change_read (change, &fields, &base, error))\n"),
         ("src/store/rounds-merge-choices.c",
          "rounds_record_get_value (merged, f)))\n        *chosen",
          "rounds_record_get_value (merged, f))\n"
          "          && rounds_merge_is_value (&info->fields[f], yyjson_doc_get_root (base),"
          " rounds_record_get_value (kept, f)))\n        *chosen")],
    ),
    "corrected-and-known": (
        "what a device had entered of another one and corrected counts as what it saw when it merged",
        [("src/store/rounds-merge-catch-up.c", "    if (is_own && (is_seen || was_seen))\n      fate->told",
          "    if (is_own)\n      fate->told")],
    ),
    "chosen-as-another-one-saw-it": (
        "what a device chose with a merge that came second is looked for as the one saw it that came first",
        [("src/store/rounds-merge-catch-up.c", "(part, f, rounds_record_get_value (record, f));",
          "(part, f, rounds_record_get_value (part, f));")],
    ),
    "choice-known-by-its-value-alone": (
        "what was chosen with a merge that came second stays when that is undone, if it was led to another value since",
        [("src/store/rounds-person-unmerge.c",
          "(rounds_uuid_equal (&edit->chosen_with, merge) || rounds_value_equal (&edit->after, &chosen->after))",
          "rounds_value_equal (&edit->after, &chosen->after)")],
    ),
    "choice-hangs-on-what-both-are-part-of": (
        "what was chosen with a merge that came second goes when both are taken out of a third one, though they stay one",
        [("src/store/rounds-merge-arrival.c",
          "  while (end_alike (leading, others))\n", "  while (FALSE && end_alike (leading, others))\n")],
    ),
    "forgets-what-follows-from-taking-back": (
        "a merge does not say what has followed from taking back what was chosen with another one that came second",
        [("src/store/rounds-person-unmerge.c",
          "rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, id, error);\n  g_autoptr (RoundsMergeSnapshot) before",
          "g_object_ref ((RoundsRecord *) id);\n  g_autoptr (RoundsMergeSnapshot) before"),
         ("src/store/rounds-person-unmerge.c",
          "told, rounds_record_get_id (leading->pdata[i]), error)", "told, leading->pdata[i], error)")],
    ),
    "given-back-to-one-alone": (
        "who has a value by way of somebody keeps it when that one gives it back",
        [("src/store/rounds-merge-give-back-own.c",
          "         && (!rounds_person_merge_can_forward (edit->entity)\n",
          "         && (TRUE || !rounds_person_merge_can_forward (edit->entity)\n")],
    ),
    "led-beneath-its-own-merge": (
        "what is changed about a merged person is given back to the kept one by their own merge",
        [("src/store/rounds-merge-follow.c",
          "      if (is_among (way, merges->pdata[i]))\n",
          "      if (FALSE && is_among (way, merges->pdata[i]))\n")],
    ),
    "led-along-for-good": (
        "what became the kept contact's as it was changed about the merged one stays when the merge is undone",
        [("src/store/rounds-merge-follow.c",
          "  return snapshot == NULL || rounds_merge_snapshot_save (@ARGS@);\n",
          "  return TRUE;\n")],
    ),
    "particulars-left-in-the-trash": (
        "what belongs to a record of a patient that another one has taken the place of stays with it",
        [("src/store/rounds-merge-give-back-own.c",
          "    return join_particulars (store, record, error);\n",
          "    return TRUE || join_particulars (store, record, error);\n")],
    ),
    "given-back-from-beneath": (
        "what a merge gives back is what another one had chosen that has been undone since",
        [("src/store/rounds-merge-give-back-own.c",
          "      return pass_over (store, record, edit, error);\n",
          "      return TRUE || pass_over (store, record, edit, error);\n")],
    ),
    "second-choice-forgotten": (
        "the merges that stand do not know what one that came second has chosen",
        [("src/sync/rounds-sync-operation.c",
          "  return self->people != ROUNDS_SYNC_PEOPLE_AGAIN\n",
          "  return TRUE || self->people != ROUNDS_SYNC_PEOPLE_AGAIN\n")],
    ),
    "lives-beside-a-merge": (
        "who comes to a server that knows already whose part they are lives there",
        [("src/sync/rounds-sync-people.c",
          "  *dissolved = merge != NULL;\n  return merge == NULL ||",
          "  *dissolved = FALSE;\n  return TRUE || merge == NULL ||")],
    ),
    "move-on-a-devices-word": (
        "what a device had led by a merge that came to nothing counts as the merged person's",
        [("src/store/rounds-merge-told.c",
          "(is_alone ? is_of_device_alone : is_of_group) (store, &move->record, error);\n", "1;\n")],
    ),
    "dissolved-on-a-devices-word": (
        "what another merge has dissolved comes back with somebody whom a device had led it to",
        [("src/store/rounds-merge-told.c", " && !is_dissolved_by (others, id)", "")],
    ),
    "revisions-of-a-lost-server": (
        "after a restore a device goes on naming revisions of what the server has lost",
        [("src/sync/rounds-sync-engine.c",
          "  return rounds_record_store_forget_revisions (self->store, error)\n         && rounds",
          "  return rounds")],
    ),
    "second-merge-too": (
        "of two merges of one person the second is done as well",
        [("src/sync/rounds-sync-people.c",
          "  else if (!forwarded && !rounds_uuid_equal (&kept, &merged))\n",
          "  else if (!rounds_uuid_equal (&kept, &merged))\n")],
    ),
    "attended-at-the-old-time": (
        "the rows of those who were at a visit do not follow when it gets another time",
        [("src/store/rounds-record-attendance.c",
          "ROUNDS_FIELD_BIT (ROUNDS_INTERACTION_OCCURRED_AT) | ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT);",
          "ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT);")],
    ),
    "attended-twice": (
        "two who were at one visit and are merged were there twice",
        [("src/store/rounds-merge-double.c",
          "  { ROUNDS_ENTITY_INTERACTION_ATTENDEE, { ROUNDS_INTERACTION_ATTENDEE_INTERACTION, NONE } },\n",
          "")],
    ),
    "attended-no-more": (
        "who is taken out of somebody who was at the same visit was not there any more",
        [("src/store/rounds-merge-give-back-own.c",
          "      if (record != NULL\n          && (!lead_back",
          "      if (record != NULL && entity != ROUNDS_ENTITY_INTERACTION_ATTENDEE\n          && (!lead_back")],
    ),
    "alone-from-the-trash": (
        "who is taken out of somebody in the trash comes back without what went there with both",
        [("src/store/rounds-person-unmerge.c", "deleted_at != 0 && i <", "FALSE && i <")],
    ),
    "taken-off-and-back": (
        "who was taken off a visit comes back when somebody undoes a merge who had not heard of it",
        [("src/sync/rounds-sync-operation.c", "  outcome->merged |= leaves;\n  if (leaves)\n    return TRUE;\n", "")],
    ),
    "given-from-beneath": (
        "a value that goes back goes also where a contact had the same of their own, beneath what was chosen since",
        [("src/store/rounds-merge-follow.c", "(beneath->given & ROUNDS_FIELD_BIT (edit->field)) &&", "FALSE &&")],
    ),
    "given-in-the-trash": (
        "what somebody gives to whom they take out of another one stays in the trash where that one has gone to",
        [("src/store/rounds-person-unmerge.c", "ids, error) && bring_along (store, record, snapshot, error)\n",
          "ids, error)\n")],
    ),
    "kept-by-half": (
        "somebody's edit keeps the contact that another one has deleted, and nothing of what is theirs",
        [("src/sync/rounds-sync-operation.c",
          "rounds_record_store_bring_back (self->store, *record, error)",
          "rounds_record_store_restore (self->store, mutation->entity, &mutation->record, error)")],
    ),
    "back-though-deleted-by-itself": (
        "what somebody deletes by itself, while it is in the trash with a contact, comes back with that",
        [("src/sync/rounds-sync-operation.c",
          "    return spare_whole (self, record, error);\n  if (self->people != ROUNDS_SYNC_PEOPLE_STAY)\n",
          "    return spare_whole (self, record, error);\n  if (self->people <= ROUNDS_SYNC_PEOPLE_PAST)\n")],
    ),
    "left-behind-the-whole": (
        "what is deleted after what it belongs to, which was in the trash, does not come back with that",
        [("src/sync/rounds-sync-operation.c",
          "  while (deleted_at != 0 && g_hash_table", "  while (deleted_at < 0 && g_hash_table")],
    ),
    "merges-on-a-devices-word": (
        "what a device notes in a merge that came to nothing here makes that stand",
        [("src/sync/rounds-sync-people.c",
          "  if (is_of_other_merge (mutation))\n    return TRUE;",
          "  if (is_of_other_merge (mutation))\n    return people == ROUNDS_SYNC_PEOPLE_UNDO;")],
    ),
    "anew-into-whom-is-no-more": (
        "a merge that is made anew brings back the contact that it was into, though that is a part of another",
        [("src/store/rounds-merge-give-back.c",
          "  rounds_record_set_uuid (led->merge, ROUNDS_MERGE_KEPT, &kept);",
          "  rounds_record_set_uuid (led->merge, ROUNDS_MERGE_KEPT, &led->said);")],
    ),
    "agreed-and-given-back": (
        "what a merge gives back is what its device saw, though others had made of that what was chosen by then",
        [("src/sync/rounds-sync-operation.c",
          "  if (changed_by_others && self->people == ROUNDS_SYNC_PEOPLE_MERGE\n",
          "  if (FALSE && changed_by_others && self->people == ROUNDS_SYNC_PEOPLE_MERGE\n")],
    ),
    "agreed-whatever-was-told": (
        "a merge gives back nothing that has the same value by now, though it led that there itself",
        [("src/store/rounds-merge-choices.c",
          "yyjson_obj_get (yyjson_doc_get_root (doc), field) == NULL\n", "field == NULL\n")],
    ),
    "values-by-the-device": (
        "the server takes a device's word for the values that a merge gives back",
        [("src/store/rounds-merge-newer.c",
          "  for (guint i = 0; i < snapshot->edited->len; i++)\n",
          "  for (guint i = 0; FALSE && i < snapshot->edited->len; i++)\n")],
    ),
    "merged-and-half-back": (
        "who is merged though somebody has thrown them away comes back without what went to the trash with them",
        [("src/store/rounds-person-merge.c",
          "rounds_record_store_bring_back (store, person, error)",
          "rounds_record_store_restore (store, ROUNDS_ENTITY_PERSON, id, error)")],
    ),
    "back-though-kept-once": (
        "what two had alike, and a merge keeps once, comes back when one of them is taken out of others by a device that "
        "does not know of that merge",
        [("src/sync/rounds-sync-operation.c", "  if (dissolved || kept_once)\n", "  if (dissolved)\n")],
    ),
    "back-beside-what-is-kept": (
        "what a merge keeps once comes back as somebody's who is no more, whoever takes it out of the trash",
        [("src/store/rounds-record-trash.c",
          "    return rounds_person_merge_lead_back (self, record, error)\n", "    return TRUE\n")],
    ),
    "told-whose-and-given-back": (
        "a merge takes back what somebody has said to be another one's since, once that is there again",
        [("src/store/rounds-merge-give-back-own.c",
          "      rounds_merge_snapshot_remove_move (snapshot, i - 1);\n      rounds_merge_snapshot_add_left",
          "      rounds_merge_snapshot_add_left")],
    ),
    "preferred-where-it-was-said": (
        "what was declined for what came to nothing is not taken where the merge has been led to somebody else",
        [("src/store/rounds-merge-choices.c",
          "      if (seen == NULL || here == NULL)\n",
          "      if (seen == NULL || here == NULL || !rounds_uuid_equal (&here->to, &join->to))\n")],
    ),
    "led-on-as-if-made-there": (
        "what a merge has led on, and is taken back with it, is made anew into whom it was led to",
        [("src/store/rounds-merge-give-back.c",
          "{ other, said != NULL ? *said", "{ other, said != NULL && !builds_on (others, snapshot) ? *said")],
    ),
    "particulars-come-back": (
        "particulars that somebody has deleted who did not know that a merge had made them a part of others come back",
        [("src/store/rounds-merge-spare.c",
          "  if (person == NULL || g_hash_table_contains (wanted, person))\n",
          "  if (person == NULL || !rounds_merge_double_may_be (rounds_record_get_entity (record))\n"
          "      || g_hash_table_contains (wanted, person))\n")],
    ),
    "gone-into-anothers": (
        "a physician's particulars that have become a part of another one's stay there when their contact is taken out",
        [("src/store/rounds-merge-give-back.c", " || rounds_uuid_equal (&join->from, &move->record))", ")")],
    ),
    "given-back-at-whom-it-lives": (
        "what was chosen beneath another merge's value, and is given up, is looked for at people who are a part of nobody",
        [("src/store/rounds-merge-follow.c",
          "rounds_merge_list_of_whole (store, person, error)", "rounds_person_merge_list (store, person, error)")],
    ),
    "passed-over-what-is-back": (
        "a value that is given up stays beneath another merge's if it need not be taken away",
        [("src/store/rounds-merge-give-back-own.c",
          "      return pass_over (store, record, edit, error);\n",
          "      return is_back || pass_over (store, record, edit, error);\n")],
    ),
    "taken-back-though-changed": (
        "undoing a merge takes away what somebody has put in the place of what came with it",
        [("src/store/rounds-merge-give-back-own.c",
          "  if (is_back || covered || !rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->after))\n",
          "  if (is_back || covered)\n")],
    ),
    "left-in-the-trash-by-the-server": (
        "who is taken out of somebody in the trash comes back without what went there with both, if that came first",
        [("src/store/rounds-person-unmerge.c",
          "&& bring_along (store, merge, snapshot, error) &&", "&&")],
    ),
    "deleted-along-by-itself": (
        "what a merge has dissolved, and was deleted with the one who was kept, does not come back with whom it is taken out",
        [("src/store/rounds-merge-spare.c",
          "  if (g_hash_table_contains (wanted, &whole))\n", "  if (FALSE && g_hash_table_contains (wanted, &whole))\n")],
    ),
    "thrown-away-in-parts": (
        "what belongs to somebody who was merged goes to the trash when they are deleted by whoever has not heard of it",
        [("src/sync/rounds-sync-operation.c",
          "  if (whole == NULL || rounds_record_is_deleted (whole)\n",
          "  if (whole == NULL || !rounds_record_is_deleted (whole)\n")],
    ),
    "chosen-by-nobody": (
        "a merge that is made anew without somebody does again what it has done to them",
        [("src/store/rounds-merge-give-back.c", "      if (is_theirs == 0)\n", "      if (is_theirs < -1)\n")],
    ),
    "gone-with-what-stands-upon-it": (
        "what a later merge has made one with somebody's particulars goes with them when they are taken out",
        [("src/store/rounds-merge-give-back.c",
          " || (is_led == 0 && builds_on (others, snapshot))", "")],
    ),
    "back-on-purpose": (
        "what came back with something else counts as wanted by somebody, and no deletion takes it away",
        [("src/sync/rounds-sync-operation.c", "(rounds_change_is_along (change) &&", "(FALSE &&")],
    ),
    "parts-deleted-all-the-same": (
        "a deletion that came too late for the contact deletes what is theirs",
        [("src/sync/rounds-sync-operation.c", "  is_part = self->people", "  is_part = FALSE && self->people")],
    ),
    "not-out-of-the-trash": (
        "what a device brings back with somebody whom it takes out of the trash stays there",
        [("src/sync/rounds-sync-people.c",
          "        return mutation->operation == ROUNDS_OPERATION_UPDATE;\n      return rounds_person",
          "        return TRUE;\n      return rounds_person")],
    ),
    "handed-on-is-owned": (
        "what has gone back to whose it was stays somebody else's who had handed it on, when it comes by another way",
        [("src/store/rounds-merge-give-back-own.c", "    if (!forget (", "    if (FALSE && !forget (")],
    ),
    "word-of-the-device": (
        "what a device has merged was the merged contact's, even if it was somebody else's meanwhile",
        [("src/store/rounds-merge-told.c",
          "      if (is_told > 0)\n        rounds_merge_snapshot_add_move",
          "      if (TRUE)\n        rounds_merge_snapshot_add_move")],
    ),
    "sent-is-done": (
        "a change counts as done when it is sent, not when it is answered",
        [("src/sync/rounds-sync-pusher.c",
          "  *request = g_new0 (RoundsSyncRequest, 1);\n  (*request)->method = g_strdup (\"POST\");\n",
          "  for (guint i = 0; i < self->sent->len; i++)\n"
          "    rounds_record_store_set_change_state (self->store,\n"
          "                                          ((RoundsChange *) g_ptr_array_index (self->sent, i))->seq,\n"
          "                                          ROUNDS_CHANGE_APPLIED, NULL, NULL);\n"
          "  *request = g_new0 (RoundsSyncRequest, 1);\n  (*request)->method = g_strdup (\"POST\");\n")],
    ),
}


def say(text):
    print(text, file=sys.stderr, flush=True)


def copy_tree():
    """Copies what git knows or would add, leaving alone what is the same, so that little is built again."""
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            check=True, capture_output=True).stdout.decode().split("\0")
    wanted = {name for name in listed if name and (ROOT / name).is_file()}
    for name in wanted:
        source, target = ROOT / name, COPY / name
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    for path in COPY.rglob("*"):
        if path.is_file() and str(path.relative_to(COPY)) not in wanted:
            path.unlink()


def build():
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["meson", "setup", BUILD, COPY], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run(["ninja", "-C", BUILD, PROGRAM.relative_to(BUILD)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)


def find_place(text, old):
    """The place of old in text; @ARGS@ stands for the rest of a function's parameters."""
    pattern = re.escape(old).replace("@ARGS@", "([^)]*)")
    found = list(re.finditer(pattern, text))
    return found[0] if len(found) == 1 else None


def edit(text, old, new):
    """The text with new in place of old; None: that is not there once."""
    place = find_place(text, old)
    if place is None:
        return None
    if "@ARGS@" in new:
        new = new.replace("@ARGS@", place.group(1))
    return text[: place.start()] + new + text[place.end():]


def mutate(name, edits):
    """Makes the edits in the copy and returns what the files were."""
    before = {}
    for file, old, new in edits:
        path = COPY / file
        text = path.read_text()
        before.setdefault(path, text)
        text = edit(text, old, new)
        if text is None:
            restore(before)
            sys.exit(f"{name}: the place in {file} is not there once any more:\n{old}")
        path.write_text(text)
    return before


def say_lost_places():
    """Whether each break could be made in the tree as it is."""
    found = True
    for name, (_, edits) in BREAKS.items():
        texts = {}
        for file, old, new in edits:
            texts[file] = edit(texts.get(file) or (ROOT / file).read_text(), old, new)
            if texts[file] is None:
                print(f"tests/simulation/mutants.py: {name}: the place in {file} is not there once any more")
                found = False
                break
    return found


def restore(before):
    for path, text in before.items():
        path.write_text(text)


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True,
                          env={"G_TEST_SRCDIR": str(COPY / "tests"), "G_DEBUG": "fatal-criticals", "LC_ALL": "C.UTF-8"})


def find(*arguments):
    """The seed or the story that fails first, and the check; None: none does."""
    done = run("--stop", *arguments)
    if done.returncode == 0:
        return None
    failed = re.search(r"^(seed \d+|story \S+), ([\w-]+):", done.stderr, re.M)
    if failed:
        return f"{failed[1]} ({failed[2]})"
    died = re.search(r"It was (seed \d+|story \S+)\.$", done.stderr, re.M)
    return f"{died[1] if died else '?'} (the program died)"


def find_test():
    """The test of the store or of the sync that fails first; None: none does."""
    done = subprocess.run(["meson", "test", "-C", BUILD, "--suite", "store", "--suite", "sync"],
                          capture_output=True, text=True)
    if done.returncode == 0:
        return None
    failed = re.search(r"^not ok (?:\d+ )?(/\S+)", (BUILD / "meson-logs" / "testlog.txt").read_text(), re.M)
    return f"test {failed[1]}" if failed else sys.exit(done.stdout + done.stderr)


def simulate(seeds):
    """What finds that the tree is broken: the first seeds, a kept story, a test, or more seeds; None: nothing does."""
    begin = time.monotonic()
    first = min(seeds, FIRST_SEEDS)
    found = find("--seeds", str(first)) or find("--stories") or find_test()
    if found is None and seeds > first:
        found = find("--seeds", str(seeds - first), "--first-seed", str(first + 1))
    return found, time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--places", action="store_true", help="only tell which breaks cannot be made any more")
    parser.add_argument("--seeds", type=int, default=3000, help="at most so many for each break (usual: %(default)s)")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these breaks")
    arguments = parser.parse_args()
    if arguments.places:
        return 0 if say_lost_places() else 1
    names = arguments.names or list(BREAKS)

    WORK.mkdir(parents=True, exist_ok=True)
    copy_tree()
    rows, missed = [], []
    for name in names:
        what, edits = BREAKS[name]
        before = mutate(name, edits)
        try:
            build()
            found, seconds = simulate(arguments.seeds)
        finally:
            restore(before)
        rows.append((name, what, found or f"NOT in {arguments.seeds} seeds"))
        say(f"{name}: {rows[-1][2]}, {seconds:.0f} s")
        if found is None:
            missed.append(name)
    build()
    found, _ = simulate(arguments.seeds)
    width = max(len(row[0]) for row in rows)
    print(f"{'break':{width}}  {'found by':60}  what")
    for name, what, finder in rows:
        print(f"{name:{width}}  {finder:60}  {what}")
    if found is not None:
        print(f"The unbroken tree fails {found}.")
    print(f"{len(names) - len(missed)} of {len(names)} breaks found; the unbroken tree "
          f"{'passes' if found is None else 'FAILS'} the same {arguments.seeds} seeds, all stories and tests")
    return 1 if missed or found is not None else 0


if __name__ == "__main__":
    sys.exit(main())
