// PKCS#11 as owners and values: modules, a session of a token, its objects. For certs/pkcs11.cpp alone.
#pragma once

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#include <string>
#include <string_view>
#include <vector>

#include "certs/openssl_ptr.h"

namespace sparkgate {

using Pkcs11Uri = Owned<P11KitUri, p11_kit_uri_free>;

/// One module by its path, or all that p11-kit is configured with. p11-kit counts who uses a module, so that several
/// keys, and other libraries of this process, share it.
class Modules {
 public:
  explicit Modules(const char* path);
  Modules(const Modules&) = delete;
  ~Modules();
  std::vector<CK_FUNCTION_LIST*> list() const;

 private:
  CK_FUNCTION_LIST* one_ = nullptr;
  CK_FUNCTION_LIST** all_ = nullptr;
};

struct TokenPlace {
  CK_FUNCTION_LIST* module;
  CK_SLOT_ID slot;
};

/// The tokens present now that the URI fits.
std::vector<TokenPlace> tokens_of(const Modules& modules, P11KitUri* uri);

/// Not "Session": that is an account's, in the same namespace. What it could not do, `status` tells.
class TokenSession {
 public:
  explicit TokenSession(const TokenPlace& place);
  TokenSession(const TokenSession&) = delete;
  ~TokenSession();
  /// Of the last call that failed; CKR_OK before.
  CK_RV status() const { return status_; }
  bool log_in(std::string_view pin);
  std::vector<CK_OBJECT_HANDLE> find(std::vector<CK_ATTRIBUTE> wanted);
  /// "" when the object does not tell it.
  std::string attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
  /// "" when the token refuses.
  std::string sign(CK_OBJECT_HANDLE key, CK_MECHANISM_TYPE mechanism, std::string_view data);

 private:
  bool ok(CK_RV status);
  CK_FUNCTION_LIST* module_;
  CK_SESSION_HANDLE handle_ = CK_INVALID_HANDLE;
  CK_RV status_ = CKR_OK;
};

}  // namespace sparkgate
