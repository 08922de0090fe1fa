#include "certs/secret_memory.h"

#include <openssl/crypto.h>

#include <new>

namespace sparkgate {
namespace {

constexpr size_t k_locked_bytes = 256 * 1024;  // well below the 8 MiB that Debian lets a process lock
constexpr size_t k_least_bytes = 32;
constexpr size_t k_most_bytes = 1024;  // what is longer is text or a piece of a file, and would use it up
constexpr int k_is_locked = 1;         // 2: set aside, but the system would not lock it

}  // namespace

bool lock_secret_memory() { return CRYPTO_secure_malloc_init(k_locked_bytes, k_least_bytes) == k_is_locked; }

void* allocate_secret(size_t bytes) {
  void* memory = bytes <= k_most_bytes ? OPENSSL_secure_malloc(bytes) : nullptr;
  if (!memory) memory = OPENSSL_malloc(bytes);
  if (!memory && bytes > 0) throw std::bad_alloc();
  return memory;
}

// Overwrites, wherever it came from.
void free_secret(void* memory, size_t bytes) { OPENSSL_secure_clear_free(memory, bytes); }

}  // namespace sparkgate
