#include "admin/anchor_options.h"

#include <fstream>
#include <sstream>

#include "engine/base/codes.h"

namespace sparkgate::admin {
namespace {

Result<std::string> content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in || out.str().empty()) {
    return refuse(Code::file_unreadable, {{"path", file}, {"reason", bilingual("不存在或为空", "absent or empty")}});
  }
  return out.str();
}

tl::unexpected<Refusal> bad_option(const char* option, std::string_view zh, std::string_view en) {
  return refuse(Code::option_invalid, {{"option", option}, {"reason", bilingual(zh, en)}});
}

}  // namespace

void add_anchor_options(CLI::App& command, AnchorOptions& options) {
  command.add_option("--witness", options.witnesses,
                     "见证方：“公钥 地址”，可多次 / Witness: 'VKEY URL', may be repeated");
  command.add_option("--witnesses", options.needed,
                     "须有几个见证方联署；默认过半数 / Cosignatures needed; more than half when not told");
  command
      .add_option("--witness-policy", options.policy,
                  "见证不足时：advise 仅提示，require 停止受理 / When they are missing: advise tells, require refuses")
      ->check(CLI::IsMember({"advise", "require"}))
      ->capture_default_str();
  command
      .add_option("--witness-limit", options.limit_seconds,
                  "最长多少秒无见证 / Seconds that entries may lack them at the longest")
      ->check(CLI::Range(30, 86400))
      ->capture_default_str();
  command.add_option("--tsa", options.authorities,
                     "时间戳机构地址（RFC 3161），可多次 / Timestamp authority, URL, may be repeated");
  command.add_option("--tsa-ca", options.authority_ca, "其 CA 证书文件（PEM） / File of its CA's certificates (PEM)");
  command.add_flag("--plain-http", options.plain_http,
                   "允许经未加密的 HTTP 访问它们 / Allow plain HTTP to all of these");
}

Result<api::Anchoring::Options> anchoring_options(const AnchorOptions& options) {
  api::Anchoring::Options out;
  for (const std::string& text : options.witnesses) {
    auto witness = api::parse_witness(text, options.plain_http);
    if (!witness) return tl::make_unexpected(witness.error());
    out.witnesses.push_back(std::move(*witness));
  }
  const size_t count = out.witnesses.size();
  if (options.needed > count) {
    return bad_option("--witnesses", "多于所列见证方", "there are fewer witnesses than that");
  }
  if (options.policy == "require" && count == 0) {
    return bad_option("--witness-policy", "未列出见证方", "there is no witness");
  }
  const bool is_told = options.needed > 0;
  out.policy = {is_told || count == 0 ? options.needed : count / 2 + 1, options.policy == "require",
                seconds(options.limit_seconds)};
  for (const std::string& url : options.authorities) {
    if (auto good = api::check_url(url, options.plain_http); !good) return tl::make_unexpected(good.error());
    out.authorities.push_back(url);
  }
  if (options.authorities.empty() != options.authority_ca.empty()) {
    return bad_option("--tsa", "须与 --tsa-ca 同时给出", "it goes together with --tsa-ca");
  }
  if (!options.authority_ca.empty()) {
    auto ca = content_of(options.authority_ca);
    if (!ca) return tl::make_unexpected(ca.error());
    out.authority_ca_pem = std::move(*ca);
  }
  out.post = api::http_post();
  return out;
}

}  // namespace sparkgate::admin
