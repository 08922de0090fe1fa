// Who may do what in which state, as a table that a fire officer can read, kept beside the tests.
#pragma once

#include "tests/support/town.h"

namespace sparkgate::test {

/// What the marks in a table mean, in both languages.
std::string cells_legend();

/// The table of one instance as it is now: a row an event, a column an account of the demo.
std::string cells_of(Town& town, const std::string& id);

/// Compares with the file (path from the source folder). SPARKGATE_UPDATE_GOLDEN=1 writes it anew.
void expect_golden(const std::string& file, const std::string& now);

}  // namespace sparkgate::test
