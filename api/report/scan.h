// A file on its way in, shown to a scanner for malware (clamd, over its Unix socket) before anything of it is kept.
#pragma once

#include <filesystem>
#include <string_view>

#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate::api {

/// One file: clamd's INSTREAM. What the scanner does not take in time counts as unreachable.
class Scan {
 public:
  /// Refuses scanner_unreachable, as all that follow.
  static Result<Scan> begin(const std::filesystem::path& socket);
  Scan(Scan&& other) noexcept;
  ~Scan();

  Result<void> pass_on(std::string_view bytes);
  /// What the scanner says of the whole. Refuses file_infected too.
  Result<void> finish();

 private:
  explicit Scan(int socket) : socket_(socket) {}
  bool send(std::string_view bytes) const;
  int socket_;
};

}  // namespace sparkgate::api
