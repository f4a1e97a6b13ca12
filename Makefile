# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# The two commands of the README, `make run` and `make test`; `make prove`, its long form, and `make bench`. Each one
# installs what is missing (once, from the one list below), configures, builds, and does its job.

BUILD ?= build

# Everything Qingce needs on Debian 12, to build, to run and to test: the one list.
PACKAGES := \
  build-essential mold meson ninja-build pkg-config gettext python3 \
  libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libsqlite3-dev libsodium-dev libicu-dev \
  libgnutls28-dev libsecret-1-dev libpoppler-glib-dev libcups2-dev glib-networking ca-certificates \
  adwaita-icon-theme librsvg2-common librsvg2-bin fonts-noto-cjk locales \
  xvfb dbus dbus-x11 at-spi2-core x11-utils xdotool imagemagick python3-gi gir1.2-glib-2.0 python3-dbus \
  chromium python3-websocket xclip \
  fcitx5 fcitx5-frontend-gtk4 fcitx5-chinese-addons fcitx5-pinyin \
  python3-yaml python3-jsonschema python3-openpyxl desktop-file-utils appstream flatpak-builder clang-format gnome-keyring \
  sqlite3 libxml2-utils mandoc strace faketime openssl \
  libhpdf-dev libharfbuzz-dev libfontconfig-dev libqrencode-dev libzbar-dev libzip-dev zlib1g-dev libexpat1-dev libxlsxwriter-dev libgdk-pixbuf-2.0-dev \
  libturbojpeg0-dev libpng-dev libheif-dev libseccomp-dev fonts-lxgw-wenkai \
  poppler-utils qpdf zbar-tools mupdf-tools cups-daemon cups-client libimage-exiftool-perl

# Tools that only `make bench` needs: the peers that figures are measured against.
BENCH_PACKAGES := gnome-calculator libjpeg-turbo-progs

.PHONY: run test prove bench mutants build deps bench-deps lint clean

run: build
	@sh tests/tools/run.sh $(BUILD)

test: build
	@sh tests/tools/test.sh $(BUILD)

prove: build
	@sh tests/tools/prove.sh $(BUILD)

mutants: deps
	@sh tests/tools/mutants.sh $(BUILD)

bench: build bench-deps
	@sh tests/tools/bench.sh $(BUILD)

lint: build
	@meson test -C $(BUILD) --suite lint --print-errorlogs

build: deps
	@sh tests/tools/build.sh $(BUILD)

deps:
	@sh tests/tools/deps.sh $(PACKAGES)

bench-deps:
	@sh tests/tools/deps.sh $(BENCH_PACKAGES)

clean:
	rm -rf $(BUILD)
