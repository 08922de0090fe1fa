// Reading public reports from SQLite; the writer reads the same way, on its own connection.
#pragma once

#include "engine/store/intake_store.h"
#include "engine/store/sqlite/sqlite.h"

namespace sparkgate::sqlite {

template <class Base>
class IntakeReading : public Base {
 public:
  explicit IntakeReading(Connection& connection) : db_(connection) {}
  std::string setting(std::string_view name) override;
  std::optional<StoredReport> report(std::string_view id) override;
  std::optional<StoredReport> report_by_lookup(std::string_view lookup) override;
  std::vector<StoredReport> reports() override;
  std::vector<StoredReport> reports_due(std::string_view until_day) override;
  std::vector<StoredReport> reports_expired(std::string_view until_day) override;
  std::vector<StoredWrap> wraps_of_report(std::string_view report) override;
  std::vector<StoredWrap> wraps_of_key(std::string_view key_id) override;
  std::vector<std::string> wrapped_keys() override;
  std::vector<StoredItem> items(std::string_view report) override;
  std::optional<StoredItem> item(std::string_view report, int64_t sequence) override;
  std::vector<StoredStep> steps(std::string_view report) override;
  std::vector<StoredOfficer> officers() override;
  std::optional<StoredOfficer> officer_of_account(std::string_view account) override;
  std::vector<StoredRoster> rosters() override;
  std::vector<std::string> days_with_leaves() override;
  std::vector<std::string> leaves(std::string_view day) override;
  std::vector<StoredDay> days() override;
  std::optional<StoredHandOff> hand_off(std::string_view key) override;
  std::vector<StoredHandOff> hand_offs_due(std::string_view until_hour) override;
  bool names_file(std::string_view name) override;

 protected:
  Connection& db_;

 private:
  std::vector<StoredReport> reports_of(Run& ids);
};

using SqliteIntakeReader = IntakeReading<IntakeReader>;

}  // namespace sparkgate::sqlite
