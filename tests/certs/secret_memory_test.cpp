#include "certs/secret_memory.h"

#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "certs/keys.h"
#include "certs/source_keys.h"

namespace sparkgate {
namespace {

constexpr size_t k_sessions = 10'000;  // that whoever reports may have at a time
constexpr int k_threads = 1'228;       // of a server with all the connections that it takes, and those it turns away

// Both of a thread's generators: the one for what others may see, and the one for keys.
bool draws_random_numbers() {
  try {
    SystemRandom().bytes(32);
    PrivateKey::generate(KeyType::p256);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

// OpenSSL keeps each thread's generator in the same memory; where it finds none left, nothing can be answered any more.
int threads_without_random_numbers() {
  std::vector<SourceKeys> sessions;
  SystemRandom random;
  for (size_t i = 0; i < k_sessions; ++i) sessions.push_back(SourceKeys::derive(ReceiptCode::generate(random), "salt"));
  std::vector<SecretBytes> others;
  for (size_t i = 0; i < 100'000; ++i) others.emplace_back(32);
  std::atomic<int> failed = 0;
  std::barrier together(k_threads);
  std::vector<std::jthread> threads;
  for (int i = 0; i < k_threads; ++i) {
    threads.emplace_back([&] {
      if (!draws_random_numbers()) ++failed;
      together.arrive_and_wait();  // each generator stays until its thread ends
    });
  }
  threads.clear();
  return failed;
}

// In a process of its own: memory is locked once and for all.
TEST(SecretMemoryDeathTest, is_never_so_full_that_a_thread_has_no_random_numbers) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto lock_and_fill = [] {
    lock_secret_memory();
    const int failed = threads_without_random_numbers();
    std::fprintf(stderr, "without: %d", failed);
    std::exit(failed == 0 ? 0 : 1);
  };
  EXPECT_EXIT(lock_and_fill(), testing::ExitedWithCode(0), "without: 0");
}

}  // namespace
}  // namespace sparkgate
