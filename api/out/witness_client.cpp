#include "api/out/witness_client.h"

#include "engine/base/codes.h"
#include "engine/base/decimal.h"
#include "engine/base/digest.h"

namespace sparkgate::api {
namespace {

constexpr milliseconds k_deadline = seconds(5);
constexpr size_t k_max_answer_bytes = 16 << 10;  // a handful of signature lines

tl::unexpected<Refusal> invalid(const WitnessAddress& witness, std::string_view zh, std::string_view en) {
  return refuse(Code::peer_answer_invalid, {{"url", host_of(witness.url)}, {"reason", bilingual(zh, en)}});
}

// Lines of other keys are none of our business.
Result<WitnessAnswer> cosignature(const WitnessAddress& witness, const std::string& text, const std::string& lines) {
  const auto note = parse_note(text + "\n" + lines);
  const auto by = note ? verified_by(*note, {witness.key}) : tl::make_unexpected(note.error());
  if (!by) return invalid(witness, "联署签名不正确", "its cosignature is wrong");
  for (const NoteSignature& signature : note->signatures) {
    if (!by->empty() && witness.key.is_of(signature)) return signature;
  }
  return invalid(witness, "没有其联署签名", "its cosignature is missing");
}

Result<WitnessAnswer> size_told(const WitnessAddress& witness, std::string_view body) {
  const auto size = body.ends_with('\n') ? from_decimal(body.substr(0, body.size() - 1)) : std::nullopt;
  if (!size) return invalid(witness, "没有给出条目数", "it tells no size");
  return WitnessAt{*size};
}

}  // namespace

std::string WitnessAddress::id() const {
  std::string id(4, '\0');
  for (int i = 0; i < 4; ++i) id[i] = static_cast<char>(key.key_id() >> (24 - 8 * i));
  return key.name() + "+" + hex(id);
}

Result<WitnessAddress> parse_witness(std::string_view text, bool allow_plain) {
  const size_t blank = std::min(text.find(' '), text.size());
  auto key = NoteVerifier::parse(text.substr(0, blank));
  if (!key) return tl::make_unexpected(key.error());
  if (key->kind() != NoteKeyKind::cosignature) {
    return refuse(Code::key_invalid, {{"reason", bilingual("不是联署密钥", "it is no key for cosignatures")}});
  }
  std::string url(text.substr(std::min(blank + 1, text.size())));
  while (url.ends_with('/')) url.pop_back();
  if (auto good = check_url(url, allow_plain); !good) return tl::make_unexpected(good.error());
  return WitnessAddress{std::move(*key), std::move(url)};
}

Result<WitnessAnswer> ask_witness(const Post& post, const WitnessAddress& witness,
                                  const journal::AddCheckpoint& request) {
  const auto answer = post({witness.url + "/add-checkpoint", "text/plain; charset=utf-8",
                            journal::add_checkpoint_text(request), k_deadline, k_max_answer_bytes});
  if (!answer) return tl::make_unexpected(answer.error());
  if (answer->status == 200) {
    const std::string& note = request.checkpoint;
    return cosignature(witness, note.substr(0, note.rfind("\n\n") + 1), answer->body);
  }
  if (answer->status == 409) return size_told(witness, answer->body);
  return WitnessRefuses{answer->status};
}

}  // namespace sparkgate::api
