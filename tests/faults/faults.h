/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Faults under SQLite: its memory and its files, so that they come below encryption, as a real disk's do. Both are
 * SQLite's settings for a whole process, and so is the one fault that is armed. And faults above it, of whole
 * statements: for what need not know how SQLite fails, as a statement has many places where it might. */

/* What is counted, and fails. */
typedef enum
{
  FAULT_MEMORY,
  FAULT_OPEN,
  FAULT_READ,
  FAULT_WRITE,
  FAULT_SYNC,
  FAULT_TRUNCATE,
  FAULT_DELETE,
  FAULT_LOCK,
  FAULT_SHARED_MEMORY,
  FAULT_STATEMENT,
  FAULT_N_OPERATIONS,
} FaultOperation;

typedef enum
{
  FAULT_FAILS,
  FAULT_IS_FULL,     /* the disk is */
  FAULT_IS_SHORT,    /* half of it is written, then the disk fails */
  FAULT_KILLS,       /* the process, before the operation */
  FAULT_KILLS_AFTER, /* the process, after it */
} FaultEffect;

/* What a kill does to that which was written and not synced. */
typedef enum
{
  FAULT_KEEPS, /* the kernel lives on and writes it */
  FAULT_DROPS, /* the power went, and nothing of it was on the disk */
  FAULT_TEARS, /* the power went, and some sectors were */
} FaultLoss;

typedef struct
{
  const char *name;
  FaultOperation operation;
  FaultEffect effect;
  gboolean lasts; /* from the n-th operation on, not at that one alone */
  FaultLoss loss;
} Fault;

void faults_install (void);
void faults_arm (const Fault *fault, guint n);
void faults_disarm (void);
guint faults_get_count (FaultOperation operation);
const Fault *faults_pause (void);
void faults_resume (const Fault *fault);
gboolean faults_were_hit (void);
