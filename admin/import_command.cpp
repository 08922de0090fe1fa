#include "admin/import_command.h"

#include "admin/desk.h"
#include "admin/import.h"
#include "admin/terminal.h"

namespace sparkgate::admin {
namespace {

constexpr int k_exit_bad_data = 65;

void print_rows(std::ostream& err, const std::vector<Refusal>& rows) {
  for (const Refusal& row : rows) err << pick(title_of(row), terminal_language()) << "\n";
}

}  // namespace

int import_command(const std::string& path, const std::string& data, std::ostream& out, std::ostream& err) {
  Desk desk;
  if (const auto opened = desk.open_unsigned(data); !opened) {
    print_refusal(err, opened.error());
    return exit_code_of(opened.error());
  }
  Engine& engine = desk.engine();
  const Import import = [&] {
    auto reader = engine.read();
    return import_ledger(path, ReaderView(*reader), system_actor());
  }();
  print_rows(err, import.warnings);
  print_rows(err, import.errors);
  if (!import.errors.empty()) return k_exit_bad_data;
  const auto imported = engine.execute_all(import.commands);
  if (!imported) {
    print_refusal(err, imported.error());
    return exit_code_of(imported.error());
  }
  const std::string count = std::to_string(imported->size());
  out << (terminal_language() == Language::zh ? "已导入 " + count + " 条记录\n" : count + " records imported\n");
  return 0;
}

}  // namespace sparkgate::admin
