// Forms with files as browsers send them without script: multipart/form-data (RFC 7578, RFC 2046), read strictly while
// it comes, in memory that does not grow with it.
#pragma once

#include "api/multipart_head.h"

namespace sparkgate::api {

/// Who takes the parts of a form, in their order. False from any function: nothing more is wanted.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual bool part_begins(const PartHead& head) = 0;
  /// The part's next bytes, which are only lent; never "".
  virtual bool part_bytes(std::string_view bytes) = 0;
  /// The part was whole; whether the form is, is still to come.
  virtual bool part_ends() = 0;
};

struct MultipartLimits {
  size_t parts;
  size_t head_bytes;  // of one part's head, with its line ends
  size_t text_bytes;  // of one part that is no file
};

class Multipart {
 public:
  using Outcome = tl::expected<void, MultipartFault>;

  /// `boundary` is as boundary_of gives it; `sink` outlives this.
  Multipart(std::string_view boundary, const MultipartLimits& limits, PartSink& sink);

  /// The next bytes, in pieces of any size: neither events nor faults depend on them. After a fault nothing more is
  /// read, and the fault stays.
  Outcome feed(std::string_view bytes);

  /// Nothing more comes: whether the form was whole.
  Outcome finish() const;

 private:
  using Step = size_t (Multipart::*)(std::string_view bytes);  // reads a byte or more, becomes another step, or fails
  size_t first_boundary(std::string_view bytes);
  size_t after_boundary(std::string_view bytes);
  size_t head(std::string_view bytes);
  void end_head();
  size_t content(std::string_view bytes);
  size_t end_of_content(std::string_view bytes);
  void end_part();
  size_t epilogue(std::string_view bytes);
  void give(std::string_view bytes);
  size_t fail(MultipartFault fault);

  const std::string delimiter_;  // CRLF "--" boundary
  const MultipartLimits limits_;
  PartSink& sink_;
  Step step_ = &Multipart::first_boundary;
  std::optional<MultipartFault> fault_;
  std::string line_;     // what stands behind a boundary; the head that follows it
  size_t matched_ = 2;   // bytes of the delimiter that have come last
  size_t borrowed_ = 0;  // of these, bytes that belong to the head
  size_t parts_ = 0;
  size_t text_bytes_ = 0;  // of this part
  bool is_file_ = false;
};

}  // namespace sparkgate::api
