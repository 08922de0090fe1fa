#include "tests/support/office.h"

#include <thread>

#include "engine/base/codes.h"
#include "tests/support/growing_log.h"
#include "tests/support/test_keys.h"

namespace sparkgate::test {
namespace {

void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
  for (const auto& file : std::filesystem::directory_iterator(to)) std::filesystem::remove_all(file);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

std::string standing_text(const api::AnchorView& view) {
  return std::string(name_of(view.state)) + " " + std::to_string(view.size) + (view.code.empty() ? "" : " ") +
         view.code;
}

}  // namespace

api::Post Network::post() {
  return [this](const api::OutRequest& out) -> Result<api::OutAnswer> {
    const std::string host = api::host_of(out.url);
    ++asked_[host];
    const auto found = hosts_.find(host);
    if (found == hosts_.end()) return refuse(Code::peer_unreachable, {{"url", host}, {"reason", "test"}});
    api::Request request;
    request.method = "POST";
    request.path = out.url.substr(out.url.find(host) + host.size());
    request.body = out.body;
    const api::Response response = found->second(request);
    if (response.body.size() > out.max_bytes) {
      return refuse(Code::peer_answer_invalid, {{"url", host}, {"reason", "test"}});
    }
    return api::OutAnswer{response.status, response.body};
  };
}

Office::Office(const std::string& name, Network& network, FakeClock& clock)
    : name_(name),
      network_(network),
      clock_(clock),
      log_signer_(name + "/log", NoteKeyKind::ed25519, ed25519_of(hex(sha256("log of " + name)))),
      witness_signer_(witness_signer(name + "/witness")) {}

Office::~Office() { close(); }

api::WitnessAddress Office::witness_address() const { return {witness_signer_.verifier(), "https://" + name_}; }

void Office::watch(const std::vector<NoteVerifier>& logs) {
  witness_.reset();
  auto opened = api::Witness::open({witness_data_.path(), logs}, witness_signer_, clock_);
  if (!opened) throw std::runtime_error(describe(opened.error()));
  witness_ = std::move(*opened);
  be_a_witness_again();
}

void Office::open(api::Anchoring::Options options) {
  close();
  auto store = open_sqlite_store(data_.path());
  if (!store) throw std::runtime_error(describe(store.error()));
  Engine::Options engine{log_key().name(), 2, {}};
  engine.high_water = data_.path() / "high_water";
  engine.signer.sign = [this](const std::string& text) -> Result<std::string> {
    const NoteSigner& key = log_signer_;
    const NoteSigner other(text.substr(0, text.find('\n')), NoteKeyKind::ed25519, ed25519_of(k_rfc8032_seed));
    return Note{text, {(text.starts_with(key.verifier().name() + "\n") ? key : other).sign(text).value()}}.str();
  };
  engine.signer.verify = [this](const std::string& bytes) {
    const auto note = parse_note(bytes);
    return note && verified_by(*note, {log_key()}).has_value();
  };
  engine.held = api::Anchoring::hold(options);
  engine_ = std::make_unique<Engine>(std::move(*store), registry_, clock_, random_, engine);
  anchoring_ = std::make_unique<api::Anchoring>(*engine_, std::move(options));
  anchoring_->ask();
}

void Office::close() {
  if (engine_) engine_->stop();
  anchoring_.reset();
  engine_.reset();
}

void Office::take_snapshot() { copy_folder(data_.path(), snapshot_.path()); }
void Office::restore_snapshot() { copy_folder(snapshot_.path(), data_.path()); }

std::string Office::record(int count) {
  for (int n = 0; n < count; ++n) {
    clock_.advance(milliseconds(1));
    const auto done = engine_->execute(open_counter());
    if (!done) return std::string(refusal_row(done.error().code).name);
  }
  return "";
}

void Office::step() {
  let_pass(seconds(10));
  anchoring_->step();
}

// The writer may be publishing at this moment, and whoever asks meanwhile gets what was published before.
void Office::let_pass(seconds time) {
  clock_.advance(time);
  while (!engine_->log_obstacle() && engine_->published_checkpoint() != engine_->latest_checkpoint()) {
    std::this_thread::yield();
  }
}

std::string Office::obstacle() {
  const auto found = engine_->log_obstacle();
  return found ? std::string(refusal_row(found->code).name) : "";
}

std::string Office::published_note() {
  const SignedPtr latest = engine_->published_checkpoint();
  auto reader = engine_->read();
  const auto anchored = reader->anchored(reader->logs().back().number, latest->checkpoint.size);
  return anchored ? api::cosigned_note(*anchored) : latest->note;
}

std::string Office::witnessed_note(uint64_t least) {
  auto reader = engine_->read();
  const auto anchored = anchoring_->witnessed(*reader, reader->logs().back().number, least);
  return anchored ? api::cosigned_note(*anchored) : "";
}

std::string Office::standing(size_t witness) { return standing_text(anchoring_->report().witnesses.at(witness)); }

std::string Office::standing_of_authority(size_t authority) {
  return standing_text(anchoring_->report().authorities.at(authority));
}

api::Anchoring::Options witnessed_by(Network& network, std::vector<api::WitnessAddress> witnesses, size_t needed,
                                     bool required) {
  api::Anchoring::Options options;
  options.witnesses = std::move(witnesses);
  options.policy = {needed, required, seconds(60)};
  options.post = network.post();
  return options;
}

}  // namespace sparkgate::test
