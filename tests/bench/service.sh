# The service under a benchmark: started on fresh data, with permits that are ready for gas tests. Sourced, after
# admin/build.sh.
bench=$root/tests/bench
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

# start_service PORT FLAG...: the service on fresh data with 64 permits approved, ready for gas tests.
start_service() {
  local port=$1
  shift
  "$root/build-bench/sparkgate" serve --port "$port" --data "$work/$port" --demo-password 'bench bench bench' "$@" \
    >"$work/$port.out" 2>"$work/$port.err" &
  pids+=($!)
  until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && grep -q 127.0.0.1 "$work/$port.out"; do sleep 0.2; done
}

sign_in() { # PORT LOGIN
  curl -s "http://127.0.0.1:$1/api/v1/sessions" -H 'Content-Type: application/json' \
    -d "{\"login\":\"$2\",\"password\":\"bench bench bench\"}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p'
}

# prepare PORT: 64 approved permits; sets `permits`, TOKEN and AT for wrk.
prepare() {
  local url=http://127.0.0.1:$1/api/v1 who token id version scope
  declare -A tokens
  for who in applicant site_owner fire_watch supervisor1 supervisor2 supervisor3; do tokens[$who]=$(sign_in "$1" $who); done
  act() { # WHO EVENT BODY
    version=$(curl -s "$url/permits/$id" -H "Authorization: Bearer ${tokens[applicant]}" | sed -n 's/.*"version":\([0-9]*\).*/\1/p')
    curl -s "$url/permits/$id/$2" -H "Authorization: Bearer ${tokens[$1]}" -H "If-Match: \"$version\"" \
      -H 'Content-Type: application/json' -d "$3"
  }
  photo() { # WHO
    curl -s "$url/photos" -H "Authorization: Bearer ${tokens[$1]}" -H 'Content-Type: image/jpeg' \
      --data-binary "@$root/tests/data/site.jpg" | sed -n 's/.*"sha256":"\([^"]*\)".*/\1/p'
  }
  declare -A photos
  for who in supervisor1 supervisor2 supervisor3; do photos[$who]=$(photo $who); done
  permits=
  for _ in $(seq 64); do
    id=$(curl -s "$url/permits" -H "Authorization: Bearer ${tokens[applicant]}" -H 'Content-Type: application/json' \
      -d "$application" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
    act applicant submit '{}' >/dev/null
    scope=$(curl -s "$url/permits/$id" -H "Authorization: Bearer ${tokens[applicant]}" | sed -n 's/.*"scope_hash":"\([^"]*\)".*/\1/p')
    act site_owner consent '{"scope_hash":"'"$scope"'"}' >/dev/null
    for who in supervisor1 supervisor2 supervisor3; do
      act $who approve '{"scope_hash":"'"$scope"'","position":{"longitude":"107.617485","latitude":"29.917942","accuracy_metres":5},"photo":"'"${photos[$who]}"'"}' >/dev/null
    done
    permits+=${permits:+,}$id
  done
  PERMITS=$permits TOKEN=${tokens[fire_watch]} AT=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  export PERMITS TOKEN AT
}

application='{"unit":"91500230MADEMA01XB","owner_unit":"91500230MADEMA11X1","area":"500230111201-01","place":{"address":"Workshop 1","longitude":"107.617485","latitude":"29.917942","outdoor":false,"confined_space":false,"height_metres":"0"},"work":"weld brackets","method":"electric_welding","special_equipment":false,"explosive_place":false,"running_or_pressurised":false,"isolated_with_approval":false,"tank_bund":false,"pipe_rack":false,"wind_force":2,"essential":false,"starts":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'","ends":"'$(date -u -d '4 hours' +%Y-%m-%dT%H:%M:%SZ)'","operators":["T500230198604120315"],"fire_watch":"500230198302140863","person_in_charge":"500230199001011093","machines":["DEMO-WM-01"],"measures":[{"code":"A.1-8"},{"code":"A.1-9"}]}'
