// The head of one part of a form, read strictly, and all that can be wrong with a form.
#pragma once

#include <optional>

#include "engine/base/refusal.h"

namespace sparkgate::api {

/// Why a form is not read.
enum class MultipartFault {
  preamble,            // something stands before the first boundary
  misplaced_boundary,  // in a part's head, right where its bytes begin, or with more behind it on its line
  too_many_parts,
  broken_line,  // of a part's head: a CR or an LF alone
  head_too_long,
  malformed_head,  // lines that are no fields, control characters, no UTF-8
  duplicate_field,
  malformed_disposition,  // none, not form-data, parameters that are none or that RFC 7578 forbids (filename*)
  duplicate_parameter,
  no_name,
  nested_multipart,
  encoded,        // with a Content-Transfer-Encoding that changes its bytes
  text_too_long,  // of a part that is no file
  epilogue,       // something stands behind the last boundary
  incomplete,     // it ends before the last boundary does
  unwanted,       // whoever takes the parts wants no more
};
std::string_view name_of(MultipartFault fault);  // "preamble", …

struct PartHead {
  std::string name;          // of the form's field; %22, %0D, %0A, as browsers write them, decoded
  std::string filename;      // as sent: a browser's path, its escapes and all
  std::string content_type;  // as sent; "" when absent
  bool is_file = false;      // there is a filename, be it "": a field for a file that was left empty
  bool operator==(const PartHead&) const = default;
};

/// `lines` are the head's fields, each with its line end. Fields that say nothing of these are ignored.
tl::expected<PartHead, MultipartFault> read_part_head(std::string_view lines);

/// Of a request's Content-Type; nothing unless it is multipart/form-data with one boundary as RFC 2046 has it.
std::optional<std::string> boundary_of(std::string_view content_type);

}  // namespace sparkgate::api
