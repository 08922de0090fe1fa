#include "certs/receipt_code.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/certs/given_random.h"
#include "tests/support/fake_clock.h"

namespace sparkgate {
namespace {

using test::counting;
using test::SeededRandom;

constexpr std::string_view k_code = "0123-4567-89AB-CDEF-GHJKH";  // its check symbol by vectors.py
constexpr std::string_view k_plain = "0123456789ABCDEFGHJK";

std::string read(std::string_view text) {
  const auto code = ReceiptCode::parse(text);
  return code ? std::string(code->symbols()) : "";
}

TEST(ReceiptCode, is_20_symbols_of_five_random_bits_and_a_check_symbol) {
  test::GivenRandom random(counting(0xe0, 19) + '\x13');
  const auto code = ReceiptCode::generate(random);
  EXPECT_EQ(code.symbols(), "0123456789ABCDEFGHJK");
  EXPECT_EQ(code.text().view(), k_code);
  EXPECT_TRUE(random.is_used_up());
}

TEST(ReceiptCode, is_read_as_it_is_written) {
  SeededRandom random;
  std::set<char> checks;
  for (int round = 0; round < 1000; ++round) {
    const auto code = ReceiptCode::generate(random);
    const SecretBytes text = code.text();
    EXPECT_EQ(read(text.view()), code.symbols());
    checks.insert(text.view().back());
  }
  EXPECT_EQ(checks.size(), 37u) << "each check symbol is met";
}

TEST(ReceiptCode, is_read_as_people_type_it) {
  const std::string_view forms[] = {"0123456789ABCDEFGHJKH",
                                    "0123-4567-89ab-cdef-ghjkh",
                                    "  0123 4567 89AB CDEF GHJK H\r\n",
                                    "oL23-4567-89AB-CDEF-GHJKH",
                                    "Oi23 4567-89AB--CDEF - GHJK-h",
                                    "0I23456789abcdefghjk\th",
                                    "０１２３－４５６７－８９ＡＢ－ＣＤＥＦ－ＧＨＪＫＨ",
                                    "ｏｌ２３　4567　89ab　cdef　ghjkh",
                                    "0123–4567—89AB−CDEF‐GHJKH",
                                    "0123\u00a04567\u200989AB CDEF GHJKH"};
  for (const std::string_view form : forms) EXPECT_EQ(read(form), k_plain) << form;
}

TEST(ReceiptCode, is_not_read_from_anything_else) {
  const std::string long_gap(300, ' ');
  const std::string forms[] = {"",
                               "0123-4567-89AB-CDEF-GHJK",
                               "0123-4567-89AB-CDEF-GHJKHH",
                               "0123-4567-89AB-CDEF-GHJ.H",
                               "0123-4567-89AB-CDEF-GHJUH",
                               "0123_4567_89AB_CDEF_GHJKH",
                               "*123-4567-89AB-CDEF-GHJKH",
                               "0123-4567-89AB-CDEF-GHJK\u0125",
                               "0123-4567-89AB-CDEF-GHJKH" + std::string(1, '\0'),
                               "0123-4567-89AB-CDEF-GHJK\xff",
                               "0123-4567-89AB-CDEF-GHJKH" + long_gap};
  for (const std::string& form : forms) EXPECT_EQ(read(form), "") << form;
}

TEST(ReceiptCode, no_wrong_symbol_is_read) {
  const std::string symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
  for (size_t at = 0; at <= k_plain.size(); ++at) {
    for (const char wrong : symbols) {
      std::string text = std::string(k_plain) + 'H';
      if (text[at] == wrong) continue;
      text[at] = wrong;
      EXPECT_EQ(read(text), "") << text;
    }
  }
}

TEST(ReceiptCode, no_two_symbols_that_changed_places_are_read) {
  for (size_t at = 0; at + 1 <= k_plain.size(); ++at) {
    std::string text = std::string(k_plain) + 'H';
    std::swap(text[at], text[at + 1]);
    EXPECT_EQ(read(text), "") << text;
  }
}

TEST(ReceiptCode, bytes_that_chance_made_are_read_once_in_many) {
  SeededRandom random(3);
  for (int round = 0; round < 20000; ++round) {
    const std::string bytes = random.bytes(static_cast<size_t>(round % 60));
    const auto code = ReceiptCode::parse(bytes);
    if (code) {
      EXPECT_EQ(read(code->text().view()), code->symbols());
    }
    find_receipt_code(bytes);
    EXPECT_FALSE(holds_receipt_code(bytes, ReceiptCode::parse(k_code).value()));
  }
  int read_by_chance = 0;
  for (int round = 0; round < 37000; ++round) {
    const SecretBytes symbols = random_symbols(21, random);
    read_by_chance += read(symbols.view()).empty() ? 0 : 1;
  }
  EXPECT_NEAR(read_by_chance, 1000, 150);  // one in 37
}

std::string found_in(std::string_view text) {
  const auto code = find_receipt_code(text);
  return code ? std::string(code->symbols()) : "";
}

TEST(ReceiptCode, is_found_where_it_was_pasted) {
  for (const std::string_view text :
       {"0123-4567-89AB-CDEF-GHJKH", "我的回执码是0123-4567-89AB-CDEF-GHJKH，谢谢", "code=0123 4567 89ab cdef ghjkh.",
        "(0123456789ABCDEFGHJKH)", "see 0123-4567-89AB-CDEF-GHJK-H!", "a\n0123 - 4567\n89AB CDEF\r\n GHJK H\nb",
        "1111-2222-3333-4444-55555 and 0123-4567-89AB-CDEF-GHJKH",
        "码：０１２３－４５６７－８９ＡＢ－ＣＤＥＦ－ＧＨＪＫＨ",
        "\xff\xfe"
        "0123-4567-89AB-CDEF-GHJKH\xe4",
        "x 0123 0123 4567 89AB CDEF GHJKH"}) {
    EXPECT_EQ(found_in(text), k_plain) << text;
  }
}

TEST(ReceiptCode, is_found_only_where_one_stands) {
  for (const std::string_view text :
       {"", "0123-4567-89AB-CDEF-GHJK", "0123-4567-89AB-CDEF-GHJKM", "0123-4567-89AB-CDEF-GHJKHX",
        "X0123-4567-89AB-CDEF-GHJKH", "0123.4567.89AB.CDEF.GHJKH", "01-23-4567-89AB-CDEF-GHJKH",
        "There was no permit and no fire watch when they cut the old pipes on the third floor yesterday."}) {
    EXPECT_EQ(found_in(text), "") << text;
  }
}

TEST(ReceiptCode, of_ones_own_is_found_however_it_is_broken_up) {
  const auto code = ReceiptCode::parse(k_code).value();
  for (const std::string_view text :
       {"0123-4567-89AB-CDEF-GHJK", "xx01.23/45,67;89ab…cdef ghjk yy", "o1 2 3 4 5 6 7 8 9 a b c d e f g h j k",
        "0123456789ABCDEFGHJKH", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫ"}) {
    EXPECT_TRUE(holds_receipt_code(text, code)) << text;
  }
  for (const std::string_view text : {"", "0123-4567-89AB-CDEF-GHJ", "1123-4567-89AB-CDEF-GHJKH", "无证动火"}) {
    EXPECT_FALSE(holds_receipt_code(text, code)) << text;
  }
}

}  // namespace
}  // namespace sparkgate
