#include "certs/cryptoki.h"

#include <algorithm>

namespace sparkgate {
namespace {

constexpr CK_ULONG k_max_found = 16;
constexpr CK_ULONG k_max_value_bytes = 65536;

CK_BYTE* bytes(std::string_view text) { return reinterpret_cast<CK_BYTE*>(const_cast<char*>(text.data())); }

bool fits(CK_FUNCTION_LIST* module, P11KitUri* uri) {
  CK_INFO info;
  return module->C_GetInfo(&info) == CKR_OK && p11_kit_uri_match_module_info(uri, &info) == 1;
}

}  // namespace

Modules::Modules(const char* path) {
  if (!path) {
    all_ = p11_kit_modules_load_and_initialize(0);
    return;
  }
  one_ = p11_kit_module_load(path, 0);
  if (one_ && p11_kit_module_initialize(one_) != CKR_OK) {
    p11_kit_module_release(one_);
    one_ = nullptr;
  }
}

Modules::~Modules() {
  if (all_) p11_kit_modules_finalize_and_release(all_);
  if (!one_) return;
  p11_kit_module_finalize(one_);
  p11_kit_module_release(one_);
}

std::vector<CK_FUNCTION_LIST*> Modules::list() const {
  std::vector<CK_FUNCTION_LIST*> out;
  if (one_) out.push_back(one_);
  for (auto** module = all_; module && *module; ++module) out.push_back(*module);
  return out;
}

std::vector<TokenPlace> tokens_of(const Modules& modules, P11KitUri* uri) {
  std::vector<TokenPlace> out;
  for (CK_FUNCTION_LIST* module : modules.list()) {
    CK_ULONG count = 0;
    if (!fits(module, uri) || module->C_GetSlotList(CK_TRUE, nullptr, &count) != CKR_OK) continue;
    std::vector<CK_SLOT_ID> slots(count);
    if (module->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) continue;
    slots.resize(std::min<size_t>(slots.size(), count));
    for (const CK_SLOT_ID slot : slots) {
      CK_TOKEN_INFO info;
      if (module->C_GetTokenInfo(slot, &info) != CKR_OK || !(info.flags & CKF_TOKEN_INITIALIZED)) continue;
      if (p11_kit_uri_match_token_info(uri, &info) == 1) out.push_back({module, slot});
    }
  }
  return out;
}

TokenSession::TokenSession(const TokenPlace& place) : module_(place.module) {
  ok(module_->C_OpenSession(place.slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle_));
}

TokenSession::~TokenSession() {
  if (handle_ != CK_INVALID_HANDLE) module_->C_CloseSession(handle_);
}

bool TokenSession::ok(CK_RV status) {
  if (status != CKR_OK) status_ = status;
  return status == CKR_OK;
}

bool TokenSession::log_in(std::string_view pin) {
  const CK_RV status = module_->C_Login(handle_, CKU_USER, bytes(pin), pin.size());
  return status == CKR_USER_ALREADY_LOGGED_IN || ok(status);  // a login counts for the whole process
}

std::vector<CK_OBJECT_HANDLE> TokenSession::find(std::vector<CK_ATTRIBUTE> wanted) {
  std::vector<CK_OBJECT_HANDLE> found(k_max_found);
  CK_ULONG count = 0;
  if (!ok(module_->C_FindObjectsInit(handle_, wanted.data(), wanted.size()))) return {};
  ok(module_->C_FindObjects(handle_, found.data(), k_max_found, &count));
  ok(module_->C_FindObjectsFinal(handle_));
  found.resize(count);
  return found;
}

std::string TokenSession::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  CK_ATTRIBUTE asked{type, nullptr, 0};
  if (!ok(module_->C_GetAttributeValue(handle_, object, &asked, 1)) || asked.ulValueLen > k_max_value_bytes) return "";
  std::string value(asked.ulValueLen, '\0');
  asked.pValue = value.data();
  if (!ok(module_->C_GetAttributeValue(handle_, object, &asked, 1)) || asked.ulValueLen > value.size()) return "";
  value.resize(asked.ulValueLen);
  return value;
}

std::string TokenSession::sign(CK_OBJECT_HANDLE key, CK_MECHANISM_TYPE mechanism, std::string_view data) {
  CK_MECHANISM how{mechanism, nullptr, 0};
  std::string signature(128, '\0');
  CK_ULONG size = signature.size();
  if (!ok(module_->C_SignInit(handle_, &how, key)) ||
      !ok(module_->C_Sign(handle_, bytes(data), data.size(), bytes(signature), &size))) {
    return "";
  }
  signature.resize(size);
  return signature;
}

}  // namespace sparkgate
