#include "admin/import.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/registry_desk.h"

namespace sparkgate::admin {
namespace {

using Files = std::map<std::string, std::string>;

const std::string k_areas = "code,parent,name,level\nt1,c1,镇,town\nc1,,县,county\n";
const std::string k_units = "credit_code,name,kind,area,status\n91500230MADEMA01XB,工程队,contractor,t1,allowed\n";

std::string listed(const std::vector<Refusal>& refusals) {
  std::string out;
  for (const Refusal& r : refusals) {
    out += text_of(r.details, "file") + ":" + r.details["line"].dump() + " " + text_of(r.details, "column") + ": " +
           in_language(r.details, Language::en)["reason"].get<std::string>() + "\n";
  }
  return out;
}

TEST(Import, demo_ledger_is_good_and_every_command_runs) {
  test::RegistryDesk desk;
  const Import import = import_ledger(SOURCE_DIR "/admin/demo", desk.view, system_actor());
  EXPECT_EQ(listed(import.errors), "");
  EXPECT_EQ(listed(import.warnings), "");
  std::map<std::string, int> count;
  int serial = 0;
  for (const Command& command : import.commands) {
    const std::string state =
        desk.run(command.workflow, "i" + std::to_string(++serial), "register", command.payload, command.actor);
    ++count[command.workflow + " " + state];
  }
  const std::map<std::string, int> expected = {
      {"account Valid", 15},    {"area Valid", 6},       {"calendar Valid", 2},   {"certificate Suspended", 1},
      {"certificate Valid", 5}, {"fire_watch Valid", 3}, {"instrument Valid", 3}, {"machine Valid", 4},
      {"person Valid", 20},     {"unit Suspended", 1},   {"unit Valid", 3}};
  EXPECT_EQ(count, expected);
  EXPECT_EQ(desk.view.linked("calendar", "calendar_year", "2027").at(0)->data["estimate"], true);
  EXPECT_EQ(desk.view.linked("calendar", "calendar_year", "2026").at(0)->data["estimate"], false);
}

TEST(Import, every_bad_row_is_named_by_line_and_column) {
  const test::FakeView nothing;
  const Files files = {
      {"areas.csv", k_areas},
      {"units.csv", k_units + "91500230MADEMA11X1,市场,shop,t1,allowed\n91500230MADEMA12X2,加工厂,owner,t9,allowed\n"
                              "91500230madema01xb,又一个,owner,t1,allowed\n"},
      {"operators.csv",
       "name,id_number,certificate_no,issuer,class,issued_on,valid_until,review_due,status,unit\n"
       "甲,500230198604120315,T500230198604120315,应急,电焊,2025-02-30,2031-06-10,,valid,91500230MADEMA01XB\n"
       "乙,500230199107230425,T500230199107230425,应急,钎焊,2025-06-10,2025-06-01,,valid,91500230MADEMA01XB\n"
       "丙,500230197903050533,T500230197903050533,应急,钎焊,2025-06-10,2031-06-10,,lost,91500230MADEMA11X1\n"
       "丁,500230197903050534,T500230197903050534,应急,钎焊,2025-06-10,2031-06-10,,valid,91500230MADEMA99X0\n"},
      {"calendar.csv", "date,kind\n2026-01-01,holiday\n2026-01-01,holiday\n2027-13-01,holiday\n2028-01-01,party\n"}};
  const Import import = import_tables(files, nothing, system_actor());
  EXPECT_EQ(listed(import.errors),
            "units.csv:3 kind: is none of the permitted values\n"
            "units.csv:4 area: area names t9, which is not registered\n"
            "units.csv:5 credit_code: 91500230MADEMA01XB is already registered\n"
            "operators.csv:2 class: is none of the permitted values\n"
            "operators.csv:2 issued_on: is not a valid date or time\n"
            "operators.csv:3 valid_until: valid_until is an impossible time: 2025-06-01\n"
            "operators.csv:4 status: is none of the permitted values\n"
            "operators.csv:5 unit: unit names 91500230MADEMA99X0, which is not registered\n"
            "calendar.csv:3 date: occurs twice\n"
            "calendar.csv:4 date: is not a valid date\n"
            "calendar.csv:5 kind: is none of the permitted values\n");
}

TEST(Import, wrong_check_digits_are_kept_with_a_warning) {
  const test::FakeView nothing;
  const Files files = {
      {"areas.csv", k_areas},
      {"units.csv", "credit_code,name,kind,area,status\n91500230MADEMA01X0,工程队,contractor,t1,allowed\n"},
      {"fire_watches.csv",
       "name,id_number,unit,trained_on,training_valid_until\n"
       "甲,500230198604120310,91500230MADEMA01X0,2025-01-01,2030-01-01\n"}};
  const Import import = import_tables(files, nothing, system_actor());
  EXPECT_EQ(listed(import.errors), "");
  EXPECT_EQ(listed(import.warnings),
            "units.csv:2 credit_code: the credit code's check digit is wrong\n"
            "fire_watches.csv:2 id_number: the identity number's check digit is wrong\n");
  EXPECT_EQ(import.commands.size(), 5u) << "areas, unit, person and fire watch";
}

TEST(Import, an_area_s_packs_stand_in_one_field) {
  const test::FakeView nothing;
  const Files files = {{"areas.csv", "code,parent,name,level,packs\nc1,,县,county,\nt1,c1,镇,town,a; b\n"}};
  const Import import = import_tables(files, nothing, system_actor());
  ASSERT_EQ(listed(import.errors), "");
  EXPECT_FALSE(import.commands.front().payload.contains("packs"));
  EXPECT_EQ(import.commands.back().payload.at("packs"), (Json{"a", "b"}));
}

TEST(Import, byte_order_mark_and_gb18030_are_read) {
  const test::FakeView nothing;
  const std::string gb_name = "\xB3\xC7";  // 城
  const Files files = {
      {"areas.csv", "\xEF\xBB\xBF" + k_areas},
      {"units.csv", "credit_code,name,kind,area,status\r\n91500230MADEMA01XB," + gb_name + ",owner,t1,allowed\r\n"}};
  const Import import = import_tables(files, nothing, system_actor());
  ASSERT_EQ(listed(import.errors), "");
  EXPECT_EQ(import.commands.back().payload["name"], "城");
}

TEST(Import, wrong_headings_and_wrong_paths_are_named) {
  const test::FakeView nothing;
  const Import headings = import_tables({{"machines.csv", "code,kind,owner\nM1,x,y\n"}}, nothing, system_actor());
  EXPECT_GE(headings.errors.size(), 1u);
  EXPECT_TRUE(headings.commands.empty());
  for (const char* path : {SOURCE_DIR "/tests", SOURCE_DIR "/LICENSE", SOURCE_DIR "/no/such/units.csv"}) {
    const Import import = import_ledger(path, nothing, system_actor());
    ASSERT_EQ(import.errors.size(), 1u) << path;
    EXPECT_EQ(import.errors[0].code, Code::file_unreadable);
  }
}

TEST(Import, one_file_refers_to_what_is_stored) {
  test::FakeView view;
  view.area("t1", "");
  const Import import = import_tables({{"units.csv", k_units}}, view, system_actor());
  EXPECT_EQ(listed(import.errors), "");
  EXPECT_EQ(import.commands.size(), 1u);
}

}  // namespace
}  // namespace sparkgate::admin
