#!/bin/sh
# Make sure that a Chromium is there for the journeys, where the system lets us install one.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
command -v chromium-browser >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0
fi
echo "Chromium is not here and cannot be installed: the browser journeys will be reported as not run."
