// What a file is by its bytes. What its sender's device calls it counts for nothing.
#pragma once

#include <string_view>

namespace sparkgate::report {

/// `extension` is what a program of the system knows such files by; "" where nothing here opens them. Kinds: "picture",
/// "pdf", "office", "text", "audio", "video", and "other": also whatever can hold a script (HTML, SVG, XML, programs).
struct FileKind {
  std::string_view name, extension;
};

inline constexpr size_t k_telling_bytes = 4096;  // at a file's beginning: they tell the kind, not always the extension

/// Of the whole file, or of its beginning.
FileKind kind_of(std::string_view bytes);

}  // namespace sparkgate::report
