// The side of whoever reports: filing, coming back by the receipt code, answering, objecting, claiming. No name, no
// address, no time of day.
#pragma once

#include "workflows/report/filing.h"
#include "workflows/report/intake.h"
#include "workflows/report/thread.h"

namespace sparkgate::report {

struct Receipt {
  ReceiptCode code;      // shown once
  std::string check_by;  // the day on which to look again
};

/// What the source may see of its report.
struct SourceView {
  std::string state;
  std::string received, due;      // days
  std::vector<Said> said;         // of both sides, in order; no notes
  std::vector<std::string> next;  // events that the source may bring about now
  bool has_claimed = false;       // a reward
};

class SourceDesk {
 public:
  explicit SourceDesk(Intake& intake) : intake_(intake) {}

  /// Refuses report_invalid and intake_closed: also when all officers but one are left out.
  Result<Receipt> file(const Filing& filing);

  SourceKeys keys_of(const ReceiptCode& code) const { return SourceKeys::derive(code, intake_.salt); }
  /// Refuses receipt_unknown, the same for a code that never was and for one whose report is gone.
  Result<SourceView> look(const SourceKeys& keys);
  /// Whether a report answers to them.
  bool knows(const SourceKeys& keys) const;
  /// `event` is one of the source's but "file"; `text` has been checked (check_words). Refuses receipt_unknown,
  /// wrong_state, report_invalid.
  Result<void> act(const SourceKeys& keys, std::string_view event, const std::string& text);

  struct FileKey {
    SecretBytes key;
    ContentPlace place;
    std::string name;  // of the file to write
  };
  /// To seal a file under. Refuses receipt_unknown; wrong_state when the report has ended; and report_invalid when it
  /// has enough files already.
  Result<FileKey> begin_file(const SourceKeys& keys);
  struct SentFile {
    std::string file_name, content_type;  // as the sender's device called it
    std::string kind;                     // by its bytes: see file_kind.h
    uint64_t bytes = 0;
    Digest sealed{};  // of the sealed file
  };
  /// Once the sealed file is on the disk.
  Result<void> end_file(const SourceKeys& keys, const FileKey& file, const SentFile& sent);

 private:
  Result<Opened> open(IntakeReader& reader, const SourceKeys& keys) const;

  Intake& intake_;
};

inline constexpr size_t k_max_files = 10;  // of one report
inline constexpr uint64_t k_max_file_bytes = 25u << 20;

}  // namespace sparkgate::report
