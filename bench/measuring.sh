# What every measure uses. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
rounds=${BENCH_ROUNDS:-5}

# needs PROGRAM PACKAGE: installs the package when the program is missing. Needs root for that.
needs() {
  [ -n "$(PATH="$PATH:/usr/sbin" type -P "$1")" ] && return
  echo "# installing $2" >&2
  apt-get install -y -qq "$2" >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq "$2"; } >&2
}

# built: the program as people run it, built when its sources changed; prints its path.
built() { "$root/plainproof" --version >/dev/null; echo "$root/plainproof"; }

# bench_program FOLDER: builds the console project in bench/FOLDER and prints the path of its program.
bench_program() {
  local project
  project=$(echo "$root/bench/$1"/*.csproj)
  dotnet build "$project" -c Release -v quiet -nologo -clp:NoSummary >&2
  echo "$root/bench/$1/bin/Release/net10.0/$(basename "$project" .csproj)"
}

# timed FILE COMMAND...: runs it, output thrown away, and adds a line to FILE: wall seconds, processor seconds, peak MB.
# Peak is the largest resident set of any one process it waited for. Fails when the command does, unless ANY_EXIT is set.
timed() {
  local file=$1 begin end line
  shift
  line=$(mktemp)
  begin=$EPOCHREALTIME
  /usr/bin/time -o "$line" -f '%U %S %M' "$@" >/dev/null 2>"$line.err" || [ -n "${ANY_EXIT:-}" ] || { tail -5 "$line.err" >&2; rm -f "$line" "$line.err"; return 1; }
  end=$EPOCHREALTIME
  tail -n 1 "$line" | awk -v wall="$(echo "$begin $end" | awk '{ printf "%.4f", $2 - $1 }')" '{ printf "%s %.2f %.1f\n", wall, $1 + $2, $3 / 1024 }' >>"$file"
  rm -f "$line" "$line.err"
}

# column N FILE: one column of what `timed` wrote.
column() { awk -v n="$1" '{ print $n }' "$2"; }

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# side_by_side NAME UNIT OURS PEER HOW: OURS and PEER are files of one number a round, taken in turn.
# HOW: `slower` gives ours/peer (1 is as long as the peer), `faster` gives peer/ours (20 is twenty times faster).
side_by_side() {
  paste "$3" "$4" | awk -v how="$5" '{ print (how == "faster") ? $2 / $1 : $1 / $2 }' | sort -g >"$3.ratio"
  printf '%s  %.4g  %.4g  %.2f  %s  (%d runs, %.2f to %.2f)\n' \
    "$1" "$(median <"$3")" "$(median <"$4")" "$(median <"$3.ratio")" "$2" "$(wc -l <"$3.ratio")" "$(head -1 "$3.ratio")" "$(tail -1 "$3.ratio")"
}

# against_limit NAME UNIT OURS LIMIT: a fixed limit takes the place of the peer; the ratio is the share of it that is used.
against_limit() {
  sort -g "$3" | awk -v name="$1" -v unit="$2" -v limit="$4" \
    '{ v[NR] = $1 } END { m = v[int((NR + 1) / 2)]; printf "%s  %.4g  %.4g  %.2f  %s  (%d runs, %.2f to %.2f)\n", name, m, limit, m / limit, unit, NR, v[1] / limit, v[NR] / limit }'
}

load() { cut -d' ' -f1-3 /proc/loadavg; }

# fsyncs FOLDER: appends of 4 KiB to a file, each synced to the disk, in a second.
fsyncs() {
  local file begin end
  file=$(mktemp -p "$1")
  begin=$EPOCHREALTIME
  dd if=/dev/zero of="$file" bs=4096 count=500 oflag=dsync status=none
  end=$EPOCHREALTIME
  rm -f "$file"
  echo "$begin $end" | awk '{ printf "%.0f", 500 / ($2 - $1) }'
}

# build: what was measured.
build() { echo "plainproof $("$(built)" --version), .NET $(dotnet --version)"; }

# machine: what the figures were taken on, one fact a line.
machine() {
  echo "processor: $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores"
  echo "memory: $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)"
  echo "system: $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
  echo "disk: $(fsyncs "${TMPDIR:-/tmp}") synced writes of 4 KiB a second"
}
