// Keys in a token, against SoftHSM2.
#include <gtest/gtest.h>
#include <p11-kit/p11-kit.h>

#include "certs/keys.h"
#include "engine/base/codes.h"
#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

namespace sparkgate {
namespace {

constexpr const char* k_pin = "31415926";

// Where Debian and its derivatives put the module.
std::string module_path() {
  for (const char* path : {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                           "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"}) {
    if (std::filesystem::exists(path)) return path;
  }
  return "";
}

class Pkcs11 : public testing::Test {
 protected:
  void SetUp() override {
    if (module_path().empty() || !test::has_program("softhsm2-util")) GTEST_SKIP() << "softhsm2 is not installed";
    std::filesystem::create_directory(folder_.path() / "tokens");
    const auto config = test::write_file(folder_.path() / "softhsm2.conf",
                                         "directories.tokendir = " + (folder_.path() / "tokens").string() + "\n");
    ::setenv("SOFTHSM2_CONF", config.c_str(), 1);
    utility("--init-token --free --label office --so-pin 27182818");
  }

  void utility(const std::string& arguments) {
    const auto ran = test::run("softhsm2-util " + arguments + " --pin " + k_pin);
    ASSERT_EQ(ran.status, 0) << ran.output;
  }

  PrivateKey import(KeyType type, const std::string& label, const std::string& id) {
    auto key = PrivateKey::generate(type);
    const auto file = folder_.path() / (label + id);
    EXPECT_TRUE(key.save(file));
    utility("--import '" + file.string() + "' --token office --force --label " + label + " --id " + id);
    return key;
  }

  static std::string uri(const std::string& what, const std::string& pin = std::string("pin-value=") + k_pin) {
    return "pkcs11:token=office;" + what + "?module-path=" + module_path() + "&" + pin;
  }

  static std::string refusal_of(const std::string& uri) {
    const auto key = PrivateKey::load(uri);
    if (key) return "";
    EXPECT_EQ(describe(key.error()).find(k_pin), std::string::npos) << "the PIN is told to nobody";
    return std::string(refusal_row(key.error().code).name);
  }

  test::TempFolder folder_;
};

TEST_F(Pkcs11, key_signs_without_leaving_its_token) {
  for (const KeyType type : {KeyType::ed25519, KeyType::p256}) {
    const std::string label(name_of(type));
    const auto original = import(type, label, type == KeyType::p256 ? "02" : "01");
    const auto key = PrivateKey::load(uri("object=" + label));
    ASSERT_TRUE(key) << describe(key.error());
    EXPECT_EQ(key->public_key().type(), type);
    EXPECT_EQ(key->public_key().raw(), original.public_key().raw());
    for (const std::string& message : {std::string(), std::string("动火"), std::string(100'000, 'm')}) {
      EXPECT_TRUE(original.public_key().verify(message, key->sign(message).value()));
    }
    const auto saved = key->save(folder_.path() / "stolen");
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, Code::file_unwritable);
  }
}

TEST_F(Pkcs11, pin_comes_from_a_file_that_nobody_else_reads) {
  import(KeyType::ed25519, "log", "01");
  const auto file = test::write_file(folder_.path() / "pin", std::string(k_pin) + "\n");
  EXPECT_EQ(refusal_of(uri("object=log", "pin-source=" + file.string())), "");
  EXPECT_EQ(refusal_of(uri("object=log", "pin-source=file:" + file.string())), "");
  EXPECT_EQ(refusal_of(uri("object=log", "pin-source=file://" + file.string())), "");
  std::filesystem::permissions(file, std::filesystem::perms(0640));
  EXPECT_EQ(refusal_of(uri("object=log", "pin-source=" + file.string())), "key_exposed");
}

TEST_F(Pkcs11, key_that_cannot_be_had_is_refused) {
  import(KeyType::ed25519, "log", "01");
  EXPECT_EQ(refusal_of(uri("object=log")), "");
  EXPECT_EQ(refusal_of(uri("object=log", "pin-value=0000")), "key_unreadable");
  EXPECT_EQ(refusal_of(uri("object=other")), "key_unreadable");
  EXPECT_EQ(refusal_of("pkcs11:token=elsewhere;object=log?module-path=" + module_path()), "key_unreadable");
  EXPECT_EQ(refusal_of("pkcs11:token=office;object=log?module-path=/absent.so"), "key_unreadable");
  EXPECT_EQ(refusal_of("pkcs11:unheard-of=1"), "key_unreadable");
  EXPECT_EQ(refusal_of("pkcs11:token=%"), "key_unreadable");
}

TEST_F(Pkcs11, uri_names_one_key) {
  const auto first = import(KeyType::ed25519, "log", "01");
  import(KeyType::ed25519, "log", "02");
  EXPECT_EQ(refusal_of(uri("object=log")), "key_unreadable");
  const auto key = PrivateKey::load(uri("object=log;id=%01"));
  ASSERT_TRUE(key) << describe(key.error());
  EXPECT_EQ(key->public_key().raw(), first.public_key().raw());
}

TEST_F(Pkcs11, key_of_another_kind_is_refused) {
  const auto file = folder_.path() / "rsa";
  ASSERT_EQ(
      test::run("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out '" + file.string() + "'").status, 0);
  utility("--import '" + file.string() + "' --token office --label rsa --id 01");
  EXPECT_EQ(refusal_of(uri("object=rsa")), "key_invalid");
}

TEST_F(Pkcs11, key_signs_again_when_its_session_was_lost) {
  const auto original = import(KeyType::p256, "log", "01");
  const auto key = PrivateKey::load(uri("object=log"));
  ASSERT_TRUE(key) << describe(key.error());
  CK_FUNCTION_LIST* module = p11_kit_module_load(module_path().c_str(), P11_KIT_MODULE_UNMANAGED);
  ASSERT_TRUE(module);
  CK_SLOT_ID slots[2];
  CK_ULONG count = 2;
  ASSERT_EQ(module->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
  for (CK_ULONG i = 0; i < count; ++i) ASSERT_EQ(module->C_CloseAllSessions(slots[i]), CKR_OK);
  const auto signature = key->sign("m");
  ASSERT_TRUE(signature) << describe(signature.error());
  EXPECT_TRUE(original.public_key().verify("m", *signature));
  p11_kit_module_release(module);
}

TEST_F(Pkcs11, key_whose_token_is_gone_says_so) {
  import(KeyType::ed25519, "log", "01");
  const auto key = PrivateKey::load(uri("object=log"));
  ASSERT_TRUE(key) << describe(key.error());
  std::filesystem::remove_all(folder_.path() / "tokens");
  const auto signature = key->sign("m");
  ASSERT_FALSE(signature);
  EXPECT_EQ(signature.error().code, Code::signing_failed);
}

}  // namespace
}  // namespace sparkgate
