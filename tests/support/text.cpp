#include "tests/support/text.h"

namespace sparkgate::test {

std::string trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  return first == text.npos ? "" : text.substr(first, last - first + 1);
}

}  // namespace sparkgate::test
