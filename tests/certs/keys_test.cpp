#include "certs/keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "engine/base/codes.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_keys.h"

namespace sparkgate {
namespace {

using test::content_of;
using test::ed25519_of;
using test::ed25519_pem;
using test::TempFolder;
using test::write_file;

constexpr KeyType k_types[] = {KeyType::ed25519, KeyType::p256, KeyType::sm2};

std::string refusal_of(const Result<PrivateKey>& key) {
  return key ? "" : std::string(refusal_row(key.error().code).name);
}

TEST(Keys, ed25519_agrees_with_rfc8032) {
  struct Row {
    const char *seed, *public_key, *message, *signature;
  };
  constexpr Row k_rows[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2"
       "4"
       "655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302ae"
       "e"
       "b00d291612bb0c00"},
  };
  for (const Row& row : k_rows) {
    const auto key = ed25519_of(row.seed);
    EXPECT_EQ(hex(key.public_key().raw()), row.public_key);
    EXPECT_EQ(hex(key.sign(*from_hex(row.message)).value()), row.signature);
  }
}

TEST(Keys, sm2_agrees_with_the_example_of_its_standard) {
  const std::filesystem::path vector =
      std::filesystem::path(SOURCE_DIR) / "../shared/vectors/sm2/gmt0003-5-appendix-a.json";
  if (!std::filesystem::exists(vector)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/sm2";
  const Json v = parse_json(content_of(vector)).value();
  const auto bytes = [&](const char* name) { return from_hex(v.at(name).get<std::string>()).value(); };
  const std::string point = "\x04" + bytes("pub_x") + bytes("pub_y");
  const std::string message = v.at("message_ascii"), signature = der_signature(bytes("r") + bytes("s"));
  EXPECT_TRUE(PublicKey::from_raw(KeyType::sm2, point, v.at("distid").get<std::string>())->verify(message, signature));
  EXPECT_TRUE(PublicKey::from_raw(KeyType::sm2, point)->verify(message, signature)) << "the default identifier";
  EXPECT_FALSE(PublicKey::from_raw(KeyType::sm2, point, "")->verify(message, signature)) << "OpenSSL's default";
  EXPECT_FALSE(PublicKey::from_raw(KeyType::sm2, point, "ALICE123@YAHOO.COM")->verify(message, signature));
  EXPECT_FALSE(PublicKey::from_raw(KeyType::sm2, point)->verify(message + " ", signature));
}

TEST(Keys, sign_what_their_public_half_verifies_and_nothing_else) {
  for (const KeyType type : k_types) {
    const auto key = PrivateKey::generate(type), other = PrivateKey::generate(type);
    const std::string signature = key.sign("动火").value();
    EXPECT_TRUE(key.public_key().verify("动火", signature)) << name_of(type);
    EXPECT_FALSE(other.public_key().verify("动火", signature)) << name_of(type);
    EXPECT_FALSE(key.public_key().verify("动火 ", signature)) << name_of(type);
    const auto again = PublicKey::from_raw(type, key.public_key().raw());
    ASSERT_TRUE(again) << name_of(type);
    EXPECT_TRUE(again->verify("动火", signature)) << name_of(type);
  }
}

TEST(Keys, every_flipped_bit_of_a_signature_is_seen) {
  for (const KeyType type : k_types) {
    const auto key = PrivateKey::generate(type);
    const std::string signature = key.sign("m").value();
    for (size_t bit = 0; bit < signature.size() * 8; ++bit) {
      std::string flipped = signature;
      flipped[bit / 8] ^= static_cast<char>(1 << bit % 8);
      EXPECT_FALSE(key.public_key().verify("m", flipped)) << name_of(type) << " bit " << bit;
    }
    for (size_t size = 0; size < signature.size(); ++size) {
      EXPECT_FALSE(key.public_key().verify("m", signature.substr(0, size))) << name_of(type) << " cut to " << size;
    }
    EXPECT_FALSE(key.public_key().verify("m", signature + '\0')) << name_of(type);
  }
}

TEST(Keys, sm2_identifier_is_part_of_what_is_signed) {
  const auto key = PrivateKey::generate(KeyType::sm2, "office@example.org");
  const std::string signature = key.sign("m").value();
  const std::string& point = key.public_key().raw();
  EXPECT_TRUE(PublicKey::from_raw(KeyType::sm2, point, "office@example.org")->verify("m", signature));
  EXPECT_FALSE(PublicKey::from_raw(KeyType::sm2, point)->verify("m", signature));
}

TEST(Keys, a_point_of_one_curve_is_none_of_the_other) {
  const auto p256 = PrivateKey::generate(KeyType::p256), sm2 = PrivateKey::generate(KeyType::sm2);
  EXPECT_FALSE(PublicKey::from_raw(KeyType::sm2, p256.public_key().raw()));
  EXPECT_FALSE(PublicKey::from_raw(KeyType::p256, sm2.public_key().raw()));
}

TEST(Keys, public_keys_of_wrong_form_are_refused) {
  const std::string point = PrivateKey::generate(KeyType::p256).public_key().raw();
  const std::string x = point.substr(1, 32);
  std::string off_curve = point;
  off_curve.back() ^= 1;
  for (const std::string& raw :
       {std::string(), point.substr(1), point.substr(0, 64), point + "x", "\x02" + x, "\x03" + x,
        "\x06" + point.substr(1), "\x07" + point.substr(1), off_curve, std::string(65, '\0'), std::string(1, '\0')}) {
    const auto key = PublicKey::from_raw(KeyType::p256, raw);
    ASSERT_FALSE(key) << hex(raw);
    EXPECT_EQ(key.error().code, Code::key_invalid);
  }
  EXPECT_FALSE(PublicKey::from_raw(KeyType::ed25519, std::string(31, 'x')));
  EXPECT_FALSE(PublicKey::from_raw(KeyType::ed25519, std::string(33, 'x')));
}

TEST(Keys, of_browsers_come_as_spki) {
  const auto key = PrivateKey::generate(KeyType::p256).public_key();
  const std::string spki = from_hex("3059301306072a8648ce3d020106082a8648ce3d030107034200").value() + key.raw();
  const auto read = PublicKey::from_spki(spki);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->raw(), key.raw());
  EXPECT_EQ(read->type(), KeyType::p256);
  const auto sm2 = from_hex("3059301306072a8648ce3d020106082a811ccf5501822d034200").value() +
                   PrivateKey::generate(KeyType::sm2).public_key().raw();
  for (const std::string& der : {std::string(), spki.substr(1), spki.substr(0, 90), spki + "x", key.raw(), sm2}) {
    const auto refused = PublicKey::from_spki(der);
    ASSERT_FALSE(refused) << hex(der);
    EXPECT_EQ(refused.error().code, Code::key_invalid);
  }
}

TEST(Keys, raw_signatures_of_browsers_become_der) {
  EXPECT_EQ(hex(der_signature(std::string(31, '\0') + "\x01" + std::string(31, '\0') + "\x7f")), "300602010102017f");
  EXPECT_EQ(hex(der_signature("\x80" + std::string(31, '\0') + std::string(31, '\0') + "\x80")),
            "3027022100" + hex("\x80" + std::string(31, '\0')) + "02020080");
  EXPECT_EQ(der_signature(std::string(63, 'x')), "");
  EXPECT_EQ(der_signature(std::string(65, 'x')), "");
}

TEST(KeyFiles, give_back_the_key_that_was_saved) {
  TempFolder folder;
  for (const KeyType type : k_types) {
    const auto key = PrivateKey::generate(type);
    const auto file = folder.path() / name_of(type);
    ASSERT_TRUE(key.save(file));
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    EXPECT_TRUE(content_of(file).starts_with("-----BEGIN PRIVATE KEY-----\n")) << "PKCS#8";
    const auto loaded = PrivateKey::load(file);
    ASSERT_TRUE(loaded) << describe(loaded.error());
    EXPECT_EQ(loaded->public_key().type(), type);
    EXPECT_EQ(loaded->public_key().raw(), key.public_key().raw());
    EXPECT_TRUE(key.public_key().verify("m", loaded->sign("m").value()));
  }
}

TEST(KeyFiles, are_never_overwritten) {
  TempFolder folder;
  const auto file = write_file(folder.path() / "key", "mine");
  const auto saved = PrivateKey::generate(KeyType::ed25519).save(file);
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, Code::file_unwritable);
  EXPECT_EQ(content_of(file), "mine");
  EXPECT_FALSE(PrivateKey::generate(KeyType::ed25519).save(folder.path() / "absent" / "key"));
}

