#include "admin/terminal.h"

#include <cstdlib>
#include <iostream>
#include <mutex>

#include "engine/base/codes.h"

namespace sparkgate::admin {

Language terminal_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || !*value) continue;
    return std::string_view(value).substr(0, 2) == "zh" ? Language::zh : Language::en;
  }
  return Language::en;
}

void print_refusal(std::ostream& err, const Refusal& refusal) {
  const Language language = terminal_language();
  const Text title = title_of(refusal), remedy = remedy_of(refusal);
  err << pick(title, language) << "\n" << pick(remedy, language) << "\n";
  if (const std::string internal = text_of(refusal.details, "internal"); !internal.empty()) err << internal << "\n";
}

api::Log terminal_log(const Clock& clock) {
  return [&clock](const std::string& text) {
    static std::mutex one_line_at_a_time;
    std::string line = format_time(clock.wall()) + " " + text;
    std::replace_if(line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    const std::lock_guard lock(one_line_at_a_time);
    std::cerr << line << std::endl;
  };
}

int exit_code_of(const Refusal& refusal) {
  const bool is_config = refusal.code == Code::pack_broken || refusal.code == Code::file_unreadable ||
                         refusal.code == Code::address_unusable || refusal.code == Code::url_invalid ||
                         refusal.code == Code::option_invalid;
  return is_config ? k_exit_config : k_exit_failed;
}

}  // namespace sparkgate::admin
