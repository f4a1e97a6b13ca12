# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Every page of portal and console, as wide as a screen and as narrow as a telephone: for looking."""
import browser


def play(factory, environment, home, pictures):
    browser.play(factory, environment, home, pictures, widths=(1366, 400))
