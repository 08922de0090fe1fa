#include "api/notice/standing.h"

#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::api {
namespace {

struct StateRow {
  std::string_view state;
  Standing standing;
};

// clang-format off
constexpr StateRow k_states[] = {
  // state                tone           headline        advice       work   people
  {"InProgress"        , {Tone::live   , "live"        , "only_here", true , true }},
  {"Suspended"         , {Tone::stopped, "stopped"     , "not_now"  , true , true }},
  {"Approved"          , {Tone::waiting, "not_started" , "not_now"  , true , true }},
  {"SiteReady"         , {Tone::waiting, "not_started" , "not_now"  , true , true }},
  {"FireWatch"         , {Tone::stopped, "watched"     , "not_here" , true , true }},
  {"AwaitingAcceptance", {Tone::over   , "accepting"   , "not_here" , true , false}},
  {"Closed"            , {Tone::over   , "closed"      , "not_here" , true , false}},
  {"Expired"           , {Tone::stopped, "expired"     , "not_here" , true , false}},
  {"Revoked"           , {Tone::stopped, "revoked"     , "not_here" , true , false}},
  {"Withdrawn"         , {Tone::stopped, "withdrawn"   , "not_here" , false, false}},
};
// clang-format on
constexpr Standing k_not_approved = {Tone::stopped, "not_approved", "not_here", false, false};
constexpr Standing k_window_over = {Tone::stopped, "expired", "not_here", true, true};

bool window_is_over(const Instance& permit, Time at) {
  const auto ends = permit::time_of(permit::application(permit, "ends"));
  return ends && at >= *ends;
}

bool may_still_begin_or_go_on(std::string_view state) {
  return state == "InProgress" || state == "Suspended" || state == "Approved" || state == "SiteReady";
}

size_t length_of_first(std::string_view utf8) {
  size_t length = 1;
  while (length < utf8.size() && (static_cast<unsigned char>(utf8[length]) & 0xC0) == 0x80) ++length;
  return length;
}

}  // namespace

std::string_view name_of(Tone tone) {
  constexpr std::string_view k_names[] = {"live", "waiting", "stopped", "over"};
  return k_names[static_cast<size_t>(tone)];
}

Standing standing_of(const Instance& permit, Time at) {
  if (may_still_begin_or_go_on(permit.state) && window_is_over(permit, at)) return k_window_over;
  for (const StateRow& row : k_states) {
    if (row.state == permit.state) return row.standing;
  }
  return k_not_approved;
}

std::string masked_name(std::string_view name) {
  if (name.empty()) return "";
  if (static_cast<unsigned char>(name.front()) >= 0x80)
    return std::string(name.substr(0, length_of_first(name))) + "**";
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == ' ' || (i > 0 && name[i - 1] != ' ')) continue;
    out += (out.empty() ? "" : " ") + std::string(1, name[i]) + ".";
  }
  return out;
}

std::string normal_notice_code(std::string_view typed) {
  std::string out;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    out += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
  }
  return out;
}

}  // namespace sparkgate::api
