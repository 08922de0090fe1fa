#include "api/witness/witness.h"

#include "api/problem.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_text = "text/plain; charset=utf-8";

// Whatever of the request does not read is one thing to the protocol: 400.
tl::unexpected<Refusal> malformed(const Refusal& cause) {
  return refuse(Code::add_checkpoint_malformed, {{"reason", cause.details.value("reason", Json())}});
}

Response text_response(int status, const char* type, std::string body) {
  Response response;
  response.status = status;
  response.content_type = type;
  response.body = std::move(body);
  return response;
}

}  // namespace

Result<std::unique_ptr<Witness>> Witness::open(Options options, NoteSigner signer, const Clock& clock) {
  auto lock = FolderLock::take(options.data);
  if (!lock) return tl::make_unexpected(lock.error());
  std::map<std::string, std::vector<NoteVerifier>> keys;
  for (const NoteVerifier& key : options.logs) keys[key.name()].push_back(key);
  std::unique_ptr<Witness> witness(new Witness(std::move(options), std::move(*lock), std::move(signer), clock));
  for (auto& [origin, of_log] : keys) {
    auto log = WatchedLog::open(witness->options_.data, std::move(of_log));
    if (!log) return tl::make_unexpected(log.error());
    witness->logs_.emplace(origin, std::move(*log));
  }
  return witness;
}

Response Witness::handle(const Request& request) {
  auto answer = ask(request);
  if (answer) return std::move(*answer);
  Response response = problem(answer.error(), preferred_language(request.header("accept-language")));
  const auto allowed = answer.error().details.find("allowed");
  if (allowed != answer.error().details.end()) response.headers.emplace_back("Allow", allowed->get<std::string>());
  if (response.status >= 500) options_.log("witness: " + describe(answer.error()));
  return response;
}

Result<Response> Witness::ask(const Request& request) {
  struct Route {
    const char *method, *path, *allowed;
    Result<Response> (Witness::*answer)(const Request&);
  };
  static constexpr Route k_routes[] = {
      {"POST", "/add-checkpoint", "POST", &Witness::add_checkpoint},
      {"GET", "/", "GET, HEAD", &Witness::tell},
  };
  for (const Route& route : k_routes) {
    if (request.path != route.path) continue;
    if (request.method == route.method) return (this->*route.answer)(request);
    return refuse(Code::method_not_allowed, {{"method", request.method}, {"allowed", route.allowed}});
  }
  return refuse(Code::not_found);
}

Result<Response> Witness::add_checkpoint(const Request& request) {
  const auto asked = journal::parse_add_checkpoint(request.body);
  if (!asked) return tl::make_unexpected(asked.error());
  const auto note = parse_note(asked->checkpoint);
  if (!note) return malformed(note.error());
  const auto checkpoint = journal::parse_checkpoint(note->text);
  if (!checkpoint) return malformed(checkpoint.error());
  const auto log = logs_.find(checkpoint->origin);
  if (log == logs_.end()) return refuse(Code::origin_unknown, {{"origin", checkpoint->origin}});
  const auto outcome = log->second->cosign({*asked, *note, *checkpoint}, signer_, clock_.wall());
  if (!outcome) return tl::make_unexpected(outcome.error());
  if (const auto* stale = std::get_if<WatchedLog::Stale>(&*outcome)) {
    return text_response(409, journal::k_size_type.data(), std::to_string(stale->size) + "\n");
  }
  return text_response(200, k_text, std::get<NoteSignature>(*outcome).line());
}

Result<Response> Witness::tell(const Request&) {
  std::string body = signer_.verifier().vkey() + "\n";
  for (const auto& [origin, log] : logs_) {
    const auto seen = log->seen();
    body += "\n" + (seen.cosigned.empty() ? origin + "\n0\n" : seen.cosigned);
    if (!seen.forked.empty()) body += "\nforked\n" + seen.forked;
  }
  return text_response(200, k_text, std::move(body));
}

}  // namespace sparkgate::api
