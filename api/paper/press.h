// The service's one printing press: fonts loaded once, PDF files made one after the other.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "api/paper/sheet.h"
#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate::api {

inline constexpr std::string_view k_paper_font = "Noto Sans CJK SC";
inline constexpr std::string_view k_paper_font_package = "fonts-noto-cjk";

class Press {
 public:
  explicit Press(std::string family = std::string(k_paper_font));
  ~Press();

  /// A PDF file with every font that it uses embedded as a subset. `draw` is called twice: to count the pages, and to
  /// draw them. Refuses paper_font_missing, and too_busy when others have been at it for too long.
  Result<std::string> print(const std::string& title, Time at, const std::function<void(Sheet&)>& draw);

 private:
  struct Type;
  Result<std::string> print_now(const std::string& title, Time at, const std::function<void(Sheet&)>& draw);

  const std::string family_;
  std::timed_mutex turn_;
  std::unique_ptr<Type> type_;  // loaded by the first paper
};

}  // namespace sparkgate::api
