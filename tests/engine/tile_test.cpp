#include "engine/journal/tile.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"

namespace sparkgate::journal {
namespace {

constexpr int k_entries = TileName::k_entries;

struct Spelling {
  TileName name;
  const char* path;
};
const Spelling k_spellings[] = {
    {{0, 0, 256}, "0/000"},
    {{0, 273, 112}, "0/273.p/112"},  // the tree of 70,000 entries of C2SP tlog-tiles
    {{1, 0, 256}, "1/000"},
    {{1, 1, 17}, "1/001.p/17"},
    {{2, 0, 1}, "2/000.p/1"},
    {{0, 999, 256}, "0/999"},
    {{0, 1000, 255}, "0/x001/000.p/255"},
    {{0, 1234067, 256}, "0/x001/x234/067"},
    {{63, 1, 256}, "63/001"},
    {{k_entries, 0, 256}, "entries/000"},
    {{k_entries, 1234067, 8}, "entries/x001/x234/067.p/8"},
    {{3, UINT64_MAX, 256}, "3/x018/x446/x744/x073/x709/x551/615"},
};

TEST(Tile, names_are_written_and_read_as_the_specification_spells_them) {
  for (const auto& [name, path] : k_spellings) {
    EXPECT_EQ(tile_path(name), path);
    EXPECT_EQ(parse_tile_path(path), name) << path;
  }
}

TEST(Tile, a_second_spelling_or_no_tile_at_all_is_nothing) {
  for (const char* path : {"",
                           "/",
                           "0",
                           "0/",
                           "0/0",
                           "0/00",
                           "0/0000",
                           "0/1234",
                           "00/000",
                           "01/000",
                           "64/000",
                           "-1/000",
                           "+1/000",
                           "0x1/000",
                           "18446744073709551616/000",
                           "0/x000/000",
                           "0/x000/001",
                           "0/x001",
                           "0/x001/",
                           "0/x001/x234",
                           "0/001/234",
                           "0/x1/234",
                           "0/X001/234",
                           "0//000",
                           "/0/000",
                           "0/000/",
                           "0/ 00",
                           "0/00a",
                           "0/-01",
                           "0/x018/x446/x744/x073/x709/x551/616",
                           "0/x999/x999/x999/x999/x999/x999/x999/x999/999",
                           "0/000.p",
                           "0/000.p/",
                           "0/000.p/0",
                           "0/000.p/00",
                           "0/000.p/01",
                           "0/000.p/256",
                           "0/000.p/-1",
                           "0/000.p/1/",
                           "0/000.p/1.p/1",
                           "0/.p/1",
                           "0.p/1",
                           ".p/1/000",
                           "Entries/000",
                           "entries",
                           "entries/",
                           "entries/0",
                           "data/000",
                           "0/000\n",
                           "0/\xef\xbc\x90\xef\xbc\x90\xef\xbc\x90"}) {
    EXPECT_FALSE(parse_tile_path(path)) << path;
  }
  EXPECT_FALSE(parse_tile_path(std::string_view("0/000\0", 6)));
  std::string endless = "0/";
  for (int i = 0; i < 100'000; ++i) endless += "x000/";
  EXPECT_FALSE(parse_tile_path(endless + "000"));
}

TEST(Tile, bundles_of_entries_read_back) {
  const std::vector<std::string> entries = {"", "a", std::string(256, 'b'), std::string(65535, 'c')};
  EXPECT_EQ(entry_bundle({"a", "bc"}), std::string("\0\1a\0\2bc", 7));
  EXPECT_EQ(parse_entry_bundle(entry_bundle(entries)).value(), entries);
  EXPECT_TRUE(parse_entry_bundle("").value().empty());
}

TEST(Tile, a_bundle_cut_short_anywhere_within_an_entry_is_refused) {
  const std::string whole = entry_bundle({"abc", std::string(300, 'd')});
  for (size_t length = 0; length < whole.size(); ++length) {
    const bool between_entries = length == 0 || length == 5;
    const auto read = parse_entry_bundle(std::string_view(whole).substr(0, length));
    EXPECT_EQ(read.has_value(), between_entries) << length;
    EXPECT_TRUE(read || read.error().code == Code::log_broken);
  }
}

}  // namespace
}  // namespace sparkgate::journal
