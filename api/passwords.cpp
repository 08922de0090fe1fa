#include "api/passwords.h"

#include <semaphore>

#include "certs/password.h"

namespace sparkgate::api {
namespace {

constexpr int k_at_once = 2;  // each takes a core and 32 MiB for a tenth of a second
constexpr seconds k_longest_queue(5);

}  // namespace

Result<bool> password_fits(const std::string& password, const std::string& verifier) {
  static std::counting_semaphore<k_at_once> places(k_at_once);
  if (!places.try_acquire_for(k_longest_queue)) return refuse(Code::too_busy);
  const bool fits = verify_password(password, verifier);
  places.release();
  return fits;
}

bool sets_password(const Command& command) {
  return command.workflow == "account" && command.event == "set_password";
}

Result<void> check_current_password(const Call& call, const Command& command) {
  if (command.instance != call.actor().account) return {};
  const std::string current = text_of(command.payload, "current_password");
  if (current.empty()) {
    return refuse(
        Code::payload_invalid,
        {{"path", "/current_password"}, {"reason", bilingual("修改本人密码时必填", "is needed to change one's own")}});
  }
  Attempts& attempts = call.service.attempts;
  if (auto may = attempts.begin(command.instance, call.request.peer); !may) return may;
  const auto verifier = call.service.engine.read()->secret(command.instance, "password");
  const auto fits = password_fits(current, verifier.value_or(""));
  if (!fits) return tl::make_unexpected(fits.error());
  if (!*fits) return refuse(Code::login_failed);
  attempts.succeeded(command.instance, call.request.peer);
  return {};
}

Result<void> end_other_sessions(const Call& call, const Command& command) {
  return call.service.sessions.end_others(command.instance, call.caller->session.token_hash);
}

}  // namespace sparkgate::api
