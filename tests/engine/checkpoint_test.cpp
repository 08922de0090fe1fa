#include "engine/journal/checkpoint.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"

namespace sparkgate::journal {
namespace {

const std::string k_root_line = "hOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=\n";
const std::string k_text = "permits.example.org/log/2026\n300\n" + k_root_line;

TEST(Checkpoint, text_of_the_worked_example_is_written_and_read) {
  const auto checkpoint = parse_checkpoint(k_text);
  ASSERT_TRUE(checkpoint) << describe(checkpoint.error());
  EXPECT_EQ(checkpoint->origin, "permits.example.org/log/2026");
  EXPECT_EQ(checkpoint->size, 300u);
  EXPECT_EQ(checkpoint_text(*checkpoint), k_text);
}

TEST(Checkpoint, extension_lines_are_let_in) {
  EXPECT_EQ(parse_checkpoint(k_text + "extension\nanother one\n").value(), parse_checkpoint(k_text).value());
}

TEST(Checkpoint, anything_else_is_refused) {
  const std::string origin = "o\n", size = "1\n", hash = k_root_line.substr(0, 44);
  for (const std::string& text : std::vector<std::string>{"",
                                                          origin,
                                                          origin + size,
                                                          "\n" + size + k_root_line,
                                                          origin + size + hash,
                                                          "o",
                                                          origin + k_root_line,
                                                          origin + "-1\n" + k_root_line,
                                                          origin + "01\n" + k_root_line,
                                                          origin + "+1\n" + k_root_line,
                                                          origin + "\n" + k_root_line,
                                                          origin + "1 \n" + k_root_line,
                                                          origin + "18446744073709551616\n" + k_root_line,
                                                          origin + size + "\n",
                                                          origin + size + hash + "A\n",
                                                          origin + size + hash.substr(0, 43) + "\n",
                                                          origin + size + hash.substr(0, 42) + "l=\n",
                                                          origin + size + hash.substr(0, 40) + "\n",
                                                          origin + size + std::string(44, '!') + "\n",
                                                          origin + size + hash + hash + "\n",
                                                          origin + size + k_root_line + "\n",
                                                          origin + size + k_root_line + "cut",
                                                          origin + size + k_root_line + "a\n\nb\n",
                                                          origin + size + hash + "\r\n"}) {
    const auto read = parse_checkpoint(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Code::checkpoint_malformed);
  }
}

const std::string k_header = "c2sp.org/tlog-proof@v1\n";

TEST(ProofFile, is_written_as_the_specification_has_it_and_reads_back) {
  ProofFile file;
  file.index = 73894;
  file.proof = {sha256("a"), sha256("b")};
  file.checkpoint = "o\n1\n" + k_root_line + "\n\u2014 o AAAA\n";
  const std::string hashes = base64(bytes_of(sha256("a"))) + "\n" + base64(bytes_of(sha256("b"))) + "\n";
  EXPECT_EQ(proof_file_text(file), k_header + "index 73894\n" + hashes + "\n" + file.checkpoint);
  file.extra = "with";
  EXPECT_EQ(proof_file_text(file), k_header + "extra d2l0aA==\nindex 73894\n" + hashes + "\n" + file.checkpoint);
  const auto read = parse_proof_file(proof_file_text(file));
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->extra, file.extra);
  EXPECT_EQ(read->index, file.index);
  EXPECT_EQ(read->proof, file.proof);
  EXPECT_EQ(read->checkpoint, file.checkpoint);
}

TEST(ProofFile, of_a_log_of_one_entry_has_no_hashes) {
  EXPECT_TRUE(parse_proof_file(k_header + "index 0\n\nnote").value().proof.empty());
}

TEST(ProofFile, anything_else_is_refused) {
  for (const std::string& text : std::vector<std::string>{
           "", k_header, "c2sp.org/tlog-proof@v2\nindex 0\n\nnote", k_header + "index 0\n", k_header + "index 0\n\n",
           k_header + "index 0\nnote", k_header + "\nnote", k_header + "index 00\n\nnote",
           k_header + "index -1\n\nnote", k_header + "index\n\nnote", k_header + "index 18446744073709551616\n\nnote",
           k_header + "extra \nindex 0\n\nnote", k_header + "extra d2l0a\nindex 0\n\nnote",
           k_header + "index 0\nextra d2l0aA==\n\nnote", k_header + "extra d2l0aA==\nextra d2l0aA==\nindex 0\n\nnote",
           k_header + "index 0\nAAAA\n\nnote", k_header + "index 0\n" + k_root_line + " \n\nnote",
           "index 0\n\nnote" + k_header}) {
    const auto read = parse_proof_file(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Code::proof_malformed);
  }
}

TEST(ProofFile, holds_no_more_hashes_than_a_tree_can_need) {
  std::string text = k_header + "index 0\n";
  for (size_t i = 0; i < k_max_proof; ++i) text += k_root_line;
  EXPECT_TRUE(parse_proof_file(text + "\nnote"));
  EXPECT_FALSE(parse_proof_file(text + k_root_line + "\nnote"));
}

}  // namespace
}  // namespace sparkgate::journal
