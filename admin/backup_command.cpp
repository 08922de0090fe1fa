#include "admin/backup_command.h"

#include <ostream>

#include "admin/terminal.h"

namespace sparkgate::admin {
namespace {

bool is_zh() { return terminal_language() == Language::zh; }

int refused(const Refusal& why, std::ostream& err) {
  print_refusal(err, why);
  return exit_code_of(why);
}

void print_log(const Json& manifest, std::ostream& out) {
  const Json& log = manifest.at("log");
  out << (is_zh() ? "日志：" : "Log: ") << text_of(log, "origin") << ", " << log.at("size").dump()
      << (is_zh() ? " 条\n" : " entries\n");
}

int print_problems(int64_t problems, const std::string& folder, std::ostream& out) {
  if (problems == 0) {
    out << (is_zh() ? "核对：完整\n" : "Check: it is whole\n");
    return 0;
  }
  out << (is_zh() ? "核对：发现问题 " : "Check: problems found: ") << problems << "\n  sparkgate fsck --data " << folder
      << "\n";
  return k_exit_failed;
}

}  // namespace

int backup_command(const BackupOptions& options, std::ostream& out, std::ostream& err) {
  const SystemClock clock;
  const auto made = make_backup(options, clock, [](std::string_view, int) {});
  if (!made) return refused(made.error(), err);
  out << (is_zh() ? "备份：" : "Backup: ") << options.to.string() << ", " << made->at("bytes").dump()
      << (is_zh() ? " 字节\n" : " bytes\n");
  print_log(*made, out);
  return print_problems(made->at("problems").get<int64_t>(), options.to.string(), out);
}

int restore_command(const std::string& from, const std::string& data, std::ostream& out, std::ostream& err) {
  const auto restored = restore_backup(from, data);
  if (!restored) return refused(restored.error(), err);
  const Json& manifest = restored->manifest;
  out << (is_zh() ? "已恢复到：" : "Restored to: ") << data << (is_zh() ? "，备份时间 " : ", as of ")
      << text_of(manifest, "made_at") << "\n";
  print_log(manifest, out);
  if (!manifest.value("with_keys", false)) {
    out << (is_zh() ? "备份不含日志签名密钥：启动前请放回 keys 目录，或以 --log-key 给出。\n"
                    : "The log's keys are not in it: put them back into keys, or give them by --log-key.\n");
  }
  if (manifest.at("files").contains("intake/reports.db")) {
    out << (is_zh() ? "举报的 pepper 不在其中：启动前请把抄下的 64 位十六进制数写回 "
                    : "The pepper of reports is not in it: before the start, put the 64 digits that were noted into ")
        << (std::filesystem::path(data) / "intake" / "pepper").string() << "\n";
  }
  out << (is_zh() ? "此后的记录不在其中；如曾对外公布过更长的日志，须先运行 sparkgate log continue。\n"
                  : "What was recorded later is not in it; if a longer log was published, run sparkgate log continue "
                    "first.\n");
  return print_problems(restored->problems, data, out);
}

}  // namespace sparkgate::admin
