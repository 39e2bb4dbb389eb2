/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rounds_workbook_sandbox_enter (void);

G_END_DECLS
