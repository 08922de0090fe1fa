// Memory of secrets: overwritten when it goes, and kept out of swap and core dumps once that is asked for.
#pragma once

#include <cstddef>
#include <memory>

namespace sparkgate {

/// From now on small secrets (keys, peppers, passphrases; OpenSSL's own copies of private keys too) lie in memory that
/// is locked, as far as it reaches: for ten thousand sessions, beside what OpenSSL needs for the threads of a full
/// server; what comes beyond that lies where it may be swapped out. False where the system lets too little be locked:
/// all of it lies there. Once a process, before it has threads.
bool lock_secret_memory();

void* allocate_secret(size_t bytes);
void free_secret(void* memory, size_t bytes);

template <class T>
struct WipingAllocator : std::allocator<T> {
  T* allocate(size_t count) { return static_cast<T*>(allocate_secret(count * sizeof(T))); }
  void deallocate(T* memory, size_t count) { free_secret(memory, count * sizeof(T)); }
};

}  // namespace sparkgate
