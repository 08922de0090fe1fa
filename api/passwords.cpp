#include "api/passwords.h"

#include <semaphore>

#include "certs/password.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr int k_at_once = 2;  // each takes a core and 32 MiB for a tenth of a second
constexpr seconds k_longest_queue(5);

// A place among those that may compute a verifier now.
class Place {
 public:
  Place() : taken_(places().try_acquire_for(k_longest_queue)) {}
  Place(const Place&) = delete;
  ~Place() {
    if (taken_) places().release();
  }
  bool is_taken() const { return taken_; }

 private:
  using Places = std::counting_semaphore<k_at_once>;
  static Places& places() {
    static Places all(k_at_once);
    return all;
  }
  const bool taken_;
};

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

Result<Receipt> execute_in_turn(const Call& call, const Command& command) {
  const Place place;
  if (!place.is_taken()) return refuse(Code::too_busy);
  return call.service.engine.execute(command);
}

}  // namespace

Result<bool> password_fits(const std::string& password, const std::string& verifier) {
  const Place place;
  if (!place.is_taken()) return refuse(Code::too_busy);
  return verify_password(password, verifier);
}

Result<Receipt> set_password(const Call& call, const Command& command) {
  if (auto known = check_current_password(call, command); !known) return tl::make_unexpected(known.error());
  auto receipt = execute_in_turn(call, command);
  if (!receipt) return receipt;
  auto ended = call.service.sessions.end_others(command.instance, call.caller->session.token_hash);
  if (!ended) return tl::make_unexpected(ended.error());
  return receipt;
}

}  // namespace sparkgate::api
