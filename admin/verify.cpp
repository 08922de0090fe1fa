#include "admin/verify.h"

#include <fstream>

#include "admin/terminal.h"
#include "admin/workflows.h"
#include "workflows/evidence/archive.h"
#include "workflows/evidence/verify.h"

namespace sparkgate::admin {
namespace {

constexpr int k_exit_unusable = 2;
constexpr size_t k_max_pem_bytes = 1 << 20;

Result<std::string> read_file(const std::string& path, size_t most) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(most + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.eof() || file.bad()) {
    const bool is_long = file.good();
    return refuse(Code::file_unreadable,
                  {{"path", path},
                   {"reason", is_long ? bilingual("文件过大", "it is too large") : bilingual("打不开", "it cannot be opened")}});
  }
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

Result<std::vector<NoteVerifier>> keys_of(const std::vector<std::string>& texts) {
  std::vector<NoteVerifier> out;
  for (const std::string& text : texts) {
    auto key = NoteVerifier::parse(text);
    if (!key) return tl::make_unexpected(key.error());
    out.push_back(std::move(*key));
  }
  return out;
}

Result<evidence::Trust> trust_of(const VerifyOptions& options) {
  auto logs = keys_of(options.keys), witnesses = keys_of(options.witnesses);
  for (const auto* keys : {&logs, &witnesses}) {
    if (!*keys) return tl::make_unexpected(keys->error());
  }
  evidence::Trust trust;
  trust.logs = std::move(*logs);
  trust.witnesses = std::move(*witnesses);
  trust.witnesses_needed = options.witnesses_needed.value_or(trust.witnesses.size());
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
  auto packs = rules::Packs::embedded();  // a workflow wants some; decisions are judged by those of the bundle
  if (!packs) return tl::make_unexpected(packs.error());
  Registry registry;
  add_workflows(registry, *packs);
  return evidence::verify(*bytes, trust, registry);
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
