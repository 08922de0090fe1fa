#include "certs/sealed_file.h"

#include <gtest/gtest.h>

#include "certs/aead.h"
#include "certs/padding.h"
#include "tests/certs/altered.h"
#include "tests/certs/given_random.h"
#include "tests/certs/places.h"
#include "tests/support/fake_clock.h"

namespace sparkgate {
namespace {

using test::a_place;
using test::SeededRandom;

constexpr size_t k_chunk = 65552;  // sealed
constexpr size_t k_room = 65532;

SecretBytes key(int first = 1) { return SecretBytes::take(test::counting(first, 32)); }

std::string content(size_t size) {
  std::string out;
  for (uint64_t at = 0; at < size; ++at) out += static_cast<char>(at * at % 251);
  return out;
}

std::string sealed(std::string_view bytes, size_t step = 1 << 30, int key_first = 1) {
  std::string out;
  SealedFileWriter writer(key(key_first), a_place(), [&](std::string_view chunk) { out += chunk; });
  for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) writer.write(bytes.substr(0, step));
  writer.finish();
  return out;
}

struct Opened {
  bool is_whole = false;
  std::string bytes;
};

Opened opened(std::string_view bytes, const ContentPlace& place = a_place(), size_t step = 1 << 30) {
  Opened out;
  SealedFileReader reader(key(), place, [&](std::string_view piece) { out.bytes += piece; });
  bool is_good = true;
  for (; is_good && !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) {
    is_good = reader.write(bytes.substr(0, step));
  }
  out.is_whole = reader.finish();
  return out;
}

// Not whole, and what was given meanwhile is the file's beginning.
void expect_refused(std::string_view bytes, std::string_view file, const std::string& why) {
  const Opened out = opened(bytes);
  EXPECT_FALSE(out.is_whole) << why;
  EXPECT_TRUE(file.starts_with(out.bytes)) << why;
}

// By vectors.py.
TEST(SealedFile, agrees_with_another_implementation) {
  struct Row {
    size_t bytes, sealed_bytes;
    const char* digest;
  };
  constexpr Row k_rows[] = {
      {0, 20, "0f214e897c64a3cd700e11c8a61ef288f4774ac2e84f0bebcd175acb3b7e7f09"},
      {5, 26, "09b03343f9068c558ab6c6b05a13d67e0cc8a5c5ff6c2de719ec9152b27c52de"},
      {100, 120, "725030417e977ff2d30ba2a452ae390eb02d7446c6cbd2dd97721b9c8d147154"},
      {65532, 65552, "ad50704cc571588a79291f3fcd115539ffec3e41c32a938f431cef92150db275"},
      {65533, 67616, "46af62b9fd6673734483a5969fec7a4b23d5f41ceecdde43b864ef099ec05b7e"},
      {131064, 131104, "9049a2fee71fcc8453d28b92c5f001838367aae36040b6fed3ae43d01c8f6594"},
      {150000, 151600, "63f5834fa11f6b324b6143ccdd98f4e1d2bb6fdfcda82cbd6254932fa0c161ef"},
      {1500000, 1507696, "42ee138f49018f4d9d1aad398a6fdec16c39e0d6452891243409245bff6be9b2"},
      {4200000, 4326432, "df09777bdb192eba82a4a723106700d05dd15128ef70554c9c8838b4cfe2c058"},
  };
  for (const Row& row : k_rows) {
    const std::string file = content(row.bytes), out = sealed(file);
    EXPECT_EQ(out.size(), row.sealed_bytes);
    EXPECT_EQ(sealed_file_bytes(row.bytes), row.sealed_bytes);
    EXPECT_EQ(hex(sha256(out)), row.digest) << row.bytes;
    const Opened again = opened(out);
    EXPECT_TRUE(again.is_whole) << row.bytes;
    EXPECT_EQ(again.bytes, file) << row.bytes;
  }
}

TEST(SealedFile, is_the_same_in_whatever_pieces_it_comes) {
  const std::string file = content(150000), whole = sealed(file);
  for (const size_t step : {1, 7, 4096, 65531, 65532, 65533, 65551, 65552, 65553, 140000}) {
    EXPECT_EQ(sealed(file, step), whole) << step;
    const Opened out = opened(whole, a_place(), step);
    EXPECT_TRUE(out.is_whole) << step;
    EXPECT_EQ(out.bytes, file) << step;
  }
}

TEST(SealedFile, has_the_sizes_that_padme_gives) {
  for (size_t size = 0; size < 3000; size += 7) {
    EXPECT_EQ(sealed(std::string(size, 'x')).size(), padme(size + 4) + 16) << size;
  }
  EXPECT_EQ(sealed(content(1'000'000)).size(), sealed(content(1'005'000)).size());
}

TEST(SealedFile, no_altered_byte_opens) {
  const std::string file = content(100);
  for (const std::string& other : test::altered(sealed(file))) expect_refused(other, file, hex(other));
}

TEST(SealedFile, no_altered_byte_of_many_chunks_opens) {
  const std::string file = content(4'200'000), good = sealed(file);  // with padding of more than a chunk
  for (size_t chunk = 0; chunk < good.size(); chunk += k_chunk * 13) {
    for (const size_t at : {size_t{0}, size_t{3}, size_t{30000}, k_chunk - 17, k_chunk - 1}) {
      std::string other = good;
      other[std::min(chunk + at, good.size() - 1)] ^= 1;
      expect_refused(other, file, std::to_string(chunk + at));
    }
  }
  std::string other = good;
  other.back() ^= 1;
  expect_refused(other, file, "the last byte");
}

TEST(SealedFile, cut_off_anywhere_is_not_whole) {
  const std::string file = content(4'200'000), good = sealed(file);
  for (size_t chunk = 0; chunk < good.size(); chunk += 6 * k_chunk) {
    for (const size_t size : {chunk, chunk + 1, chunk + 16, chunk + k_chunk - 1}) {
      if (size < good.size()) expect_refused(std::string_view(good).substr(0, size), file, std::to_string(size));
    }
  }
}

TEST(SealedFile, with_something_appended_is_not_whole) {
  for (const size_t size : {size_t{100}, k_room, size_t{150000}}) {
    const std::string file = content(size), good = sealed(file);
    for (const std::string& more : {std::string(1, '\0'), good.substr(0, k_chunk), good, sealed("")}) {
      expect_refused(good + more, file, std::to_string(size) + " and " + std::to_string(more.size()));
    }
  }
}

TEST(SealedFile, with_chunks_in_another_order_is_not_whole) {
  const std::string file = content(3 * k_room + 100), good = sealed(file);
  const auto part = [&](size_t chunk) { return good.substr(chunk * k_chunk, k_chunk); };
  ASSERT_EQ(good, part(0) + part(1) + part(2) + part(3));
  ASSERT_FALSE(part(3).empty());
  ASSERT_TRUE(opened(good).is_whole);
  const std::string others[] = {part(1) + part(0) + part(2) + part(3),
                                part(0) + part(2) + part(1) + part(3),
                                part(0) + part(0) + part(2) + part(3),
                                part(0) + part(2) + part(3),
                                part(1) + part(2) + part(3),
                                part(0) + part(1) + part(3),
                                part(0) + part(3),
                                part(3),
                                part(0) + part(1) + part(1) + part(3),
                                part(0) + part(1) + part(2) + part(2) + part(3)};
  for (const std::string& other : others) expect_refused(other, file, std::to_string(&other - others));
}

TEST(SealedFile, opens_in_its_place_and_under_its_key_alone) {
  const std::string file = content(150000), good = sealed(file), other_key = sealed(file, 1 << 30, 2);
  for (const ContentPlace& other : test::other_places()) {
    const Opened out = opened(good, other);
    EXPECT_FALSE(out.is_whole) << content_aad(other, "file");
    EXPECT_EQ(out.bytes, "");
  }
  EXPECT_EQ(opened(other_key).bytes, "");
  EXPECT_FALSE(opened(other_key).is_whole);
  const std::string mixed = good.substr(0, k_chunk) + other_key.substr(k_chunk);
  expect_refused(mixed, file, "two files' chunks");
}

std::string chunk_by_hand(int counter, bool is_last, std::string_view plain) {
  std::string nonce(12, '\0');
  nonce[10] = static_cast<char>(counter);
  nonce[11] = is_last ? '\1' : '\0';
  return gcm_seal(key().view(), nonce, content_aad(a_place(), "file"), plain);
}

std::string plain_of(size_t used, std::string_view bytes) {
  const std::string prefix = {0, static_cast<char>(used >> 16), static_cast<char>(used >> 8), static_cast<char>(used)};
  return prefix + std::string(bytes);
}

// Whoever sealed it has the key, and can seal what the writer never does.
TEST(SealedFile, has_one_form) {
  const std::string x(k_room, 'x');
  const auto one = [](size_t used, std::string_view bytes) { return chunk_by_hand(0, true, plain_of(used, bytes)); };
  EXPECT_TRUE(opened(one(3, "abc")).is_whole);
  EXPECT_FALSE(opened(one(4, "abc")).is_whole) << "more than there is";
  EXPECT_FALSE(opened(one(2, "abc")).is_whole) << "something in the padding";
  EXPECT_FALSE(opened(one(3, std::string("abc\0\0\0\0\0", 8))).is_whole) << "padded to no size of ours";
  EXPECT_FALSE(opened(chunk_by_hand(0, true, "abc")).is_whole) << "no room for a prefix";
  const auto two = [&](size_t first, size_t second) {
    return chunk_by_hand(0, false, plain_of(first, x.substr(0, first) + std::string(k_room - first, '\0'))) +
           chunk_by_hand(1, true, plain_of(second, x.substr(0, second) + std::string(2044 - second, '\0')));
  };
  EXPECT_TRUE(opened(two(k_room, 100)).is_whole);
  EXPECT_FALSE(opened(two(k_room - 1, 101)).is_whole) << "bytes after the padding has begun";
}

TEST(SealedFile, without_its_end_does_not_open) {
  std::string out;
  SealedFileWriter writer(key(), a_place(), [&](std::string_view chunk) { out += chunk; });
  writer.write(content(150000));
  EXPECT_EQ(out.size(), 2 * k_chunk);
  EXPECT_FALSE(opened(out).is_whole) << "finish() was not called";
  EXPECT_FALSE(opened("").is_whole);
}

TEST(SealedFile, that_went_wrong_stays_wrong) {
  const std::string good = sealed(content(100));
  SealedFileReader reader(key(), a_place(), [](std::string_view) { ADD_FAILURE() << "gave something"; });
  EXPECT_TRUE(reader.write(std::string(k_chunk, 'x'))) << "it may be the last chunk";
  EXPECT_FALSE(reader.write("x"));
  EXPECT_FALSE(reader.write(good));
  EXPECT_FALSE(reader.finish());
  EXPECT_THROW(SealedFileReader(SecretBytes(31), a_place(), nullptr), std::invalid_argument);
}

TEST(SealedFile, read_to_its_end_takes_nothing_more) {
  int pieces = 0;
  SealedFileReader reader(key(), a_place(), [&](std::string_view) { ++pieces; });
  EXPECT_TRUE(reader.write(sealed("a")));
  EXPECT_TRUE(reader.finish());
  EXPECT_FALSE(reader.write(sealed("a")));
  EXPECT_FALSE(reader.finish());
  EXPECT_EQ(pieces, 1);
}

TEST(SealedFile, opens_nothing_that_chance_made) {
  SeededRandom random(5);
  const std::string file = content(2000), good = sealed(file);
  for (int round = 0; round < 3000; ++round) {
    const std::string dice = random.bytes(6);
    const auto die = [&](size_t at) { return static_cast<size_t>(static_cast<unsigned char>(dice[at])); };
    std::string bytes = random.bytes(die(0) * 16);
    if (round % 2) {
      bytes = good;
      bytes.replace((die(1) << 8 | die(2)) % good.size(), die(3) % 9, random.bytes(die(4) % 9));
    }
    EXPECT_EQ(opened(bytes, a_place(), die(5) + 1).is_whole, bytes == good) << round;
  }
}

}  // namespace
}  // namespace sparkgate
