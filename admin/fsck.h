// `sparkgate fsck`: rebuilds everything of a data directory from its entries and says what differs. Changes nothing.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace sparkgate::admin {

struct FsckOptions {
  std::string data = "./data";
  std::string high_water;         // file of the mark; "": data/high_water
  std::vector<std::string> keys;  // verifier keys of the logs; none: the one that the data names
  bool json = false;
};

/// 0: all is whole; 1: problems, each named; 2: there is no usable data directory; 64: a key is none.
int fsck(const FsckOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
