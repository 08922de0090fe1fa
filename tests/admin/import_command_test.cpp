// `sparkgate import` on a data directory of its own.
#include "admin/import_command.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "admin/app.h"
#include "admin/terminal.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::admin {
namespace {

constexpr int k_bad_data = 65;
const std::string k_demo = SOURCE_DIR "/admin/demo";

class ImportCommand : public testing::Test {
 protected:
  ImportCommand() { ::setenv("LC_ALL", "C.UTF-8", 1); }

  int run(const std::string& path) {
    out_.str("");
    err_.str("");
    return import_command(path, data_.path(), out_, err_);
  }
  std::unique_ptr<App> open() {
    App::Options options;
    options.data = data_.path();
    options.run_timers = false;
    auto app = App::open(options, clock_, random_);
    EXPECT_TRUE(app);
    return std::move(*app);
  }
  size_t stored(const char* kind) {
    const auto app = open();
    ListQuery query;
    query.workflow = kind;
    return app->engine().read()->list(query).items.size();
  }
  std::string written(const char* name, const std::string& text) {
    const auto path = files_.path() / name;
    std::ofstream(path) << text;
    return path;
  }

  test::TempFolder data_, files_;
  SystemClock clock_;
  SystemRandom random_;
  std::ostringstream out_, err_;
};

TEST_F(ImportCommand, registers_a_folder_and_says_how_much) {
  ASSERT_EQ(run(k_demo), 0) << err_.str();
  EXPECT_EQ(out_.str(), "63 records imported\n");
  EXPECT_EQ(err_.str(), "");
  EXPECT_EQ(stored("unit"), 4u);
}

TEST_F(ImportCommand, refuses_all_of_it_for_one_bad_row_and_names_it) {
  written("areas.csv", "code,parent,name,level\nc1,,county,county\n");
  written("units.csv",
          "credit_code,name,kind,area,status\n91500230MADEMA01XB,a,contractor,c1,allowed\n"
          "91500230MADEMA11X1,b,contractor,nowhere,allowed\n");
  EXPECT_EQ(run(files_.path()), k_bad_data);
  EXPECT_EQ(err_.str(), "units.csv line 3, area: area names nowhere, which is not registered\n");
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(stored("area"), 0u);
}

TEST_F(ImportCommand, a_second_time_every_record_is_there_already) {
  ASSERT_EQ(run(k_demo), 0);
  EXPECT_EQ(run(k_demo), k_bad_data);
  EXPECT_NE(err_.str().find("is already registered"), std::string::npos);
  EXPECT_EQ(stored("unit"), 4u);
}

TEST_F(ImportCommand, keeps_what_only_looks_wrong_and_warns) {
  const std::string path = written("areas.csv", "code,parent,name,level\nc1,,county,county\n");
  ASSERT_EQ(run(path), 0);
  const std::string units = written(
      "units.csv", "credit_code,name,kind,area,status\n91500230MADEMA01X0,a,contractor,c1,allowed\n");
  EXPECT_EQ(run(units), 0);
  EXPECT_NE(err_.str().find("check digit is wrong"), std::string::npos) << err_.str();
  EXPECT_EQ(out_.str(), "1 records imported\n");
}

TEST_F(ImportCommand, names_a_path_that_holds_nothing_to_import) {
  for (const std::string& path : {files_.path().string(), std::string("/no/such/folder"), k_demo + "/none.csv"}) {
    EXPECT_EQ(run(path), k_bad_data) << path;
    EXPECT_NE(err_.str().find(path), std::string::npos) << err_.str();
  }
}

TEST_F(ImportCommand, leaves_data_alone_that_a_service_has_open) {
  const auto app = open();
  EXPECT_EQ(run(k_demo), k_exit_failed);
  EXPECT_NE(err_.str().find("Another process uses the data directory"), std::string::npos) << err_.str();
  EXPECT_TRUE(app->has_no_accounts());
}

}  // namespace
}  // namespace sparkgate::admin
