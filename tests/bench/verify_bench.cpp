// Verification of evidence bundles: verify_bench [entries]. One permit with that many rounds of its fire watch; entries
// a second with everything checked but people's signatures.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/support/evidence_desk.h"

namespace sparkgate::test {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int bench(size_t entries) {
  Town town;
  EvidenceDesk desk(town);
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  while (town.get(id)->version < static_cast<int64_t>(entries)) town.must("fire_watch", id, "round");
  const std::string archive = archive_of(desk.bundle(id));
  constexpr int k_rounds = 5;
  double best = 0;
  for (int round = 0; round < k_rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    const auto verdict = judge(archive, desk.trust());
    const double took = seconds_since(start);
    if (!verdict || verdict->integrity() != "valid") {
      std::printf("not valid: %s\n", outcome(verdict).c_str());
      return 1;
    }
    best = std::max(best, static_cast<double>(entries) / took);
  }
  std::printf("verify %zu entries, %zu bytes: %.0f entries/s\n", entries, archive.size(), best);
  return 0;
}

}  // namespace
}  // namespace sparkgate::test

int main(int argc, char** argv) { return sparkgate::test::bench(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2000); }
