// body  = "--" boundary *( CRLF head CRLF *OCTET CRLF "--" boundary ) "--" [ CRLF ]
// head  = *field-line                                ; multipart_head.cpp
//
// A CR can only begin a delimiter: where one breaks off, all of it belongs to the part, and none can begin within it.
#include "api/multipart.h"

namespace sparkgate::api {
namespace {

constexpr std::string_view k_line_end = "\r\n", k_close = "--";

}  // namespace

Multipart::Multipart(std::string_view boundary, const MultipartLimits& limits, PartSink& sink)
    : delimiter_(std::string("\r\n--").append(boundary)), limits_(limits), sink_(sink) {}

Multipart::Outcome Multipart::feed(std::string_view bytes) {
  while (!bytes.empty() && !fault_) bytes.remove_prefix((this->*step_)(bytes));
  return fault_ ? Outcome(tl::unexpected(*fault_)) : Outcome();
}

Multipart::Outcome Multipart::finish() const {
  if (fault_) return tl::unexpected(*fault_);
  const bool is_whole = step_ == &Multipart::epilogue && (line_.empty() || line_ == k_line_end);
  return is_whole ? Outcome() : Outcome(tl::unexpected(MultipartFault::incomplete));
}

size_t Multipart::first_boundary(std::string_view bytes) {
  if (bytes[0] != delimiter_[matched_]) return fail(MultipartFault::preamble);
  if (++matched_ == delimiter_.size()) step_ = &Multipart::after_boundary;
  return 1;
}

size_t Multipart::after_boundary(std::string_view bytes) {
  line_ += bytes[0];
  if (line_ == k_close) {
    line_.clear();
    step_ = &Multipart::epilogue;
  } else if (line_ == k_line_end) {
    if (++parts_ > limits_.parts) return fail(MultipartFault::too_many_parts);
    step_ = &Multipart::head;
  } else if (!k_close.starts_with(line_) && !k_line_end.starts_with(line_)) {
    return fail(MultipartFault::misplaced_boundary);
  }
  return 1;
}

// In `line_` it stands behind the boundary's line end.
size_t Multipart::head(std::string_view bytes) {
  if ((bytes[0] == '\n') != line_.ends_with('\r')) return fail(MultipartFault::broken_line);
  line_ += bytes[0];
  if (line_.size() > k_line_end.size() + limits_.head_bytes) return fail(MultipartFault::head_too_long);
  if (line_.ends_with("\r\n\r\n")) end_head();
  return 1;
}

void Multipart::end_head() {
  if (line_.find(delimiter_) != line_.npos) return void(fail(MultipartFault::misplaced_boundary));
  const auto read = read_part_head(std::string_view(line_).substr(2, line_.size() - 4));
  if (!read) return void(fail(read.error()));
  line_.clear();
  is_file_ = read->is_file;
  text_bytes_ = 0;
  matched_ = borrowed_ = k_line_end.size();  // a boundary may not begin a line, be it the part's first
  step_ = &Multipart::content;
  if (!sink_.part_begins(*read)) fail(MultipartFault::unwanted);
}

size_t Multipart::content(std::string_view bytes) {
  if (matched_ > 0) return end_of_content(bytes);
  const size_t at = bytes.find(delimiter_);
  if (at != bytes.npos) {
    give(bytes.substr(0, at));
    if (!fault_) end_part();
    return at + delimiter_.size();
  }
  const auto last = bytes.substr(std::min(bytes.rfind('\r'), bytes.size()));
  if (delimiter_.starts_with(last)) matched_ = last.size();
  give(bytes.substr(0, bytes.size() - matched_));
  return bytes.size();
}

// Whether what has been held back was the delimiter's beginning.
size_t Multipart::end_of_content(std::string_view bytes) {
  if (bytes[0] == delimiter_[matched_]) {
    if (++matched_ < delimiter_.size()) return 1;
    if (borrowed_ > 0) return fail(MultipartFault::misplaced_boundary);
    return end_part(), 1;
  }
  const auto held = std::string_view(delimiter_).substr(borrowed_, matched_ - borrowed_);
  matched_ = borrowed_ = 0;
  give(held);
  return 0;
}

void Multipart::end_part() {
  matched_ = 0;
  step_ = &Multipart::after_boundary;
  if (!sink_.part_ends()) fail(MultipartFault::unwanted);
}

size_t Multipart::epilogue(std::string_view bytes) {
  line_ += bytes[0];
  return k_line_end.starts_with(line_) ? 1 : fail(MultipartFault::epilogue);
}

void Multipart::give(std::string_view bytes) {
  const size_t room = is_file_ ? bytes.size() : limits_.text_bytes - text_bytes_;
  const auto given = bytes.substr(0, room);
  text_bytes_ += is_file_ ? 0 : given.size();
  if (!given.empty() && !sink_.part_bytes(given)) {
    fail(MultipartFault::unwanted);
  } else if (given.size() < bytes.size()) {
    fail(MultipartFault::text_too_long);
  }
}

size_t Multipart::fail(MultipartFault fault) {
  fault_ = fault;
  return 0;
}

}  // namespace sparkgate::api
