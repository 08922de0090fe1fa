#include "tests/support/multipart_property.h"

#include <algorithm>

#include "api/multipart.h"
#include "engine/base/utf8.h"

namespace sparkgate::test {
namespace {

// Small, so that short inputs reach every limit.
constexpr api::MultipartLimits k_limits{.parts = 8, .head_bytes = 200, .text_bytes = 40};

struct Part {
  api::PartHead head;
  std::string bytes;
  bool has_ended = false;
  bool operator==(const Part&) const = default;
};

struct Reading final : api::PartSink {
  std::vector<Part> parts;
  bool is_in_order = true;
  std::string outcome;

  bool is_in_part() const { return !parts.empty() && !parts.back().has_ended; }
  bool part_begins(const api::PartHead& head) override {
    is_in_order = is_in_order && !is_in_part();
    return parts.push_back({head, "", false}), true;
  }
  bool part_bytes(std::string_view bytes) override {
    is_in_order = is_in_order && is_in_part() && !bytes.empty();
    if (!parts.empty()) parts.back().bytes += bytes;
    return true;
  }
  bool part_ends() override {
    is_in_order = is_in_order && is_in_part();
    if (!parts.empty()) parts.back().has_ended = true;
    return true;
  }
  bool operator==(const Reading& other) const { return parts == other.parts && outcome == other.outcome; }
};

Reading read_in_pieces(std::string_view boundary, std::string_view body, size_t size) {
  Reading reading;
  api::Multipart form(boundary, k_limits, reading);
  for (size_t at = 0; at < body.size(); at += size) form.feed(body.substr(at, size));
  const auto outcome = form.finish();
  reading.outcome = outcome ? "whole" : name_of(outcome.error());
  return reading;
}

// What stands between the delimiters, with no parser at all.
std::vector<std::string> sections_of(std::string_view boundary, std::string_view body) {
  const std::string text = std::string("\r\n").append(body), delimiter = std::string("\r\n--").append(boundary);
  std::vector<std::string> sections;
  for (size_t start = 0, end = 0; end != text.npos; start = end + delimiter.size()) {
    end = text.find(delimiter, start);
    sections.push_back(text.substr(start, end - start));
  }
  return sections;
}

bool is_clean(std::string_view text) {
  return is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

std::string broken_promise_of(const Part& part, const std::string& section) {
  const size_t head_end = section.find("\r\n\r\n");
  if (head_end == section.npos) {  // the boundary follows upon the head: a fault, though the part has begun
    return part.has_ended || !part.bytes.empty() ? "a part has a head and an end of its own" : "";
  }
  const std::string content = section.substr(head_end + 4);
  if (part.has_ended ? part.bytes != content : !content.starts_with(part.bytes)) return "a part's bytes are its own";
  if (part.head.name.empty() || !is_utf8(part.head.name)) return "a part has a name";
  if (!is_clean(part.head.filename) || !is_clean(part.head.content_type)) return "a part's head is clean";
  if (!part.head.is_file && part.bytes.size() > k_limits.text_bytes) return "a text is bounded";
  return "";
}

std::string broken_promise_of(const Reading& form, const std::vector<std::string>& sections) {
  if (!form.is_in_order) return "parts come one after another";
  if (form.parts.size() > k_limits.parts) return "the parts are bounded";
  if (!form.parts.empty() && !sections[0].empty()) return "nothing stands before the first boundary";
  if (form.parts.size() >= sections.size()) return "a part has a boundary";
  for (size_t i = 0; i < form.parts.size(); ++i) {
    if (const auto broken = broken_promise_of(form.parts[i], sections[i + 1]); !broken.empty()) return broken;
  }
  if (form.outcome != "whole") return "";
  if (form.parts.size() + 2 != sections.size()) return "each section of a whole form is a part";
  if (!form.parts.empty() && !form.parts.back().has_ended) return "each part of a whole form is whole";
  return sections.back() == "--" || sections.back() == "--\r\n" ? "" : "a whole form ends with its last boundary";
}

}  // namespace

std::string broken_multipart_promise(std::string_view bytes) {
  const size_t line = std::min(bytes.find('\n'), bytes.size());
  const auto boundary = api::boundary_of(bytes.substr(0, line));
  if (!boundary) return "";
  if (boundary->empty() || boundary->size() > 70 || !is_clean(*boundary)) return "a boundary is short and clean";
  const auto body = bytes.substr(std::min(line + 1, bytes.size()));
  const Reading whole = read_in_pieces(*boundary, body, std::max<size_t>(body.size(), 1));
  for (const size_t size : {size_t(1), size_t(2), size_t(3), size_t(7), boundary->size() + 5, body.size() / 2 + 1}) {
    if (!(read_in_pieces(*boundary, body, size) == whole)) return "a form is read alike, whole or in pieces";
  }
  return broken_promise_of(whole, sections_of(*boundary, body));
}

}  // namespace sparkgate::test
