// What every store promises, once for all backends: a backend gives a factory and instantiates the suite.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "engine/store/store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {

struct Backend {
  std::string name;
  /// Opens, or makes, the store that lives in the folder.
  std::function<Result<std::unique_ptr<Store>>(const std::filesystem::path& folder)> open;
};

class StoreContract : public testing::TestWithParam<Backend> {
 protected:
  StoreContract() { reopen(); }
  void reopen();
  Writer& writer() { return store->writer(); }
  /// Runs the work in a transaction of its own.
  void write(const std::function<void(Writer&)>& work);
  /// A new instance of workflow "w" with its first entry; `links` are (kind, ref).
  Filed make(const std::string& id, std::vector<std::pair<std::string, std::string>> links = {},
             const std::string& state = "Open");
  /// Stores `change` done to the instance and its next entry.
  Filed alter(const Filed& before, const std::function<void(Instance&, Index&)>& change);
  std::string listed(const ListQuery& query);  // "id id …"

  TempFolder folder;
  SeededRandom random;
  std::unique_ptr<Store> store;
};

ListQuery all_of(const std::string& workflow);

}  // namespace sparkgate::test
