#include "tests/support/log_key.h"

#include "engine/base/codes.h"

namespace sparkgate::test {

Result<std::string> LogKey::sign(const std::string& text) {
  if (fails) return refuse(Code::signing_failed, {{"reason", "test"}});
  ++signatures;
  const auto signature = note_signer(text).sign(text);
  if (!signature) return tl::make_unexpected(signature.error());
  return Note{text, {*signature}}.str();
}

void LogKey::save_in(const std::filesystem::path& data) const {
  std::filesystem::create_directories(data / "keys");
  if (auto saved = key_.save(data / "keys" / "log.pem"); !saved) throw std::runtime_error(describe(saved.error()));
}

}  // namespace sparkgate::test
