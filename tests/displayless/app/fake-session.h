/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fixture's session at a center that can misbehave (sync-fake.h).
 */
#pragma once

#include "qc-app-fixture.h"
#include "sync-fake.h"

G_BEGIN_DECLS

/* Signed in; nothing is asked for yet. */
void fake_session_adopt (QcAppFixture *app, Fake *fake, gboolean practice);
/* Signed in, and with all that the fixture knows as of now. */
void fake_session_connect (QcAppFixture *app, Fake *fake);

G_END_DECLS
