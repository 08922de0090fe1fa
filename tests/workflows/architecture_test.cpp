// The diagram in ARCHITECTURE.md is made from the transition table. SPARKGATE_UPDATE_GOLDEN=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "workflows/diagram.h"
#include "workflows/hot_work_permit/description.h"

namespace sparkgate {
namespace {

TEST(Architecture, shows_the_permit_s_lifecycle_as_the_table_has_it) {
  const std::string path = std::string(SOURCE_DIR) + "/ARCHITECTURE.md";
  std::stringstream file;
  file << std::ifstream(path).rdbuf();
  const std::string text = file.str(), open = "<!-- diagram -->\n", close = "<!-- /diagram -->";
  const size_t from = text.find(open) + open.size(), to = text.find(close);
  ASSERT_LE(from, to);
  const std::string wanted = "```mermaid\n" + diagram(permit::make_description()) + "```\n";
  if (std::getenv("SPARKGATE_UPDATE_GOLDEN")) std::ofstream(path) << text.substr(0, from) << wanted << text.substr(to);
  EXPECT_EQ(text.substr(from, to - from), wanted);
}

}  // namespace
}  // namespace sparkgate
