#include "engine/base/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace sparkgate {
namespace {

constexpr int64_t k_max_exact_integer = int64_t{1} << 53;

// Builds the value while nlohmann's tokenizer reads, so that what JSON libraries silently accept is refused.
class StrictReader : public nlohmann::json_sax<Json> {
 public:
  explicit StrictReader(int max_depth) : max_depth_(max_depth) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(int64_t value) override {
    return std::abs(value) <= k_max_exact_integer ? put(value) : out_of_range(std::to_string(value));
  }
  bool number_unsigned(uint64_t value) override {
    if (value > static_cast<uint64_t>(k_max_exact_integer)) return out_of_range(std::to_string(value));
    return put(static_cast<int64_t>(value));
  }
  bool number_float(double value, const std::string& text) override {
    const bool integer = text.find_first_of(".eE") == text.npos;
    return std::isfinite(value) && !integer ? put(value) : out_of_range(text);
  }
  bool string(std::string& value) override {
    if (value.find('\0') != value.npos) return fail(Code::nul_in_string, Json::object());
    return put(std::move(value));
  }
  bool binary(Json::binary_t&) override { return false; }
  bool start_object(size_t) override { return open(Json::object()); }
  bool start_array(size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    if (name.find('\0') != name.npos) return fail(Code::nul_in_string, Json::object());
    if (stack_.back()->contains(name)) return fail(Code::duplicate_member, {{"member", name}});
    key_ = std::move(name);
    return true;
  }
  bool parse_error(size_t offset, const std::string& token, const Json::exception& error) override {
    if (dynamic_cast<const Json::out_of_range*>(&error)) return out_of_range(token);
    const std::string what = error.what();
    const size_t colon = what.rfind(": ");
    return fail(Code::malformed_json,
                {{"offset", offset}, {"reason", colon == what.npos ? "syntax error" : what.substr(colon + 2)}});
  }

  Result<Json> result() && {
    if (refusal_) return tl::make_unexpected(std::move(*refusal_));
    return std::move(root_);
  }

 private:
  template <class T>
  bool put(T&& value) {
    place(Json(std::forward<T>(value)));
    return true;
  }
  Json* place(Json value) {
    if (stack_.empty()) return &(root_ = std::move(value));
    Json& parent = *stack_.back();
    if (parent.is_object()) return &(parent[key_] = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }
  bool open(Json container) {
    if (static_cast<int>(stack_.size()) >= max_depth_) return fail(Code::json_too_deep, {{"limit", max_depth_}});
    stack_.push_back(place(std::move(container)));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }
  bool out_of_range(const std::string& number) {
    return fail(Code::number_out_of_range, {{"number", number.substr(0, 40)}});
  }
  bool fail(Code code, Json details) {
    if (!refusal_) refusal_ = Refusal{code, std::move(details), {}};
    return false;
  }

  const int max_depth_;
  Json root_;
  std::vector<Json*> stack_;
  std::string key_;
  std::optional<Refusal> refusal_;
};

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

void write_string(std::string_view text, std::string& out) {
  static constexpr char k_hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += k_hex[c >> 4];
          out += k_hex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
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
    out += "0." + std::string(-point, '0') + digits;
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

Result<Json> parse_json(std::string_view text, int max_depth) {
  StrictReader reader(max_depth);
  Json::sax_parse(text.begin(), text.end(), &reader);
  return std::move(reader).result();
}

std::string canonical(const Json& value) {
  std::string out;
  write(value, out);
  return out;
}

std::string text_of(const Json& object, std::string_view member) {
  const auto it = object.find(member);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

}  // namespace sparkgate
