#include "api/log_routes.h"

#include "api/query.h"
#include "engine/base/codes.h"
#include "engine/base/decimal.h"
#include "engine/log_reader.h"
#include "workflows/log/workflow.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_text = "text/plain; charset=utf-8";
constexpr const char* k_for_ever = "public, max-age=31536000, immutable";
constexpr const char* k_for_ever_here = "private, max-age=31536000, immutable";  // not for everybody
constexpr const char* k_for_a_moment = "public, max-age=1";

/// A log and how much of it is served: by the published checkpoint, or the last one of a closed log.
struct Served {
  StoredLog log;
  SignedCheckpoint published;
};

Response respond(std::string body, const char* type, const char* cache_control) {
  Response response;
  response.content_type = type;
  response.body = std::move(body);
  response.headers.emplace_back("Cache-Control", cache_control);
  return response;
}

Result<Served> running(const Call& call, std::vector<StoredLog> logs) {
  const SignedPtr published = call.service.engine.published_checkpoint();
  if (published) return Served{std::move(logs.back()), *published};
  if (const auto obstacle = call.service.engine.log_obstacle()) return tl::make_unexpected(*obstacle);
  return refuse(Code::not_found);
}

Result<Served> closed(std::vector<StoredLog> logs, std::string_view number_text) {
  const auto number = from_decimal(number_text);
  if (!number || *number + 1 >= logs.size()) return refuse(Code::not_found);
  StoredLog& log = logs[*number];
  const auto checkpoint = journal::parse_checkpoint(log.checkpoint.substr(0, log.checkpoint.find("\n\n") + 1));
  if (!checkpoint) return refuse(Code::not_found);  // it was never signed
  SignedCheckpoint last{*checkpoint, log.checkpoint};
  return Served{std::move(log), std::move(last)};
}

Result<Served> served(const Call& call, Reader& reader) {
  auto logs = reader.logs();
  const std::string_view number = call.parameter("number");
  return number.empty() ? running(call, std::move(logs)) : closed(std::move(logs), number);
}

Result<Response> tile_response(const Call& call, const std::string& path) {
  const auto name = journal::parse_tile_path(path);
  if (!name) return refuse(Code::not_found);
  auto reader = call.service.engine.read();
  const auto found = served(call, *reader);
  if (!found) return tl::make_unexpected(found.error());
  auto tile = LogReader(*reader, found->log).tile(*name, found->published.checkpoint.size);
  if (!tile) return tl::make_unexpected(tile.error());
  const bool is_public = name->level != journal::TileName::k_entries;
  return respond(std::move(*tile), "application/octet-stream", is_public ? k_for_ever : k_for_ever_here);
}

// A checkpoint of that size: with its cosignatures, where there are any; one that is signed already; or one signed now,
// which the newest one covers.
Result<std::string> note_of(const Call& call, const Served& found, const LogReader& log, Reader& reader,
                            uint64_t size) {
  if (const auto anchored = reader.anchored(found.log.number, size)) return cosigned_note(*anchored);
  if (size == found.published.checkpoint.size) return found.published.note;
  const SignedPtr latest = call.service.engine.latest_checkpoint();
  if (latest && latest->checkpoint.origin == found.log.origin && latest->checkpoint.size == size) return latest->note;
  if (const auto obstacle = call.service.engine.log_obstacle()) return tl::make_unexpected(*obstacle);
  const auto root = log.root(size);
  if (!root) return tl::make_unexpected(root.error());
  return call.service.engine.signer().sign(journal::checkpoint_text({found.log.origin, size, *root}));
}

// The published checkpoint with the cosignatures that it has already.
Result<Anchored> published(Reader& reader, const Served& found) {
  const uint64_t size = found.published.checkpoint.size;
  if (auto anchored = reader.anchored(found.log.number, size)) return std::move(*anchored);
  return Anchored{found.log.number, size, found.published.note, {}};
}

