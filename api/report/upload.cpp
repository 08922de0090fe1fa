#include "api/report/upload.h"

#include "api/caller.h"
#include "api/multipart.h"
#include "api/report/counter.h"
#include "api/report/own_page.h"
#include "api/report/pages.h"
#include "api/report/scan.h"
#include "certs/sealed_file.h"
#include "engine/base/codes.h"
#include "engine/base/digest_stream.h"
#include "engine/store/durable_file.h"
#include "workflows/report/file_kind.h"

namespace sparkgate::api {
namespace {

constexpr MultipartLimits k_limits{4, 4096, 1024};
constexpr size_t k_name_bytes = 200;

// Not in the middle of a character.
std::string beginning(const std::string& utf8) {
  size_t size = std::min(utf8.size(), k_name_bytes);
  while (size > 0 && size < utf8.size() && (utf8[size] & 0xc0) == 0x80) --size;
  return utf8.substr(0, size);
}

// The form has the token first and then the file; nothing is sealed before the token is known for good.
class Upload final : public BodySink, private PartSink {
 public:
  struct Sender {
    SourceKeysPtr keys;
    std::string cookie;
    std::shared_ptr<const void> seat;
  };
  Upload(ReportCounter& counter, Sender sender, const std::string& boundary)
      : counter_(counter), sender_(std::move(sender)), form_(boundary, k_limits, *this) {}

  bool take(std::string_view bytes) override {
    if (const auto fed = form_.feed(bytes); !fed && done_) {
      done_ = report::invalid_report("表单不完整", "the form is broken");
    }
    return done_.has_value();
  }

  /// What came of it; the file is on the disk and the report tells of it.
  Result<void> finish() {
    if (!done_) return done_;
    if (!form_.finish() || !is_whole_) return report::invalid_report("文件未传完", "the file did not come whole");
    if (auto clean = scan_ ? scan_->finish() : Result<void>(); !clean) return clean;
    if (auto kept = file_->keep(); !kept) return kept;
    sent_.sealed = hash_.digest();
    sent_.kind = report::kind_of(beginning_).name;
    auto told = counter_.source.end_file(*sender_.keys, *key_, sent_);
    if (!told) counter_.intake.files.remove(key_->name);
    return told;
  }

 private:
  bool part_begins(const PartHead& head) override {
    is_file_ = head.is_file;
    if (!is_file_) return true;
    done_ = file_ ? Result<void>(report::invalid_report("一次一个文件", "one file at a time")) : begin(head);
    return done_.has_value();
  }

  bool part_bytes(std::string_view bytes) override {
    if (!is_file_) return token_.append(bytes), true;
    sent_.bytes += bytes.size();
    const bool is_too_long = sent_.bytes > report::k_max_file_bytes;
    if (is_too_long) done_ = report::invalid_report("文件超过 25 MB", "the file has more than 25 MB");
    else pass_on(bytes);
    return done_.has_value();
  }

  void pass_on(std::string_view bytes) {
    if (beginning_.size() < report::k_telling_bytes) {
      beginning_.append(bytes.substr(0, report::k_telling_bytes - beginning_.size()));
    }
    if (auto passed = scan_ ? scan_->pass_on(bytes) : Result<void>(); !passed) done_ = passed;
    else writer_->write(bytes);
  }

  bool part_ends() override {
    if (!is_file_) return true;
    writer_->finish();
    is_whole_ = sent_.bytes > 0;
    return done_.has_value();
  }

  Result<void> begin(const PartHead& head) {
    const auto verdict = counter_.tokens.check(token_, sender_.cookie, "file");
    if (verdict != FormTokens::Verdict::good) return refuse(Code::form_stale);
    // A name deceives as well as a text does, and a receipt code in it would be read by officers.
    const auto good = head.filename.empty() ? Result<void>() : report::check_words(head.filename);
    if (!good) return good;
    auto key = counter_.source.begin_file(*sender_.keys);
    if (!key) return tl::make_unexpected(key.error());
    key_.emplace(std::move(*key));
    if (auto scan = begin_scan(); !scan) return scan;
    sent_.file_name = beginning(head.filename);
    sent_.content_type = beginning(head.content_type);
    auto file = counter_.intake.files.begin(key_->name);
    if (!file) return tl::make_unexpected(file.error());
    file_.emplace(std::move(*file));
    writer_.emplace(key_->key, key_->place, [this](std::string_view sealed) { keep(sealed); });
    return {};
  }

  Result<void> begin_scan() {
    if (counter_.intake.scanner.empty()) return {};
    auto scan = Scan::begin(counter_.intake.scanner);
    if (!scan) return tl::make_unexpected(scan.error());
    scan_.emplace(std::move(*scan));
    return {};
  }

  void keep(std::string_view sealed) {
    hash_.add(sealed);
    if (auto written = file_->write(sealed); !written) done_ = written;
  }

  ReportCounter& counter_;
  const Sender sender_;
  Multipart form_;
  Result<void> done_;
  std::string token_;
  std::string beginning_;  // of the file: it tells what it is
  bool is_file_ = false, is_whole_ = false;
  std::optional<report::SourceDesk::FileKey> key_;
  report::SourceDesk::SentFile sent_;
  std::optional<Scan> scan_;
  std::optional<NewFile> file_;
  std::optional<SealedFileWriter> writer_;
  DigestStream hash_;
};

// Of a body that nobody wants: it is answered without being read.
class Unwanted final : public BodySink {
 public:
  explicit Unwanted(std::optional<Refusal> why = std::nullopt) : why(std::move(why)) {}
  bool take(std::string_view) override { return false; }
  const std::optional<Refusal> why;  // nothing: whoever sends it has not come back by the receipt code, or too long ago
};

}  // namespace

std::shared_ptr<BodySink> report_file_sink(Service& service, const Request& head) {
  if (!service.reports) return std::make_shared<Unwanted>();
  if (is_cross_site(head)) return std::make_shared<Unwanted>(Refusal{Code::cross_site_request});
  ReportCounter& counter = *service.reports;
  const std::string cookie = own_cookie(head);
  SourceKeysPtr keys = counter.sessions.find(cookie);
  const auto boundary = boundary_of(head.header("content-type"));
  if (!keys || !boundary) return std::make_shared<Unwanted>();
  auto seat = counter.crowd.seat(head.peer);
  if (!seat) return std::make_shared<Unwanted>(Refusal{Code::too_many_uploads});
  return std::make_shared<Upload>(counter, Upload::Sender{std::move(keys), cookie, std::move(seat)}, *boundary);
}

Result<Response> post_own_file(const Call& call) {
  if (!call.service.reports) return closed_page(call);
  if (const auto* unwanted = dynamic_cast<Unwanted*>(call.request.sink.get()); unwanted && unwanted->why) {
    return own_report(call, *unwanted->why);
  }
  auto* upload = dynamic_cast<Upload*>(call.request.sink.get());
  if (!upload) return report_redirect(call, "/report/return");
  if (const auto done = upload->finish(); !done) return own_report(call, done.error());
  return report_redirect(call, "/report/mine");
}

}  // namespace sparkgate::api