TEST(KeyFiles, that_others_may_touch_are_refused) {
  TempFolder folder;
  const auto file = folder.path() / "key";
  ASSERT_TRUE(PrivateKey::generate(KeyType::ed25519).save(file));
  for (const int mode : {0640, 0620, 0610, 0604, 0602, 0601, 0644, 0666}) {
    std::filesystem::permissions(file, std::filesystem::perms(mode));
    EXPECT_EQ(refusal_of(PrivateKey::load(file)), "key_exposed") << std::oct << mode;
  }
  std::filesystem::permissions(file, std::filesystem::perms(0400));
  EXPECT_TRUE(PrivateKey::load(file));
}

TEST(KeyFiles, are_read_through_links_of_our_own_alone) {
  TempFolder folder;
  const auto file = folder.path() / "key", link = folder.path() / "link", relative = folder.path() / "relative";
  ASSERT_TRUE(PrivateKey::generate(KeyType::ed25519).save(file));
  std::filesystem::create_symlink(file, link);
  std::filesystem::create_symlink("link", relative);
  EXPECT_TRUE(PrivateKey::load(relative)) << "a link to a link";
  std::filesystem::create_symlink("loop", folder.path() / "loop");
  EXPECT_EQ(refusal_of(PrivateKey::load(folder.path() / "loop")), "key_unreadable");
  if (::lchown(link.c_str(), 65534, 65534) != 0) GTEST_SKIP() << "only root can give a link away";
  EXPECT_EQ(refusal_of(PrivateKey::load(link)), "key_exposed");
  EXPECT_EQ(refusal_of(PrivateKey::load(relative)), "key_exposed");
}

