# Sourced by admin/run and tests/run: messages in the user's language, missing packages, the build.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# say ZH EN: one line for the person at the terminal, by the locale.
say() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    zh*) echo "$1" ;;
    *) echo "$2" ;;
  esac
}

build_packages=(cmake ninja-build g++ ccache libpoco-dev libexpected-dev libvalijson-dev nlohmann-json3-dev
  libcli11-dev libcsv-dev libhowardhinnant-date-dev libyaml-cpp-dev libsqlite3-dev libssl-dev pkgconf
  libp11-kit-dev libzip-dev libturbojpeg0-dev libqrencode-dev libpango1.0-dev libkainjow-mustache-dev
  libjemalloc-dev fonts-noto-cjk tzdata mat2 media-types)

for program in node npm; do # for the console: of Debian, unless there is another already
  command -v $program >/dev/null || build_packages+=("${program/#node/nodejs}")
done

has_boost() { # 1.81 or later, under whatever package name
  local version
  version=$(sed -n 's/^#define BOOST_VERSION //p' /usr/include/boost/version.hpp 2>/dev/null)
  [ "${version:-0}" -ge 108100 ]
}

# install_missing PACKAGE...: installs what is not there yet, as root or by sudo; silent when all is there.
install_missing() {
  local installed missing=() sudo=() package log
  installed=" $(dpkg-query -W -f '${Package}:${db:Status-Status} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    [[ $installed == *" $package:installed "* ]] || missing+=("$package")
  done
  has_boost || missing+=(libboost)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "缺少软件包：${missing[*]}。请以 root 身份再运行一次。" \
        "Packages are missing: ${missing[*]}. Run this once as root." >&2
      return 1
    fi
    sudo=(sudo)
  fi
  say "安装软件包：${missing[*]}" "Installing packages: ${missing[*]}"
  log=$(mktemp)
  if ! install_by_apt "${missing[@]}" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "软件包安装失败，原因见上。" "The packages could not be installed; the reason stands above." >&2
    return 1
  fi
  rm -f "$log"
}

# Uses `sudo` of install_missing. Debian 12 has Boost 1.81 beside an older libboost-dev, later releases a newer one.
install_by_apt() {
  local packages=("$@") boost=libboost-dev
  "${sudo[@]}" apt-get update -qq || return 1
  if apt-cache show libboost1.81-dev >/dev/null 2>&1; then boost=libboost1.81-dev; fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${packages[@]/%libboost/$boost}"
}

# One compiler a core, but never more than the memory bears: the state machines take 1 GB each.
jobs_that_fit() {
  local cores by_memory
  cores=$(nproc)
  by_memory=$(awk '/^MemAvailable:/ {print int($2 / 1200000)}' /proc/meminfo)
  if [ "$by_memory" -lt 1 ]; then by_memory=1; fi
  echo $((cores < by_memory ? cores : by_memory))
}

# build FOLDER TARGET CMAKE_FLAG...: configures once, then builds what changed.
build() {
  local folder=$root/$1 target=$2
  shift 2
  if [ ! -f "$folder/build.ninja" ]; then
    say "编译（首次需要几分钟）……" "Building (some minutes the first time) …"
    cmake -S "$root" -B "$folder" -G Ninja "$@" >/dev/null
  fi
  ninja -C "$folder" -j "$(jobs_that_fit)" --quiet "$target" | sed -u '/^ninja: no work to do\.$/d'
}
