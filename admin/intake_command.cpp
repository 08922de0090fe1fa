#include "admin/intake_command.h"

#include <algorithm>
#include <map>

#include "admin/desk.h"
#include "admin/intake_house.h"
#include "admin/terminal.h"
#include "engine/base/codes.h"
#include "workflows/report/events.h"
#include "workflows/report/officers.h"

namespace sparkgate::admin {
namespace {

std::string say(const char* zh, const char* en) { return terminal_language() == Language::zh ? zh : en; }

template <class Work>
int with_desk(const IntakeOptions& options, std::ostream& err, const Work& work) {
  Desk desk;
  Result<void> done = desk.open_unsigned(options.data);
  if (done) done = work(desk);
  if (done) return 0;
  print_refusal(err, done.error());
  return exit_code_of(done.error());
}

Result<std::vector<StoredOfficer>> chosen(Desk& desk, const IntakeOptions& options) {
  const auto all = desk.app().intake().officers();
  if (options.logins.empty()) return all;
  std::vector<StoredOfficer> out;
  for (const std::string& login : options.logins) {
    const auto account = account_of(desk.engine(), login);
    if (!account) return tl::make_unexpected(account.error());
    const auto is_theirs = [&](const StoredOfficer& one) { return one.account == (*account)->id; };
    const auto at = std::find_if(all.begin(), all.end(), is_theirs);
    if (at == all.end()) return refuse(Code::not_an_officer);
    out.push_back(*at);
  }
  return out;
}

void print_roster(std::ostream& out, const Roster& roster) {
  out << say("名册第 ", "Roster ") << roster.epoch << say(" 期，有效至 ", ", valid until ")
      << format_time(roster.expires) << "\n";
  for (const RosterOfficer& officer : roster.officers) out << "  " << officer.name << "  " << officer.id << "\n";
}

void print_pepper(std::ostream& out, const IntakeHouse& house) {
  out << say("pepper（请抄下并与备份分开保存；恢复备份时要用）：",
             "Pepper (note it down and keep it apart from backups; a restore needs it): ")
      << house.pepper_text() << "\n";
}

void print_recovery(std::ostream& out, const RecoveryKey& recovery) {
  out << say("恢复密钥（请打印并锁好，只显示这一次）：", "Recovery key (print it and lock it away; shown only now): ")
      << recovery.text().view() << "\n";
}

Loss loss_of(const IntakeOptions& options) { return options.lose ? Loss::may_be : Loss::must_not_be; }

SecretBytes first_line(std::istream& in) {
  std::string line;
  std::getline(in, line);
  return SecretBytes::take(std::move(line));
}

}  // namespace

int intake_lead(const IntakeOptions& options, std::ostream& out, std::ostream& err) {
  return with_desk(options, err, [&](Desk& desk) -> Result<void> {
    const PrivateKey key = PrivateKey::generate(KeyType::ed25519);
    if (auto saved = key.save(options.lead_key); !saved) return saved;
    out << say("受理负责人的公钥：", "The intake lead's verifying key: ") << hex(key.public_key().raw()) << "\n";
    print_pepper(out, desk.app().intake());
    return desk.app().intake().lead().put(key.public_key());
  });
}

int intake_enrol(const IntakeOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  return with_desk(options, err, [&](Desk& desk) -> Result<void> {
    const auto account = account_of(desk.engine(), options.login);
    if (!account) return tl::make_unexpected(account.error());
    const auto actor = api::actor_of(**account);
    const SecretBytes passphrase = first_line(in);
    report::Officers officers(desk.app().intake().intake());
    const auto enrolled = officers.enrol((*account)->id, actor ? actor->name : options.login,
                                         passphrase.view());
    if (!enrolled) return tl::make_unexpected(enrolled.error());
    print_recovery(out, enrolled->recovery);
    return {};
  });
}

int intake_roster(const IntakeOptions& options, std::ostream& out, std::ostream& err) {
  return with_desk(options, err, [&](Desk& desk) -> Result<void> {
    const auto key = PrivateKey::load(options.lead_key);
    if (!key) return tl::make_unexpected(key.error());
    const auto officers = chosen(desk, options);
    if (!officers) return tl::make_unexpected(officers.error());
    const auto roster = desk.app().intake().sign_roster(*officers, *key, loss_of(options));
    if (!roster) return tl::make_unexpected(roster.error());
    print_roster(out, *roster);
    return {};
  });
}

int intake_new_pepper(const IntakeOptions& options, std::ostream& out, std::ostream& err) {
  SystemRandom random;
  if (const auto done = replace_pepper(options.data, random, loss_of(options)); !done) {
    print_refusal(err, done.error());
    return exit_code_of(done.error());
  }
  out << say("已换成新的 pepper；此前发出的查询码都不能再用，等待转交检查的须再转交一次。"
             "请运行 sparkgate intake status --pepper 抄下它。",
             "There is another pepper now: receipt codes given out until now open nothing any more, and what waits to "
             "be handed on to inspectors must be handed on again. Note it down: "
             "sparkgate intake status --pepper.")
      << "\n";
  return 0;
}

int intake_rotate(const IntakeOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  return with_desk(options, err, [&](Desk& desk) -> Result<void> {
    const auto account = account_of(desk.engine(), options.login);
    if (!account) return tl::make_unexpected(account.error());
    const auto key = PrivateKey::load(options.lead_key);
    if (!key) return tl::make_unexpected(key.error());
    const SecretBytes passphrase = first_line(in);
    const auto recovery = desk.app().intake().rotate((*account)->id, passphrase.view(), *key);
    if (!recovery) return tl::make_unexpected(recovery.error());
    print_recovery(out, *recovery);
    out << say("未办结举报的密钥在受理人员下次“让全部在册人员可读”时更换。\n",
               "Open reports get fresh keys when an officer next lets the whole roster read.\n");
    return {};
  });
}

int intake_status(const IntakeOptions& options, std::ostream& out, std::ostream& err) {
  return with_desk(options, err, [&](Desk& desk) -> Result<void> {
    IntakeHouse& house = desk.app().intake();
    if (options.pepper) print_pepper(out, house);
    const auto roster = house.intake().rosters.current();
    if (roster) print_roster(out, *roster);
    else out << pick(title_of(roster.error()), terminal_language()) << "\n";
    std::map<std::string, int> counts;
    house.intake().store.read([&](IntakeReader& reader) {
      for (const StoredReport& report : reader.reports()) ++counts[report.state];
    });
    out << say("已登记受理人员：", "Officers enrolled: ") << house.officers().size() << "\n";
    for (const auto& [state, count] : counts) {
      out << "  " << pick(report::state_row(state).label, terminal_language()) << " " << count << "\n";
    }
    return {};
  });
}

}  // namespace sparkgate::admin
