// Photos as callers meet them: sent, seen, flagged when used twice, lost, swept.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/files.h"
#include "tests/support/photo_rig.h"

namespace sparkgate::test {
namespace {

using api::get_display;
using api::get_original;
using api::get_photo;

std::map<std::string, std::string> fields_of(const api::Response& response) {
  return {response.headers.begin(), response.headers.end()};
}

class PhotoRoutes : public PhotoRig {};

TEST_F(PhotoRoutes, a_photo_is_kept_and_told_of) {
  Exif exif;
  exif.taken_at = "2026:03:02 09:00:00", exif.offset = "+08:00";
  exif.north_south = "N", exif.east_west = "E";
  const std::string jpeg = with_exif(a_jpeg(320, 240), exif), name = hex(sha256(jpeg));
  const auto response = send("ann", jpeg, "Image/JPEG; q=1");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 201);
  const Json wanted = {{"sha256", name},
                       {"bytes", jpeg.size()},
                       {"width", 320},
                       {"height", 240},
                       {"claims",
                        {{"taken_at", "2026-03-02T09:00:00+08:00"},
                         {"longitude", "107.617486"},
                         {"latitude", "29.929419"}}},
                       {"uses", 0},
                       {"alike", 0},
                       {"same_as", Json::array()},
                       {"url", "/api/v1/photos/" + name},
                       {"original_url", "/api/v1/photos/" + name + "/original"},
                       {"display_url", "/api/v1/photos/" + name + "/display"}};
  EXPECT_EQ(parse_json(response->body).value(), wanted);
  EXPECT_EQ(known("ann", name), wanted);
  EXPECT_EQ(ask(get_original, "ann", name)->body, jpeg);
}

TEST_F(PhotoRoutes, what_is_not_claimed_is_left_out) {
  EXPECT_EQ(known("ann", sent("ann", a_jpeg())).at("claims"), Json::object());
}

TEST_F(PhotoRoutes, the_same_bytes_again_are_the_same_photo) {
  const std::string jpeg = a_jpeg();
  const auto first = send("ann", jpeg), again = send("ann", jpeg), others = send("ben", jpeg);
  EXPECT_EQ(first->status, 201);
  EXPECT_EQ(again->status, 200);
  EXPECT_EQ(others->status, 200);
  EXPECT_EQ(again->body, first->body);
  EXPECT_EQ(others->body, first->body);
}

TEST_F(PhotoRoutes, pictures_are_given_as_pictures_and_nothing_else) {
  const std::string name = sent("ann", a_jpeg());
  for (const auto route : {get_original, get_display}) {
    const auto response = ask(route, "ann", name);
    EXPECT_EQ(response->content_type, "image/jpeg");
    auto fields = fields_of(*response);
    EXPECT_EQ(fields["X-Content-Type-Options"], "nosniff");
    EXPECT_EQ(fields["Cache-Control"], "private, max-age=31536000, immutable");
    EXPECT_EQ(fields["Content-Security-Policy"], "default-src 'none'; sandbox");
    EXPECT_EQ(fields.contains("Content-Disposition"), route == get_original);
  }
  EXPECT_TRUE(fields_of(*ask(get_original, "ann", name))["Content-Disposition"].starts_with("attachment; "));
}

TEST_F(PhotoRoutes, few_originals_are_given_out_at_a_time) {
  const std::string name = sent("ann", a_jpeg());
  std::vector<api::Response> answers;
  Result<api::Response> next = ask(get_original, "ann", name);
  for (; next && answers.size() < 100; next = ask(get_original, "ann", name)) answers.push_back(*next);
  EXPECT_EQ(code_of(next), "too_busy");
  EXPECT_EQ(answers.size(), 8u);
  EXPECT_EQ(code_of(ask(get_display, "ann", name)), "") << "what is shown does not wait for them";
  answers.pop_back();
  EXPECT_EQ(code_of(ask(get_original, "ann", name)), "");
}

TEST_F(PhotoRoutes, a_photo_is_seen_by_who_sent_it_or_may_read_what_uses_it) {
  const std::string jpeg = a_jpeg(), name = sent("ann", jpeg);
  for (const auto route : {get_photo, get_original, get_display}) {
    EXPECT_EQ(code_of(ask(route, "ann", name)), "");
    EXPECT_EQ(code_of(ask(route, "ben", name)), "not_found");
    EXPECT_EQ(code_of(ask(route, "ann", hex(sha256("none")))), "not_found");
    EXPECT_EQ(code_of(ask(route, "ann", "../" + name)), "not_found");
  }
  use(name);
  for (const auto route : {get_photo, get_original, get_display}) {
    EXPECT_EQ(code_of(ask(route, "ben", name)), "");
    EXPECT_EQ(code_of(ask(route, "stranger", name)), "not_found") << "may not read what uses it";
  }
  sent("stranger", jpeg);
  EXPECT_EQ(code_of(ask(get_original, "stranger", name)), "") << "has it anyway";
}

TEST_F(PhotoRoutes, each_use_of_the_same_photo_counts) {
  const std::string name = sent("ann", a_jpeg());
  use(name), use(name);
  EXPECT_EQ(known("ben", name).at("uses"), 2);
}

TEST_F(PhotoRoutes, the_same_picture_in_other_bytes_is_flagged) {
  const api::Picture scene = a_scene(800, 600);
  const std::string first = sent("ann", jpeg_of(scene)), anew = sent("ann", jpeg_of(scene, {.quality = 60}));
  const std::string smaller = sent("ann", jpeg_of(halved(scene))), other = sent("ann", a_jpeg(800, 600, 30));
  EXPECT_EQ(known("ann", first).at("same_as"), Json::array({anew, smaller}));
  EXPECT_EQ(known("ann", first).at("alike"), 2);
  EXPECT_EQ(known("ann", other).at("alike"), 0);
}

// Else one could learn the name of somebody's photo from one that looks alike, link to it, and see it.
TEST_F(PhotoRoutes, what_looks_alike_is_counted_but_named_only_to_who_may_see_it) {
  const api::Picture scene = a_scene(800, 600);
  const std::string hers = sent("ann", jpeg_of(scene)), his = sent("stranger", jpeg_of(scene, {.quality = 60}));
  EXPECT_EQ(known("stranger", his).at("alike"), 1);
  EXPECT_EQ(known("stranger", his).at("same_as"), Json::array());
  use(hers), use(his);
  EXPECT_EQ(known("ben", his).at("same_as"), Json::array({hers}));
}

TEST_F(PhotoRoutes, what_is_no_photo_is_refused_and_leaves_nothing) {
  EXPECT_EQ(code_of(send("ann", a_jpeg(), "image/png")), "unsupported_media_type");
  EXPECT_EQ(code_of(send("ann", a_jpeg(), "")), "unsupported_media_type");
  EXPECT_EQ(code_of(send("ann", "\x89PNG\r\n\x1a\n")), "photo_unusable");
  EXPECT_EQ(code_of(send("ann", "")), "photo_unusable");
  EXPECT_EQ(code_of(send("ann", with_claimed_size(a_jpeg(), 60000, 60000))), "photo_too_many_pixels");
  EXPECT_EQ(code_of(send("ann", a_jpeg() + std::string(api::k_most_photo_bytes, 'x'))), "body_too_large");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "files"));
}

