#include "workflows/report/officers.h"

#include <algorithm>

#include "certs/password.h"
#include "engine/base/codes.h"

namespace sparkgate::report {
namespace {

struct Wrapped {
  StoredOfficer officer;
  RecoveryKey recovery;
};

// New keys for the officer, wrapped.
Wrapped with_new_keys(StoredOfficer officer, const OfficerContext& context, std::string_view passphrase,
                      Random& random) {
  const OfficerKeys keys = OfficerKeys::generate(random);
  RecoveryKey recovery = RecoveryKey::generate(random);
  officer.reading_key = keys.reading.public_key();
  officer.signing_key = keys.signing.public_key();
  officer.passphrase_wrap = wrap_by_passphrase(keys, context, passphrase, random);
  officer.recovery_wrap = wrap_by_recovery_key(keys, context, recovery, random);
  return {std::move(officer), std::move(recovery)};
}

Result<std::vector<RosterOfficer>> with_keys_replaced(const Intake& intake, const Unlocked& before,
                                                      const StoredOfficer& after) {
  auto roster = intake.rosters.current();
  if (!roster) return tl::make_unexpected(roster.error());
  const auto row = std::find_if(roster->officers.begin(), roster->officers.end(), [&](const RosterOfficer& one) {
    return one.id == before.officer && one.reading_key == before.keys.reading.public_key();
  });
  if (row == roster->officers.end()) return refuse(Code::not_an_officer);
  row->reading_key = after.reading_key;
  row->signing_key = after.signing_key;
  return std::move(roster->officers);
}

}  // namespace

Result<Enrolment> Officers::enrol(const std::string& account, const std::string& name, std::string_view passphrase) {
  if (auto good = check_password(passphrase, account); !good) return tl::make_unexpected(good.error());
  const std::string id = random_name(intake_.random);
  auto [officer, recovery] = with_new_keys({id, account, name, {}, {}, {}, {}}, context_of(id), passphrase,
                                           intake_.random);
  bool is_new = true;
  intake_.store.write([&](IntakeWriter& writer) {
    is_new = !writer.officer_of_account(account);
    if (is_new) writer.put(officer);
  });
  if (!is_new) return refuse(Code::already_enrolled);
  return Enrolment{id, std::move(recovery)};
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

Result<RecoveryKey> Officers::rotate(const std::string& account, std::string_view passphrase, const SignRoster& sign) {
  auto officer = officer_of(account);
  if (!officer) return tl::make_unexpected(officer.error());
  const auto before = unlock(account, passphrase);
  if (!before) return tl::make_unexpected(before.error());
  auto after = with_new_keys(std::move(*officer), context_of(before->officer), passphrase, intake_.random);
  if (auto replaced = replace_keys(intake_, *before, after.officer, sign); !replaced) {
    return tl::make_unexpected(replaced.error());
  }
  return std::move(after.recovery);
}

Result<void> replace_keys(const Intake& intake, const Unlocked& before, const StoredOfficer& after,
                          const SignRoster& sign) {
  const auto officers = with_keys_replaced(intake, before, after);
  if (!officers) return tl::make_unexpected(officers.error());
  const auto roster = sign(*officers);
  if (!roster) return tl::make_unexpected(roster.error());
  const auto accepted = intake.rosters.accept(*roster, [&](IntakeWriter& writer) {
    writer.put(after);
    for (const StoredWrap& wrap : writer.wraps_of_key(key_id_of(before.keys.reading.public_key()))) {
      const auto secret = secret_for_reader(intake.tenant, wrap, before.keys.reading);
      if (!secret) continue;  // it was altered: nobody reads it
      writer.put(wrap_for_reader(intake.tenant, wrap.report, *secret, after.reading_key, intake.random));
    }
  });
  return accepted ? Result<void>() : tl::make_unexpected(accepted.error());
}

}  // namespace sparkgate::report
