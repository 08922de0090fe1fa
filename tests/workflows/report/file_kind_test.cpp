// What a file is named by its bytes.
#include "workflows/report/file_kind.h"

#include <gtest/gtest.h>

#include "tests/support/jpeg.h"

namespace sparkgate::report {
namespace {

using namespace std::string_literals;

std::string kind(std::string_view bytes) {
  const FileKind found = kind_of(bytes);
  return std::string(found.name) + " " + std::string(found.extension);
}

TEST(FileKind, is_told_by_the_first_bytes) {
  EXPECT_EQ(kind(test::a_jpeg()), "picture jpg");
  EXPECT_EQ(kind("\x89PNG\r\n\x1a\n...."), "picture png");
  EXPECT_EQ(kind("RIFF\x10\0\0\0WEBPVP8 "s), "picture webp");
  EXPECT_EQ(kind("%PDF-1.7\n"), "pdf pdf");
  EXPECT_EQ(kind("ID3\4\0\0"s), "audio mp3");
  EXPECT_EQ(kind("#!AMR\n\x3c"), "audio ");
  EXPECT_EQ(kind("\0\0\0\x18" "ftypM4A "s), "audio ");
  EXPECT_EQ(kind("\0\0\0\x18" "ftypisom"s), "video mp4");
  EXPECT_EQ(kind("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "office ");
}

TEST(FileKind, of_a_zip_is_told_by_what_lies_in_it) {
  const std::string head = "PK\x03\x04"s + std::string(26, '\0');
  EXPECT_EQ(kind(head + "[Content_Types].xml ... word/document.xml"), "office docx");
  EXPECT_EQ(kind(head + "[Content_Types].xml ... xl/workbook.xml"), "office xlsx");
  EXPECT_EQ(kind(head + "mimetypeapplication/vnd.oasis.opendocument.textPK"), "office odt");
  EXPECT_EQ(kind(head + "bomb.txt"), "other ");
  EXPECT_EQ(kind(head + "word/evil.xml"), "other ");
}

TEST(FileKind, of_what_can_hold_a_script_is_other) {
  for (const char* text : {"<svg xmlns='http://www.w3.org/2000/svg'/>", " \n<!DOCTYPE html><script>", "#!/bin/sh\nrm x",
                           "\xef\xbb\xbf<?xml version='1.0'?>", "MZ\x90\x01", "\x7f" "ELF", ""}) {
    EXPECT_EQ(kind(text), "other ") << text;
  }
}

TEST(FileKind, of_words_is_text_also_where_the_beginning_ends_within_a_character) {
  EXPECT_EQ(kind("二楼有人无证焊接\r\n"), "text txt");
  std::string longer = "a";
  while (longer.size() < 2 * k_telling_bytes) longer += "焊";
  EXPECT_EQ(kind(longer), "text txt");
  EXPECT_EQ(kind("\xb6\xfe\xc2\xa5"), "other ") << "in another encoding nobody can tell";
}

}  // namespace
}  // namespace sparkgate::report