// How much of the log can be proved: all that is signed.
uint64_t provable(const Call& call, const Served& found) {
  const SignedPtr latest = call.service.engine.latest_checkpoint();
  const bool is_running = latest && latest->checkpoint.origin == found.log.origin;
  return is_running ? latest->checkpoint.size : found.published.checkpoint.size;
}

Result<bool> wants_witnessed(const Query& query) {
  const auto flag = query.number("witnessed", 0, 1, 0);
  if (!flag) return tl::make_unexpected(flag.error());
  return *flag == 1;
}

// Of a checkpoint that witnesses have cosigned, if that is asked for; else the size asked for; without one the
// published, or the newest should that not reach so far.
Result<uint64_t> size_for(const Call& call, const Served& found, Reader& reader, uint64_t index) {
  const auto query = Query::of(call.request, {"size", "witnessed"});
  if (!query) return tl::make_unexpected(query.error());
  const auto is_witnessed = wants_witnessed(*query);
  if (!is_witnessed) return tl::make_unexpected(is_witnessed.error());
  if (*is_witnessed) {
    const auto witnessed = call.service.anchoring.witnessed(reader, found.log.number, index + 1);
    if (!witnessed) return tl::make_unexpected(witnessed.error());
    return witnessed->size;
  }
  const uint64_t most = provable(call, found), published = found.published.checkpoint.size;
  const uint64_t otherwise = index < published ? published : most;
  const std::string text = query->text("size");
  const auto size = text.empty() ? otherwise : from_decimal(text);
  if (!size) return refuse_parameter("size", "应为十进制整数", "must be a decimal number");
  if (index >= *size || *size > most) return refuse(Code::not_found);
  return *size;
}

}  // namespace

Result<Response> get_vkey(const Call& call) {
  std::string keys;
  auto reader = call.service.engine.read();
  const auto logs = reader->logs();
  for (auto log = logs.rbegin(); log != logs.rend(); ++log) {
    auto vkeys = log::signers_of(ReaderView(*reader), log->origin).in_force;
    // A log that is held from its first start on has not told of its keys yet.
    if (vkeys.empty() && log == logs.rbegin()) vkeys = call.service.options.log_vkeys(log->origin);
    for (const std::string& vkey : vkeys) keys += vkey + "\n";
  }
  if (keys.empty()) return refuse(Code::not_found);
  return respond(std::move(keys), k_text, k_for_a_moment);
}

Result<Response> get_checkpoint(const Call& call) {
  auto reader = call.service.engine.read();
  auto found = served(call, *reader);
  if (!found) return tl::make_unexpected(found.error());
  const auto query = Query::of(call.request, {"witnessed"});
  if (!query) return tl::make_unexpected(query.error());
  const auto is_witnessed = wants_witnessed(*query);
  if (!is_witnessed) return tl::make_unexpected(is_witnessed.error());
  const auto anchored = *is_witnessed ? call.service.anchoring.witnessed(*reader, found->log.number, 0)
                                      : published(*reader, *found);
  if (!anchored) return tl::make_unexpected(anchored.error());
  return respond(cosigned_note(*anchored), k_text, k_for_a_moment);
}

Result<Response> get_tile(const Call& call) { return tile_response(call, std::string(call.parameter("tile"))); }

Result<Response> get_entries_tile(const Call& call) {
  return tile_response(call, "entries/" + std::string(call.parameter("tile")));
}

Result<Response> get_proof(const Call& call) {
  const auto index = from_decimal(call.parameter("index"));
  if (!index) return refuse(Code::not_found);
  auto reader = call.service.engine.read();
  const auto found = served(call, *reader);
  if (!found) return tl::make_unexpected(found.error());
  const auto size = size_for(call, *found, *reader, *index);
  if (!size) return tl::make_unexpected(size.error());
  const LogReader log(*reader, found->log);
  const auto note = note_of(call, *found, log, *reader, *size);
  if (!note) return tl::make_unexpected(note.error());
  const auto proof = log.inclusion(*index, *size);
  if (!proof) return tl::make_unexpected(proof.error());
  return respond(journal::proof_file_text({"", *index, *proof, *note}), k_text, k_for_a_moment);
}

}  // namespace sparkgate::api
