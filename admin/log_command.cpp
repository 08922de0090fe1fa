#include "admin/log_command.h"

#include "admin/app.h"
#include "admin/terminal.h"
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

Result<void> continue_it(const LogContinueOptions& options, std::ostream& out) {
  const SystemClock clock;
  SystemRandom random;
  App::Options app_options;
  app_options.data = options.data;
  app_options.run_timers = false;
  app_options.open_log = false;
  app_options.log_keys.key = options.log_key;
  app_options.log_keys.sm2_key = options.log_sm2_key;
  app_options.high_water = options.high_water;
  auto app = App::open(app_options, clock, random);
  if (!app) return tl::make_unexpected(app.error());
  if (!is_note_name(options.origin)) return refuse(Code::origin_invalid, {{"origin", options.origin}});
  Engine& engine = (*app)->engine();
  const StoredLog before = engine.read()->logs().back();
  const auto opened = continue_log(engine, options.origin);
  if (!opened) return tl::make_unexpected(opened.error());
  auto reader = engine.read();
  print_border(out, before, log::log_instance(ReaderView(*reader), options.origin)->data.at("continues"));
  out << (terminal_language() == Language::zh ? "新日志的验证公钥：\n" : "Verifier keys of the new log:\n")
      << (*app)->log_keys().vkeys(options.origin);
  return {};
}

}  // namespace

int log_continue(const LogContinueOptions& options, std::ostream& out, std::ostream& err) {
  const auto done = continue_it(options, out);
  if (done) return 0;
  print_refusal(err, done.error());
  return exit_code_of(done.error());
}

}  // namespace sparkgate::admin
