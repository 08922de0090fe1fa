#include "admin/log_command.h"

#include "admin/desk.h"
#include "admin/terminal.h"
#include "engine/base/codes.h"
#include "workflows/log/workflow.h"

namespace sparkgate::admin {
namespace {

// What the new log's first entry says of the old one, for the person at the terminal.
void print_border(std::ostream& out, const StoredLog& before, const Json& continues) {
  const bool zh = terminal_language() == Language::zh;
  const auto signed_size = continues.value("/high_water/size"_json_pointer, before.size);
  const std::string size = std::to_string(before.size);
  out << (zh ? "日志 " + before.origin + " 已结束，共 " + size + " 条\n"
             : "The log " + before.origin + " is closed with " + size + " entries\n");
  if (signed_size <= before.size) return;
  const std::string lost = std::to_string(before.size) + "–" + std::to_string(signed_size - 1);
  out << (zh ? "已签名而丢失的条目：" + lost + "\n" : "Entries that were signed and are lost: " + lost + "\n");
}

Result<void> open(Desk& desk, const LogOptions& options, const LogKeyOptions& keys) {
  App::Options app;
  app.data = options.data;
  app.open_log = !keys.for_next_log;
  app.log_keys = keys;
  app.high_water = options.high_water;
  return desk.open(std::move(app));
}

void print_keys(std::ostream& out, Engine& engine) {
  auto reader = engine.read();
  const auto signers = log::signers_of(ReaderView(*reader), reader->logs().back().origin);
  out << (terminal_language() == Language::zh ? "现行的日志验证公钥：\n" : "Verifier keys of the log in force:\n")
      << lines_of(signers.in_force);
}

Result<void> continue_it(const LogOptions& options, std::ostream& out) {
  if (!is_note_name(options.origin)) return refuse(Code::origin_invalid, {{"origin", options.origin}});
  LogKeyOptions keys;
  keys.keys = options.log_keys;
  keys.for_next_log = true;
  if (options.new_key) {
    const auto made = make_log_key(options.data, KeyType::ed25519);
    if (!made) return tl::make_unexpected(made.error());
    keys.keys = {made->file};
  }
  Desk desk;
  if (auto opened = open(desk, options, keys); !opened) return opened;
  Engine& engine = desk.engine();
  const StoredLog before = engine.read()->logs().back();
  const auto opened = continue_log(engine, options.origin, [&](const std::string& origin) {
    return desk.app().log_keys().vkeys(origin);
  });
  if (!opened) return tl::make_unexpected(opened.error());
  {
    auto reader = engine.read();
    print_border(out, before, log::log_instance(ReaderView(*reader), options.origin)->data.at("continues"));
  }
  print_keys(out, engine);
  return {};
}

Result<PrivateKey> next_key(const LogOptions& options) {
  if (!options.key.empty()) return PrivateKey::load(options.key);
  auto made = make_log_key(options.data, options.sm2 ? KeyType::sm2 : KeyType::ed25519);
  if (!made) return tl::make_unexpected(made.error());
  return std::move(made->key);
}

Result<void> add_key(const LogOptions& options, std::ostream& out) {
  LogKeyOptions keys;
  keys.keys = options.log_keys;
  Desk desk;
  if (auto opened = open(desk, options, keys); !opened) return opened;
  Engine& engine = desk.engine();
  const auto next = next_key(options);
  if (!next) return tl::make_unexpected(next.error());
  const auto vkey = log_vkey(engine.read()->logs().back().origin, *next);
  if (!vkey) return tl::make_unexpected(vkey.error());
  if (auto told = tell_log(engine, "add_key", {{"key", *vkey}}); !told) return tl::make_unexpected(told.error());
  print_keys(out, engine);
  return {};
}

Result<void> retire_key(const LogOptions& options, std::ostream& out) {
  LogKeyOptions keys;
  keys.keys = options.log_keys;
  keys.retiring = options.key;
  Desk desk;
  if (auto opened = open(desk, options, keys); !opened) return opened;
  auto told = tell_log(desk.engine(), "retire_key", {{"key", options.key}});
  if (!told) return tl::make_unexpected(told.error());
  print_keys(out, desk.engine());
  return {};
}

int run(Result<void> (*command)(const LogOptions&, std::ostream&), const LogOptions& options, std::ostream& out,
        std::ostream& err) {
  const auto done = command(options, out);
  if (done) return 0;
  print_refusal(err, done.error());
  return exit_code_of(done.error());
}

}  // namespace

int log_continue(const LogOptions& options, std::ostream& out, std::ostream& err) {
  return run(continue_it, options, out, err);
}

int log_add_key(const LogOptions& options, std::ostream& out, std::ostream& err) {
  return run(add_key, options, out, err);
}

int log_retire_key(const LogOptions& options, std::ostream& out, std::ostream& err) {
  return run(retire_key, options, out, err);
}

}  // namespace sparkgate::admin