TEST(KeyFiles, that_hold_no_key_of_ours_are_refused) {
  TempFolder folder;
  const auto load = [&](std::string_view text) {
    return refusal_of(PrivateKey::load(write_file(folder.path() / "key", text)));
  };
  const std::string good = ed25519_pem(std::string(64, '1'));
  ASSERT_EQ(load(good), "");
  EXPECT_EQ(load(""), "key_invalid");
  EXPECT_EQ(load("-----BEGIN PRIVATE KEY-----\n"), "key_invalid");
  EXPECT_EQ(load(std::string(good).replace(40, 1, "*")), "key_invalid") << "not base64";
  EXPECT_EQ(load(std::string(good).replace(11, 7, "SECRETS")), "key_invalid") << "another label";
  EXPECT_EQ(load(good.substr(0, good.size() / 2)), "key_invalid");
  EXPECT_EQ(load(std::string(70000, 'x')), "key_unreadable");
  EXPECT_EQ(refusal_of(PrivateKey::load(folder.path() / "absent")), "key_unreadable");
  EXPECT_EQ(refusal_of(PrivateKey::load(folder.path())), "key_unreadable");
  EXPECT_EQ(refusal_of(PrivateKey::load("/dev/null")), "key_unreadable");
  ASSERT_EQ(::mkfifo((folder.path() / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(refusal_of(PrivateKey::load(folder.path() / "fifo")), "key_unreadable") << "and does not wait for a writer";
}

}  // namespace
}  // namespace sparkgate
