// Writing public reports to SQLite, within one transaction.
#pragma once

#include "engine/store/sqlite/sqlite_intake_reader.h"

namespace sparkgate::sqlite {

class SqliteIntakeWriter final : public IntakeReading<IntakeWriter> {
 public:
  using IntakeReading::IntakeReading;
  void put_setting(std::string_view name, std::string_view value) override;
  void put(const StoredReport& report) override;
  void put(const StoredWrap& wrap) override;
  void remove_wrap(std::string_view report, std::string_view key_id) override;
  void remove_wraps_of_key(std::string_view key_id) override;
  void add(const StoredItem& item) override;
  void reseal_item(std::string_view report, int64_t sequence, std::string_view key_sealed) override;
  void add(const StoredStep& step) override;
  void put(const StoredOfficer& officer) override;
  void add(const StoredRoster& roster) override;
  void put(const StoredHandOff& hand_off) override;
  void add_leaf(std::string_view day, std::string_view leaf) override;
  void add(const StoredDay& day) override;
  void erase_report(std::string_view report) override;
  /// Something that nobody is to read any more.
  bool has_removed() const { return has_removed_; }

 private:
  void remove(Run& rows);
  bool has_removed_ = false;
};

}  // namespace sparkgate::sqlite
