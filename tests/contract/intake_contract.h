// What every store of public reports promises, once for all backends: a backend gives a factory and instantiates the
// suite.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/base/refusal.h"
#include "engine/store/intake_store.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {

struct IntakeBackend {
  std::string name;
  /// Opens, or makes, the store that lives in the folder.
  std::function<Result<std::unique_ptr<IntakeStore>>(const std::filesystem::path& folder)> open;
};

class IntakeContract : public testing::TestWithParam<IntakeBackend> {
 protected:
  IntakeContract() { reopen(); }
  void reopen();
  /// What a read of its own says.
  template <class Ask>
  auto ask(const Ask& question) {
    decltype(question(std::declval<IntakeReader&>())) out{};
    store->read([&](IntakeReader& r) { out = question(r); });
    return out;
  }
  /// True when the work is refused as a programming error.
  bool is_refused(const std::function<void(IntakeWriter&)>& work);

  TempFolder folder;
  std::unique_ptr<IntakeStore> store;
};

inline constexpr std::string_view k_day = "2026-03-02", k_next_day = "2026-03-03";

/// The report's id or whatever else has 32 hexadecimal digits, of its name.
std::string id_of(std::string_view name);
/// 32 bytes, of a name.
std::string bytes_named(std::string_view name);
/// Every byte that there is, and the name.
std::string blob_named(std::string_view name);

// Whole ones, no member like another, by the report's name.
StoredReport a_report(std::string_view name);
StoredWrap a_wrap(std::string_view report, std::string_view key);
StoredItem an_item(std::string_view report, int64_t sequence);
StoredStep a_step(std::string_view report, int64_t sequence);
StoredOfficer an_officer(std::string_view name);
StoredDay a_day(std::string_view day);

/// The report with two wraps, two items and two steps.
void put_whole(IntakeWriter& writer, std::string_view report);

/// Ids in the order in which they are listed.
std::vector<std::string> ids_of(const std::vector<StoredReport>& reports);
/// The ids of reports of these names, in their order.
std::vector<std::string> ids_of(std::initializer_list<std::string_view> names);

}  // namespace sparkgate::test
