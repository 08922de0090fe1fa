#include "api/http_response.h"

#include "api/ascii.h"

namespace sparkgate::api {
namespace {

struct Phrase {
  int status;
  std::string_view text;
};

constexpr Phrase k_phrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

constexpr std::string_view k_fields_of_the_server[] = {"connection", "content-length", "content-type", "date",
                                                       "transfer-encoding"};

std::string_view phrase(int status) {
  for (const Phrase& row : k_phrases) {
    if (row.status == status) return row.text;
  }
  return "";
}

// RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string imf_date(std::chrono::sys_seconds time) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[64];
  snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT", days[std::chrono::weekday(day).c_encoding()],
           unsigned(date.day()), months[unsigned(date.month()) - 1], int(date.year()), int(clock.hours().count()),
           int(clock.minutes().count()), int(clock.seconds().count()));
  return text;
}

// One second's text serves all answers of that second.
const std::string& date_text(Time now) {
  thread_local std::chrono::sys_seconds second{};
  thread_local std::string text;
  const auto rounded = std::chrono::floor<std::chrono::seconds>(now);
  if (text.empty() || rounded != second) text = imf_date(second = rounded);
  return text;
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string response_head(const Response& response, Framing framing, Time now) {
  std::string out;
  out.reserve(512);
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(phrase(response.status));
  out.append("\r\n");
  add_field(out, "Date", date_text(now));
  if (has_body(response.status)) {
    if (!response.content_type.empty()) add_field(out, "Content-Type", response.content_type);
    if (!response.stream) add_field(out, "Content-Length", std::to_string(response.body.size()));
  }
  bool has_cache_control = false, has_nosniff = false;
  for (const auto& [name, value] : response.headers) {
    const std::string lower = to_lower(name);
    has_cache_control |= lower == "cache-control";
    has_nosniff |= lower == "x-content-type-options";
    add_field(out, name, value);
  }
  if (!has_cache_control) add_field(out, "Cache-Control", "no-store");
  if (!has_nosniff) add_field(out, "X-Content-Type-Options", "nosniff");
  if (!framing.keep_alive) add_field(out, "Connection", "close");
  if (framing.keep_alive && framing.is_http_1_0) add_field(out, "Connection", "keep-alive");
  return out.append("\r\n");
}

bool fit_to_send(const Response& response) {
  if (response.status < 200 || response.status > 599) return false;
  const auto plain = [](std::string_view value) { return !any_is(value, k_control); };
  const auto reserved = [](const std::string& lower) {
    return std::find(std::begin(k_fields_of_the_server), std::end(k_fields_of_the_server), lower) !=
           std::end(k_fields_of_the_server);
  };
  return plain(response.content_type) &&
         std::all_of(response.headers.begin(), response.headers.end(), [&](const auto& field) {
           return !field.first.empty() && all_are(field.first, k_token) && plain(field.second) &&
                  !reserved(to_lower(field.first));
         });
}

bool has_body(int status) { return status != 204 && status != 304; }

}  // namespace sparkgate::api
