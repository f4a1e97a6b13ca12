/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What every file of the window reads before its own: compiled once, since reading it takes longer than all else. A
 * file includes what it uses all the same.
 */
#include <adwaita.h>
