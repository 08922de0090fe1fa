#include "certs/secret_memory.h"

#include <openssl/crypto.h>

#include <new>

namespace sparkgate {
namespace {

// Below the 8 MiB that Debian lets a process lock. OpenSSL takes of it too: 512 bytes for each thread that draws random
// numbers, and where it finds none left it gives none. So this room's own secrets leave it one half.
constexpr size_t k_locked_bytes = 4 * 1024 * 1024;
constexpr size_t k_own_bytes = k_locked_bytes / 2;
constexpr size_t k_least_bytes = 32;
constexpr size_t k_most_bytes = 1024;  // what is longer is text or a piece of a file, and would use it up
constexpr int k_is_locked = 1;         // 2: set aside, but the system would not lock it

// What is used is asked for only where there is such memory: CRYPTO_secure_used dereferences a lock that is not there.
bool has_room_for(size_t bytes) {
  return bytes <= k_most_bytes && CRYPTO_secure_malloc_initialized() == 1 && CRYPTO_secure_used() < k_own_bytes;
}

}  // namespace

bool lock_secret_memory() { return CRYPTO_secure_malloc_init(k_locked_bytes, k_least_bytes) == k_is_locked; }

void* allocate_secret(size_t bytes) {
  void* memory = has_room_for(bytes) ? OPENSSL_secure_malloc(bytes) : nullptr;
  if (!memory) memory = OPENSSL_malloc(bytes);
  if (!memory && bytes > 0) throw std::bad_alloc();
  return memory;
}

// Overwrites, wherever it came from.
void free_secret(void* memory, size_t bytes) { OPENSSL_secure_clear_free(memory, bytes); }

}  // namespace sparkgate
