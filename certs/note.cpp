// note      = text LF signatures      ; split at the last empty line
// text      = *(line LF)              ; at least one; UTF-8 without control characters
// signature = "— " name " " base64(u32be key-id ‖ bytes) LF
#include "certs/note.h"

#include <algorithm>
#include <array>

#include "engine/base/codes.h"
#include "engine/base/digest.h"
#include "engine/base/utf8.h"

namespace sparkgate {
namespace {

constexpr std::string_view k_dash = "\u2014 ";
constexpr size_t k_key_id_bytes = 4;

// Unicode's White_Space beyond the ASCII control characters.
constexpr std::string_view k_spaces[] = {" ",      "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002",
                                         "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
                                         "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

bool is_clean(std::string_view text) {
  const auto is_control = [](unsigned char c) { return c < 0x20 && c != '\n'; };
  return is_utf8(text) && std::none_of(text.begin(), text.end(), is_control);
}

tl::unexpected<Refusal> malformed(std::string_view zh, std::string_view en) {
  return refuse(Code::note_malformed, {{"reason", bilingual(zh, en)}});
}

std::optional<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(k_dash)) return std::nullopt;
  line.remove_prefix(k_dash.size());
  const size_t space = std::min(line.find(' '), line.size());
  const auto name = line.substr(0, space);
  const auto bytes = from_base64(line.substr(std::min(space + 1, line.size())));
  if (!is_note_name(name) || !bytes || bytes->size() <= k_key_id_bytes) return std::nullopt;
  uint32_t key_id = 0;
  for (size_t i = 0; i < k_key_id_bytes; ++i) key_id = key_id << 8 | static_cast<unsigned char>((*bytes)[i]);
  return NoteSignature{std::string(name), key_id, bytes->substr(k_key_id_bytes)};
}

}  // namespace

bool is_note_name(std::string_view name) {
  return !name.empty() && is_clean(name) && name.find_first_of("+\n") == name.npos &&
         std::none_of(std::begin(k_spaces), std::end(k_spaces),
                      [&](std::string_view space) { return name.find(space) != name.npos; });
}

bool is_note_text(std::string_view text) { return text.ends_with('\n') && is_clean(text); }

std::string NoteSignature::line() const {
  std::string bytes_with_id;
  for (int shift = 24; shift >= 0; shift -= 8) bytes_with_id += static_cast<char>(key_id >> shift);
  return std::string(k_dash) + name + " " + base64(bytes_with_id + bytes) + "\n";
}

std::string Note::str() const {
  std::string out = text + "\n";
  for (const NoteSignature& signature : signatures) out += signature.line();
  return out;
}

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > k_max_note_bytes) return malformed("过长", "it is too long");
  if (!is_clean(bytes)) {
    return malformed("不是 UTF-8，或含控制字符", "it is not UTF-8, or it holds control characters");
  }
  const size_t split = bytes.rfind("\n\n");
  if (split == bytes.npos) return malformed("签名前没有空行", "no empty line stands before the signatures");
  std::string_view rest = bytes.substr(split + 2);
  if (!rest.ends_with('\n')) return malformed("末尾没有完整的签名行", "it does not end with a whole signature line");
  Note note{std::string(bytes.substr(0, split + 1)), {}};
  while (!rest.empty()) {
    if (note.signatures.size() == k_max_note_signatures) return malformed("签名过多", "it has too many signatures");
    const size_t end = rest.find('\n');
    auto signature = parse_signature(rest.substr(0, end));
    if (!signature) {
      const std::string number = std::to_string(note.signatures.size() + 1);
      return malformed("第 " + number + " 个签名行格式不符", "signature line " + number + " is none");
    }
    note.signatures.push_back(std::move(*signature));
    rest.remove_prefix(end + 1);
  }
  return note;
}

}  // namespace sparkgate
