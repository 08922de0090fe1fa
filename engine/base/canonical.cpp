// RFC 8785 (JCS): one spelling for one value, so that a digest over JSON means something.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/base/json.h"

namespace sparkgate {
namespace {

// UTF-8 bytes sort like code points; RFC 8785 sorts by UTF-16 units, where U+E000..U+FFFF come after the surrogates.
std::u16string utf16_of(std::string_view utf8) {
  std::u16string out;
  for (size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (size_t k = 1; k < length; ++k) point = (point << 6) | (utf8[i + k] & 0x3F);
    if (point > 0xFFFF) {
      point -= 0x10000;
      out += static_cast<char16_t>(0xD800 + (point >> 10));
      out += static_cast<char16_t>(0xDC00 + (point & 0x3FF));
    } else {
      out += static_cast<char16_t>(point);
    }
    i += length;
  }
  return out;
}

constexpr size_t k_usual_bytes = 1024;  // spares most values the growth of their text

constexpr auto k_needs_escape = [] {
  std::array<bool, 256> table{};
  std::fill_n(table.begin(), 0x20, true);
  table['"'] = table['\\'] = true;
  return table;
}();

void write_escape(char c, std::string& out) {
  static constexpr char k_hex[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += k_hex[c >> 4];
      out += k_hex[c & 15];
  }
}

void write_string(std::string_view text, std::string& out) {
  out += '"';
  size_t written = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (!k_needs_escape[static_cast<unsigned char>(text[at])]) continue;
    out.append(text, written, at - written);
    write_escape(text[at], out);
    written = at + 1;
  }
  out.append(text, written).append(1, '"');
}

// ECMAScript's Number::toString: shortest digits, exponent form below 1e-6 and from 1e21 on.
void write_number(double value, std::string& out) {
  if (value == 0) {
    out += '0';
    return;
  }
  if (value < 0) out += '-';
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific).ptr;
  const std::string_view text(buffer, end - buffer);
  const size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + e + 1 + (text[e + 1] == '+'), text.data() + text.size(), exponent);
  std::string digits(1, text[0]);
  if (e > 2) digits += text.substr(2, e - 2);
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // position of the decimal point, counted from the first digit
  if (count <= point && point <= 21) {
    out += digits + std::string(point - count, '0');
  } else if (0 < point && point <= 21) {
    out += digits.substr(0, point) + "." + digits.substr(point);
  } else if (-6 < point && point <= 0) {
    out.append("0.").append(-point, '0').append(digits);
  } else {
    out += digits.substr(0, 1);
    if (count > 1) out += "." + digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  }
}

void write(const Json& value, std::string& out);

void write_object(const Json& object, std::string& out) {
  using Member = std::pair<const std::string*, const Json*>;
  std::vector<Member> members;
  members.reserve(object.size());
  bool needs_utf16_order = false;
  for (auto it = object.begin(); it != object.end(); ++it) {
    members.emplace_back(&it.key(), &it.value());
    for (const char c : it.key()) needs_utf16_order |= static_cast<unsigned char>(c) >= 0xEE;
  }
  if (needs_utf16_order) {
    std::sort(members.begin(), members.end(),
              [](const Member& a, const Member& b) { return utf16_of(*a.first) < utf16_of(*b.first); });
  }
  out += '{';
  for (const auto& [name, value] : members) {
    if (name != members.front().first) out += ',';
    write_string(*name, out);
    out += ':';
    write(*value, out);
  }
  out += '}';
}

void write(const Json& value, std::string& out) {
  switch (value.type()) {
    case Json::value_t::object: return write_object(value, out);
    case Json::value_t::array: {
      out += '[';
      for (size_t i = 0; i < value.size(); ++i) {
        if (i) out += ',';
        write(value[i], out);
      }
      out += ']';
      return;
    }
    case Json::value_t::string: return write_string(value.get_ref<const std::string&>(), out);
    case Json::value_t::boolean: out += value.get<bool>() ? "true" : "false"; return;
    case Json::value_t::number_integer: out += std::to_string(value.get<int64_t>()); return;
    case Json::value_t::number_unsigned: out += std::to_string(value.get<uint64_t>()); return;
    case Json::value_t::number_float: return write_number(value.get<double>(), out);
    default: out += "null";
  }
}

}  // namespace

std::string canonical(const Json& value) {
  std::string out;
  out.reserve(k_usual_bytes);
  write(value, out);
  return out;
}

}  // namespace sparkgate
