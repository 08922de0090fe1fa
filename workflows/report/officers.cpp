#include "workflows/report/officers.h"

#include "certs/password.h"
#include "engine/base/codes.h"

namespace sparkgate::report {

Result<Enrolment> Officers::enrol(const std::string& account, const std::string& name, std::string_view passphrase) {
  if (auto good = check_password(passphrase, account); !good) return tl::make_unexpected(good.error());
  const OfficerKeys keys = OfficerKeys::generate(intake_.random);
  Enrolment out{random_name(intake_.random), RecoveryKey::generate(intake_.random)};
  const OfficerContext context = context_of(out.officer);
  const StoredOfficer officer{out.officer,
                              account,
                              name,
                              keys.reading.public_key(),
                              keys.signing.public_key(),
                              wrap_by_passphrase(keys, context, passphrase, intake_.random),
                              wrap_by_recovery_key(keys, context, out.recovery, intake_.random)};
  bool is_new = true;
  intake_.store.write([&](IntakeWriter& writer) {
    is_new = !writer.officer_of_account(account);
    if (is_new) writer.put(officer);
  });
  if (!is_new) return refuse(Code::already_enrolled);
  return out;
}

Result<StoredOfficer> Officers::officer_of(const std::string& account) const {
  std::optional<StoredOfficer> officer;
  intake_.store.read([&](IntakeReader& reader) { officer = reader.officer_of_account(account); });
  if (!officer) return refuse(Code::not_an_officer);
  return std::move(*officer);
}

Result<Unlocked> Officers::unlock(const std::string& account, std::string_view passphrase) {
  const auto officer = officer_of(account);
  if (!officer) return tl::make_unexpected(officer.error());
  auto keys = unwrap_by_passphrase(officer->passphrase_wrap, context_of(officer->id), passphrase);
  if (!keys) return refuse(Code::passphrase_wrong);
  return Unlocked{officer->id, std::move(*keys)};
}

Result<void> Officers::put_passphrase(StoredOfficer officer, std::string wrap) {
  officer.passphrase_wrap = std::move(wrap);
  intake_.store.write([&](IntakeWriter& writer) { writer.put(officer); });
  return {};
}

Result<void> Officers::recover(const std::string& account, std::string_view recovery, std::string_view passphrase) {
  auto officer = officer_of(account);
  if (!officer) return tl::make_unexpected(officer.error());
  if (auto good = check_password(passphrase, account); !good) return good;
  const auto key = RecoveryKey::parse(recovery);
  const OfficerContext context = context_of(officer->id);
  const auto keys = key ? unwrap_by_recovery_key(officer->recovery_wrap, context, *key) : std::nullopt;
  if (!keys) return refuse(Code::passphrase_wrong);
  return put_passphrase(std::move(*officer), wrap_by_passphrase(*keys, context, passphrase, intake_.random));
}

Result<void> Officers::change_passphrase(const std::string& account, std::string_view before,
                                         std::string_view after) {
  auto officer = officer_of(account);
  if (!officer) return tl::make_unexpected(officer.error());
  if (auto good = check_password(after, account); !good) return good;
  auto wrap = sparkgate::change_passphrase(officer->passphrase_wrap, context_of(officer->id), before, after,
                                           intake_.random);
  if (!wrap) return refuse(Code::passphrase_wrong);
  return put_passphrase(std::move(*officer), std::move(*wrap));
}

}  // namespace sparkgate::report
