#include "admin/witness.h"

#include "admin/process.h"
#include "admin/terminal.h"
#include "admin/verifier_keys.h"
#include "api/http_server.h"
#include "api/witness/witness.h"
#include "engine/base/codes.h"

namespace sparkgate::admin {
namespace {

constexpr int k_max_connections = 200;

// A key is made where nothing was cosigned yet: later, a missing one is a loss to be told, not to be covered up.
Result<PrivateKey> load_or_make(const WitnessOptions& options) {
  std::error_code unknown;
  const bool is_there = options.key.starts_with("pkcs11:") || std::filesystem::exists(options.key, unknown);
  if (is_there || api::WatchedLog::any_in(options.data)) return PrivateKey::load(options.key);
  std::filesystem::create_directories(std::filesystem::path(options.key).parent_path(), unknown);
  const PrivateKey key = PrivateKey::generate(KeyType::ed25519);
  if (auto saved = key.save(options.key); !saved) return tl::make_unexpected(saved.error());
  return key;
}

Result<NoteSigner> signer_of(const WitnessOptions& options) {
  auto key = load_or_make(options);
  if (!key) return tl::make_unexpected(key.error());
  if (key->public_key().type() != KeyType::ed25519) {
    return refuse(Code::key_invalid,
                  {{"reason", bilingual("--key 须为 Ed25519 密钥", "--key must be an Ed25519 key")}});
  }
  if (!is_note_name(options.name)) {
    return refuse(Code::option_invalid,
                  {{"option", "--name"}, {"reason", bilingual("含空格或“+”", "it holds a blank or a plus")}});
  }
  return NoteSigner(options.name, NoteKeyKind::cosignature, std::move(*key));
}

Result<void> serve_until_signalled(const WitnessOptions& options, std::ostream& out) {
  const EndSignals signals;
  const SystemClock clock;
  const api::Log log = terminal_log(clock);
  auto logs = verifier_keys(options.logs);
  if (!logs) return tl::make_unexpected(logs.error());
  auto signer = signer_of(options);
  if (!signer) return tl::make_unexpected(signer.error());
  const std::string vkey = signer->verifier().vkey();
  auto witness = api::Witness::open({options.data, std::move(*logs), log}, std::move(*signer), clock);
  if (!witness) return tl::make_unexpected(witness.error());
  api::ServerOptions server_options;
  server_options.address = options.address;
  server_options.port = static_cast<uint16_t>(options.port);
  server_options.max_connections = k_max_connections;
  server_options.limits.body_bytes = api::Witness::k_max_request_bytes;
  server_options.log = log;
  auto server =
      api::HttpServer::start(server_options, [&](const api::Request& request) { return (*witness)->handle(request); });
  if (!server) return tl::make_unexpected(server.error());
  const bool zh = terminal_language() == Language::zh;
  out << (zh ? "见证公钥：" : "Key of this witness: ") << vkey << "\n"
      << (zh ? "服务地址：" : "Serving on ") << url_of(options.address, (*server)->port()) << std::endl;
  log("stopping: signal " + std::to_string(signals.wait()));
  if (!(*server)->stop()) log("stopping: a request did not finish in time");
  return {};
}

}  // namespace

int witness(const WitnessOptions& options, std::ostream& out, std::ostream& err) {
  const auto served = serve_until_signalled(options, out);
  if (served) return 0;
  print_refusal(err, served.error());
  return exit_code_of(served.error());
}

}  // namespace sparkgate::admin
