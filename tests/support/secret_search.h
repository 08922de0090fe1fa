// Whether something that must be nowhere lies somewhere after all: each secret in many encodings, in files and texts.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sparkgate::test {

/// As it stands, as UTF-16 of both orders, as hexadecimal digits, in base64 at each of three places, percent-encoded
/// and as JSON escapes; capitals and small letters where both are usual.
std::vector<std::string> forms_of(std::string_view secret);

class SecretSearch {
 public:
  /// `name` is what a finding calls it.
  void seek(const std::string& name, std::string_view secret);
  void text(const std::string& where, std::string_view bytes);
  void file(const std::filesystem::path& path);
  /// All files of the folder and below, but for those of that name.
  void folder(const std::filesystem::path& path, const std::string& but_for = "");

  size_t secrets() const { return secrets_.size(); }
  size_t forms() const;
  size_t places = 0, bytes = 0;
  std::vector<std::string> found;  // "NAME in PLACE"

 private:
  struct Secret {
    std::string name;
    std::vector<std::string> forms;
  };
  std::vector<Secret> secrets_;
};

}  // namespace sparkgate::test
