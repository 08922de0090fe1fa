#include "workflows/report/file_kind.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"

namespace sparkgate::report {
namespace {

using namespace std::string_view_literals;

constexpr FileKind k_other{"other", ""};

struct Magic {
  size_t at;
  std::string_view bytes;
  FileKind kind;
};

// The first row that fits counts.
constexpr Magic k_magics[] = {
    {0, "\xff\xd8\xff"sv, {"picture", "jpg"}},
    {0, "\x89PNG\r\n\x1a\n"sv, {"picture", "png"}},
    {0, "GIF87a"sv, {"picture", "gif"}},
    {0, "GIF89a"sv, {"picture", "gif"}},
    {0, "II*\0"sv, {"picture", "tiff"}},
    {0, "MM\0*"sv, {"picture", "tiff"}},
    {8, "WEBP"sv, {"picture", "webp"}},
    {4, "ftyphei"sv, {"picture", "heic"}},
    {4, "ftypmif1"sv, {"picture", "heic"}},
    {4, "ftypavif"sv, {"picture", ""}},
    {0, "%PDF-"sv, {"pdf", "pdf"}},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, {"office", ""}},  // of Office before 2007
    {0, "ID3"sv, {"audio", "mp3"}},
    {0, "\xff\xfb"sv, {"audio", "mp3"}},
    {0, "\xff\xf3"sv, {"audio", "mp3"}},
    {0, "fLaC"sv, {"audio", "flac"}},
    {0, "OggS"sv, {"audio", "ogg"}},
    {0, "#!AMR"sv, {"audio", ""}},
    {8, "WAVE"sv, {"audio", "wav"}},
    {4, "ftypM4A"sv, {"audio", ""}},
    {4, "ftyp"sv, {"video", "mp4"}},
    {8, "AVI "sv, {"video", "avi"}},
    {0, "\x1a\x45\xdf\xa3"sv, {"video", ""}},
    {0, "FLV\1"sv, {"video", ""}},
};

bool has(std::string_view bytes, std::string_view part) { return bytes.find(part) != bytes.npos; }

// A zip; its members' names stand in it as they are.
FileKind kind_of_zip(std::string_view bytes) {
  constexpr std::pair<std::string_view, std::string_view> k_open_document[] = {
      {"opendocument.text", "odt"}, {"opendocument.spreadsheet", "ods"}, {"opendocument.presentation", "odp"}};
  const std::string_view begin = bytes.substr(0, 200);
  if (begin.substr(std::min<size_t>(30, begin.size())).starts_with("mimetypeapplication/")) {
    for (const auto& [type, extension] : k_open_document) {
      if (has(begin, type)) return {"office", extension};
    }
    return k_other;
  }
  if (!has(bytes, "[Content_Types].xml") && !has(bytes.substr(0, k_telling_bytes), "_rels/.rels")) return k_other;
  constexpr std::pair<std::string_view, std::string_view> k_folders[] = {
      {"word/", "docx"}, {"xl/", "xlsx"}, {"ppt/", "pptx"}};
  for (const auto& [folder, extension] : k_folders) {
    if (has(bytes, folder)) return {"office", extension};
  }
  return {"office", ""};
}

bool is_plain(char c) {
  return (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') || c == '\n' || c == '\r' || c == '\t';
}

// Whole, or cut off within a character.
bool begins_as_utf8(std::string_view bytes) {
  for (size_t cut = 0; cut < 4 && cut <= bytes.size(); ++cut) {
    if (is_utf8(bytes.substr(0, bytes.size() - cut))) return true;
  }
  return false;
}

bool is_text(std::string_view bytes) {
  const std::string_view begin = bytes.substr(0, k_telling_bytes);
  const size_t first = begin.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == begin.npos || begin[first] == '<' || begin.substr(first).starts_with("#!")) return false;
  return std::all_of(begin.begin(), begin.end(), is_plain) && begins_as_utf8(begin);
}

}  // namespace

FileKind kind_of(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04")) return kind_of_zip(bytes);
  for (const Magic& magic : k_magics) {
    if (bytes.size() > magic.at && bytes.substr(magic.at).starts_with(magic.bytes)) return magic.kind;
  }
  return is_text(bytes) ? FileKind{"text", "txt"} : k_other;
}

}  // namespace sparkgate::report