TEST_F(PhotoRoutes, one_as_large_as_may_be_is_kept) {
  std::string jpeg = a_jpeg();
  jpeg.resize(api::k_most_photo_bytes, 'x');  // as the film of a motion photo
  EXPECT_EQ(ask(get_original, "ann", sent("ann", jpeg))->body, jpeg);
}

TEST_F(PhotoRoutes, an_account_sends_so_many_photos_a_day) {
  const auto written = engine->write([&](Writer& w) {
    for (int i = 0; i < api::Photos::k_most_a_day; ++i) {
      w.put_photo({"photo " + std::to_string(i), 1, 1, 1, "", "", "", 0}, a_person("ann").account, clock.wall());
    }
  });
  ASSERT_TRUE(written);
  EXPECT_EQ(code_of(send("ann", a_jpeg())), "too_many_photos");
  EXPECT_EQ(code_of(send("ben", a_jpeg())), "");
  clock.advance(hours(24) + seconds(1));
  EXPECT_EQ(code_of(send("ann", a_jpeg())), "");
}

TEST_F(PhotoRoutes, a_file_that_is_gone_or_altered_is_said_to_be_lost) {
  const std::string jpeg = a_jpeg(), name = sent("ann", jpeg);
  write_file(file(name), jpeg + "!");
  EXPECT_EQ(code_of(ask(get_original, "ann", name)), "photo_lost");
  std::filesystem::remove(file(name));
  std::filesystem::remove(file(name, ".display"));
  EXPECT_EQ(code_of(ask(get_original, "ann", name)), "photo_lost");
  EXPECT_EQ(code_of(ask(get_display, "ann", name)), "photo_lost");
  EXPECT_EQ(code_of(ask(get_photo, "ann", name)), "") << "what is known of it stays";
  sent("ben", jpeg);
  EXPECT_EQ(ask(get_original, "ann", name)->body, jpeg) << "sent again it is there again";
  EXPECT_EQ(code_of(ask(get_display, "ann", name)), "");
}

