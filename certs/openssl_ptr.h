// Owners of OpenSSL's objects. For this room's own files.
#pragma once

#include <memory>

namespace sparkgate {

template <auto Free>
struct OpensslFree {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

/// Owned<EVP_PKEY, EVP_PKEY_free>: empty when OpenSSL gave nothing.
template <class T, auto Free>
using Owned = std::unique_ptr<T, OpensslFree<Free>>;

}  // namespace sparkgate
