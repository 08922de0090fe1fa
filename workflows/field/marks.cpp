#include "workflows/field/marks.h"

#include <charconv>

#include "engine/base/codes.h"

namespace sparkgate::field {
namespace {

tl::unexpected<Refusal> invalid(std::string_view zh, std::string_view en) {
  return refuse(Code::field_mark_invalid, {{"reason", bilingual(zh, en)}});
}

std::string marked_text(std::string_view milliseconds, std::string_view account) {
  std::string text = "sparkgate field time\n";
  text.append(account).append("\n").append(milliseconds);
  return text;
}

}  // namespace

Result<const MacKey*> Marks::key() {
  const std::lock_guard lock(mutex_);
  if (!key_) {
    auto opened = MacKey::open(key_file_, random_);
    if (!opened) return tl::make_unexpected(opened.error());
    key_ = std::move(*opened);
  }
  return &*key_;
}

Result<std::string> Marks::make(Time now, std::string_view account) {
  const auto with = key();
  if (!with) return tl::make_unexpected(with.error());
  const std::string instant = std::to_string(now.time_since_epoch().count());
  return instant + "." + (*with)->mark(marked_text(instant, account));
}

Result<Time> Marks::read(std::string_view mark, std::string_view account, Time now) {
  const auto with = key();
  if (!with) return tl::make_unexpected(with.error());
  const size_t dot = std::min(mark.find('.'), mark.size());
  const std::string_view instant = mark.substr(0, dot), proof = mark.substr(std::min(dot + 1, mark.size()));
  if (!(*with)->is_mark(proof, marked_text(instant, account))) {
    return invalid("不是本服务发给本账号的标记", "this service has not given it to this account");
  }
  int64_t count = 0;
  std::from_chars(instant.data(), instant.data() + instant.size(), count);
  const Time time{milliseconds(count)};
  if (time <= now) return time;
  return invalid("晚于服务器当前时间", "it is later than the server's time");
}

}  // namespace sparkgate::field
