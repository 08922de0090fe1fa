// Cells of the tables that tests read.
#pragma once

#include <string>

namespace sparkgate::test {

/// Without blanks around it.
std::string trimmed(const std::string& text);

}  // namespace sparkgate::test