TEST_F(PhotoRoutes, no_row_is_kept_without_its_files) {
  write_file(folder.path() / "files", "in the folder's place");
  EXPECT_EQ(code_of(send("ann", a_jpeg())), "store_failed");
  EXPECT_EQ(known("ann", hex(sha256(a_jpeg()))), Json());
}

TEST_F(PhotoRoutes, a_photo_that_nothing_uses_within_a_day_is_swept) {
  const std::string unused = sent("ann", a_jpeg(160, 120, 1)), used = sent("ann", a_jpeg(160, 120, 2));
  const std::string again = sent("ann", a_jpeg(160, 120, 3));
  use(used);
  clock.advance(hours(23));
  sent("ben", a_jpeg(160, 120, 3));
  EXPECT_EQ(photos().sweep().value(), 0u);
  clock.advance(hours(1) + seconds(1));
  EXPECT_EQ(photos().sweep().value(), 1u);
  EXPECT_EQ(code_of(ask(get_photo, "ann", unused)), "not_found");
  EXPECT_FALSE(std::filesystem::exists(file(unused)) || std::filesystem::exists(file(unused, ".display")));
  for (const std::string& kept : {used, again}) {
    EXPECT_EQ(code_of(ask(get_original, "ann", kept)), "");
    EXPECT_EQ(code_of(ask(get_display, "ann", kept)), "");
  }
}

TEST_F(PhotoRoutes, files_without_a_row_are_swept_once) {
  const std::string kept = sent("ann", a_jpeg()), stray = hex(sha256("stray"));
  const BlobFolder files(folder.path() / "files");
  for (const std::string& name : {stray, stray + ".display", kept + ".new"}) ASSERT_TRUE(files.put(name, "x"));
  ASSERT_TRUE(photos().sweep());
  EXPECT_FALSE(files.get(stray) || files.get(stray + ".display") || files.get(kept + ".new"));
  EXPECT_TRUE(files.get(kept) && files.get(kept + ".display"));
}

TEST_F(PhotoRoutes, nothing_is_swept_while_the_clock_is_suspect) {
  const std::string unused = sent("ann", a_jpeg());
  clock.jump(hours(48));
  EXPECT_NE(refusal_of(open_counter()), "");
  ASSERT_TRUE(engine->clock_suspect());
  EXPECT_EQ(photos().sweep().value(), 0u);
  EXPECT_TRUE(std::filesystem::exists(file(unused)));
}

}  // namespace
}  // namespace sparkgate::test
