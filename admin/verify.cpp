#include "admin/verify.h"

#include <fstream>

#include "admin/terminal.h"
#include "admin/verifier_keys.h"
#include "admin/workflows.h"
#include "engine/base/codes.h"
#include "workflows/evidence/archive.h"
#include "workflows/evidence/verify.h"

namespace sparkgate::admin {
namespace {

constexpr int k_exit_unusable = 2;
constexpr size_t k_max_pem_bytes = 1 << 20;

// The whole file, of which nobody knows beforehand how long it is.
Result<std::string> read_file(const std::string& path, size_t most) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  char chunk[65536];
  while (file.read(chunk, sizeof chunk) || file.gcount() > 0) {
    bytes.append(chunk, static_cast<size_t>(file.gcount()));
    if (bytes.size() > most) {
      return refuse(Code::file_unreadable, {{"path", path}, {"reason", bilingual("文件过大", "it is too large")}});
    }
  }
  if (file.eof() && !file.bad()) return bytes;
  return refuse(Code::file_unreadable, {{"path", path}, {"reason", bilingual("打不开", "it cannot be opened")}});
}

bool is_kid(const std::string& text) {
  return text.size() == 2 * sizeof(Digest) && hex(from_hex(text).value_or("")) == text;
}

Result<std::set<std::string>> enrollers_of(const std::vector<std::string>& kids) {
  for (const std::string& kid : kids) {
    if (is_kid(kid)) continue;
    return refuse(Code::key_invalid, {{"reason", bilingual("--enroller 应为 64 位小写十六进制的密钥标识",
                                                           "--enroller takes a kid: 64 small hexadecimal digits")}});
  }
  return std::set<std::string>(kids.begin(), kids.end());
}

Result<evidence::Trust> trust_of(const VerifyOptions& options) {
  auto logs = verifier_keys(options.keys), witnesses = verifier_keys(options.witnesses);
  for (const auto* keys : {&logs, &witnesses}) {
    if (!*keys) return tl::make_unexpected(keys->error());
  }
  evidence::Trust trust;
  trust.logs = std::move(*logs);
  trust.witnesses = std::move(*witnesses);
  trust.witnesses_needed = options.witnesses_needed.value_or(trust.witnesses.size());
  auto enrollers = enrollers_of(options.enrollers);
  if (!enrollers) return tl::make_unexpected(enrollers.error());
  trust.enrollers = std::move(*enrollers);
  trust.enrollers_needed = options.enrollers_needed.value_or(std::min<size_t>(2, trust.enrollers.size()));
  trust.passkeys = {options.rp_id, options.web_origins};
  if (!options.authorities.empty()) {
    auto pem = read_file(options.authorities, k_max_pem_bytes);
    if (!pem) return tl::make_unexpected(pem.error());
    trust.authorities = std::move(*pem);
  }
  return trust;
}

Result<evidence::Verdict> judge(const VerifyOptions& options, const evidence::Trust& trust) {
  const auto bytes = read_file(options.bundle, evidence::k_max_archive_bytes);
  if (!bytes) return tl::make_unexpected(bytes.error());
  const auto workflows = [](Registry& registry, const rules::Packs& packs) { add_workflows(registry, packs); };
  return evidence::verify(*bytes, trust, workflows);
}

Json unusable_json(const Refusal& refusal) {
  const Text title = title_of(refusal);
  return {{"format", evidence::k_verdict_format},
          {"integrity", "unusable"},
          {"exit_code", k_exit_unusable},
          {"code", refusal_row(refusal.code).name},
          {"title", bilingual(title.zh, title.en)}};
}

}  // namespace

int verify(const VerifyOptions& options, std::ostream& out, std::ostream& err) {
  const auto trust = trust_of(options);
  if (!trust) {
    print_refusal(err, trust.error());
    return k_exit_usage;
  }
  const auto verdict = judge(options, *trust);
  if (!verdict) {
    if (options.json) out << unusable_json(verdict.error()).dump(2) << "\n";
    print_refusal(err, verdict.error());
    return k_exit_unusable;
  }
  out << (options.json ? to_json(*verdict).dump(2) + "\n" : to_text(*verdict, terminal_language()));
  return verdict->exit_code();
}

}  // namespace sparkgate::admin
