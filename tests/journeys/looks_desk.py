# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The desk of the staff and the telephone's page, as wide as a screen and as narrow as a telephone: for looking."""
import desk


def play(factory, environment, home, pictures):
    desk.play(factory, environment, home, pictures, widths=(1366, 400))
