/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a fuzz target gives to its runner. Built with -Dfuzzers=true (clang) each target is a libFuzzer program; else
 * fuzz-runner.c feeds it a corpus and a fixed number of changes of it.
 */
#pragma once

#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
/* NULL if the corpus file @name is fed with the byte *@out before it, else @name: fed as it is. */
const char *fuzz_prefix (const char *name, guint8 *out);
