#include "admin/intake_house.h"

#include <algorithm>
#include <set>

#include "certs/kdf.h"
#include "engine/base/codes.h"
#include "engine/store/durable_file.h"
#include "engine/store/sqlite/sqlite_intake.h"
#include "workflows/registry/calendar.h"
#include "workflows/rules/zone.h"

namespace sparkgate::admin {
namespace {

constexpr const char* k_zone = "Asia/Shanghai";  // of the office: a report knows days, not hours
constexpr size_t k_secret_bytes = 32;
constexpr std::string_view k_pepper_mark = "pepper_mark";  // of IntakeStore

std::string setting(IntakeStore& store, std::string_view name, const std::string& fresh) {
  std::string value;
  store.write([&](IntakeWriter& writer) {
    value = writer.setting(name);
    if (value.empty()) writer.put_setting(name, value = fresh);
  });
  return value;
}

tl::unexpected<Refusal> without_pepper(const std::filesystem::path& file, const char* zh, const char* en) {
  return refuse(Code::pepper_missing, {{"path", file.string()}, {"reason", bilingual(zh, en)}});
}

// The mark of a pepper tells, of whoever has the database, nothing but whether another one is it.
std::string mark_of(const SecretBytes& pepper) { return hex(hmac(pepper.view(), {"wb/pepper-mark/v1"})); }

std::string stored_mark(IntakeStore& store) {
  std::string mark;
  store.read([&](IntakeReader& reader) { mark = reader.setting(k_pepper_mark); });
  return mark;
}

size_t count_reports(IntakeStore& store) {
  size_t count = 0;
  store.read([&](IntakeReader& reader) { count = reader.reports().size(); });
  return count;
}

Result<SecretBytes> read_pepper(const std::filesystem::path& file) {
  const auto text = read_secret(file);
  if (!text) return tl::make_unexpected(text.error());
  const std::string_view digits = std::string_view(text->data(), text->size());
  return SecretBytes::copy_of({digits.substr(0, digits.find_first_of("\r\n")), "\n"});
}

// Lost is one that is not there, or another than the database's; not one that this user may not read.
Result<bool> is_pepper_lost(const std::filesystem::path& file, IntakeStore& store) {
  if (!std::filesystem::exists(file)) return true;
  const auto present = read_pepper(file);
  if (!present) return tl::make_unexpected(present.error());
  const std::string mark = stored_mark(store);
  return !mark.empty() && mark != mark_of(*present);
}

// Made once, with the database. Another one would turn every receipt code into one that nobody knows; where there is no
// report there is none to lose.
Result<SecretBytes> pepper_of(const std::filesystem::path& file, IntakeStore& store, Random& random) {
  const std::string mark = stored_mark(store);
  const auto is_needed = [&] { return !mark.empty() && count_reports(store) > 0; };
  if (!std::filesystem::exists(file)) {
    if (is_needed()) return without_pepper(file, "没有这个文件", "there is no such file");
    if (auto made = write_secret(file, hex(random.bytes(k_secret_bytes)) + "\n"); !made) {
      return tl::make_unexpected(made.error());
    }
  }
  auto pepper = read_pepper(file);
  if (!pepper) return pepper;
  const std::string own = mark_of(*pepper);
  if (mark == own) return pepper;
  if (is_needed()) return without_pepper(file, "文件里是另一个", "the file holds another one");
  store.write([&](IntakeWriter& writer) { writer.put_setting(k_pepper_mark, own); });
  return pepper;
}

}  // namespace

Result<std::unique_ptr<IntakeHouse>> IntakeHouse::open(const std::filesystem::path& data, Engine& engine,
                                                       const Clock& clock, Random& random, const Log& log) {
  const auto folder = data / "intake";
  auto store = open_sqlite_intake(folder);
  if (!store) return tl::make_unexpected(store.error());
  auto pepper = pepper_of(folder / "pepper", **store, random);
  if (!pepper) return tl::make_unexpected(pepper.error());
  const auto zone = rules::Zone::locate(k_zone);
  if (!zone) return tl::make_unexpected(zone.error());
  std::unique_ptr<IntakeHouse> house(new IntakeHouse(std::move(*store), folder));
  const std::string tenant = setting(*house->store_, report::k_tenant_setting, report::random_name(random));
  const std::string salt = setting(*house->store_, report::k_salt_setting, random.bytes(k_secret_bytes));
  house->rosters_ = std::make_unique<report::Rosters>(*house->store_, clock, tenant, house->lead_, house->epochs_);
  house->intake_.reset(new report::Intake{
      *house->store_, *house->rosters_, clock, random, tenant, salt, std::move(*pepper), BlobFolder(folder / "files"),
      [zone = *zone, &clock] { return zone.day(clock.wall()); },
      [&engine](std::string_view day) {
        return !registry::is_rest_day(ReaderView(*engine.read()), std::string(day));
      }});
  house->cleaner_ = std::make_unique<Cleaner>(Cleaner::Options{}, data, log);
  house->intake_->clean = [cleaner = house->cleaner_.get()](std::string_view bytes, std::string_view extension) {
    return cleaner->clean(bytes, extension);
  };
  return house;
}

std::string IntakeHouse::pepper_text() const {
  const std::string_view text = intake_->pepper.view();
  return std::string(text.substr(0, text.find('\n')));
}

Result<void> replace_pepper(const std::filesystem::path& data, Random& random, Loss loss) {
  auto store = open_sqlite_intake(data / "intake");
  if (!store) return tl::make_unexpected(store.error());
  const auto file = data / "intake" / "pepper";
  if (const size_t lost = count_reports(**store); loss == Loss::must_not_be && lost > 0) {
    const auto is_lost = is_pepper_lost(file, **store);
    if (!is_lost) return tl::make_unexpected(is_lost.error());
    if (!*is_lost) return refuse(Code::codes_would_be_lost, {{"count", lost}});
  }
  const std::string text = hex(random.bytes(k_secret_bytes)) + "\n";
  if (auto put = replace_durably(file, text); !put) return put;
  const std::string mark = mark_of(SecretBytes::copy_of({text}));
  (*store)->write([&](IntakeWriter& writer) { writer.put_setting(k_pepper_mark, mark); });
  return {};
}

std::vector<StoredOfficer> IntakeHouse::officers() {
  std::vector<StoredOfficer> out;
  store_->read([&](IntakeReader& reader) { out = reader.officers(); });
  return out;
}

Result<StoredRoster> IntakeHouse::signed_roster(const std::vector<RosterOfficer>& officers,
                                                const PrivateKey& lead) const {
  const auto epoch = rosters_->next_epoch();
  if (!epoch) return tl::make_unexpected(epoch.error());
  const Time now = std::chrono::floor<seconds>(intake_->clock.wall());
  const std::string text = roster_text({intake_->tenant, *epoch, now, now + k_roster_days, officers});
  const auto signature = lead.sign(roster_to_sign(text));
  if (!signature) return tl::make_unexpected(signature.error());
  return StoredRoster{static_cast<int64_t>(*epoch), text, *signature};
}

int IntakeHouse::lost_with(const std::vector<RosterOfficer>& officers) {
  std::set<std::string> keys;
  for (const RosterOfficer& officer : officers) keys.insert(key_id_of(officer.reading_key));
  int lost = 0;
  store_->read([&](IntakeReader& reader) {
    for (const StoredReport& report : reader.reports()) {
      const auto wraps = reader.wraps_of_report(report.id);
      const auto stays = [&](const StoredWrap& wrap) { return keys.contains(wrap.key_id); };
      if (!wraps.empty() && std::none_of(wraps.begin(), wraps.end(), stays)) ++lost;
    }
  });
  return lost;
}

Result<Roster> IntakeHouse::sign_roster(const std::vector<StoredOfficer>& officers, const PrivateKey& lead,
                                        Loss loss) {
  const Time now = std::chrono::floor<seconds>(intake_->clock.wall());
  std::vector<RosterOfficer> rows;
  for (const StoredOfficer& officer : officers) {
    rows.push_back({officer.id, officer.name, officer.reading_key, officer.signing_key, now});
  }
  const int lost = lost_with(rows);
  if (lost > 0 && loss == Loss::must_not_be) return refuse(Code::reports_would_be_lost, {{"count", lost}});
  const auto roster = signed_roster(rows, lead);
  if (!roster) return tl::make_unexpected(roster.error());
  return rosters_->accept(*roster);
}

Result<RecoveryKey> IntakeHouse::rotate(const std::string& account, std::string_view passphrase,
                                        const PrivateKey& lead) {
  return report::Officers(*intake_).rotate(account, passphrase, [&](const std::vector<RosterOfficer>& officers) {
    return signed_roster(officers, lead);
  });
}

}  // namespace sparkgate::admin
