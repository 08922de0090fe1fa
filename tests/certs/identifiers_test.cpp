#include "certs/identifiers.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

TEST(Identifiers, id_number_needs_its_check_character) {
  EXPECT_TRUE(is_id_number("11010519491231002X"));  // the standard's own example
  EXPECT_TRUE(is_id_number("11010519491231002x"));
  EXPECT_FALSE(is_id_number("110105194912310021"));
  EXPECT_FALSE(is_id_number("11010519491231020X")) << "two digits exchanged";
  for (const char* text :
       {"", "11010519491231002", "11010519491231002XX", "1101051949123100AX", "X1010519491231002X"}) {
    EXPECT_FALSE(is_id_number(text)) << text;
  }
}

TEST(Identifiers, credit_code_needs_its_check_character) {
  EXPECT_TRUE(is_credit_code("91500230MAGY5M8LN6"));
  EXPECT_TRUE(is_credit_code("91500230magy5m8ln6"));
  EXPECT_FALSE(is_credit_code("91500230MAGY5M8LN7"));
  for (const char* text :
       {"", "91500230MAGY5M8LN", "91500230MAGY5M8LN66", "91500230MAGI5M8LN6", "91500230MAGZ5M8LN6"}) {
    EXPECT_FALSE(is_credit_code(text)) << text;
  }
}

TEST(Identifiers, certificate_number_holds_an_id_number) {
  EXPECT_EQ(id_number_in_certificate("t11010519491231002x"), "11010519491231002X");
  for (const char* text : {"", "11010519491231002X", "T11010519491231002", "S11010519491231002X"}) {
    EXPECT_EQ(id_number_in_certificate(text), "") << text;
  }
  EXPECT_EQ(normal_identifier("sl-wm-0001x"), "SL-WM-0001X");
}

}  // namespace
}  // namespace sparkgate
