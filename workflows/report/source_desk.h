// The side of whoever reports: filing, coming back by the receipt code, answering, objecting, claiming. No name, no
// address, no time of day.
#pragma once

#include "workflows/report/filing.h"
#include "workflows/report/intake.h"

namespace sparkgate::report {

struct Receipt {
  ReceiptCode code;      // shown once
  std::string check_by;  // the day on which to look again
};

/// What the source may see of its report.
struct SourceView {
  std::string state;
  std::string received, due;  // days
  std::vector<Said> said;     // of both sides, in order; no notes
  bool can_object = false;
  bool can_claim = false;     // a reward, where the report was found true
  bool has_claimed = false;
};

class SourceDesk {
 public:
  explicit SourceDesk(Intake& intake) : intake_(intake) {}

  /// Refuses report_invalid and intake_closed: also when all officers but one are left out.
  Result<Receipt> file(const Filing& filing);

  SourceKeys keys_of(const ReceiptCode& code) const { return SourceKeys::derive(code, intake_.salt); }
  /// Refuses receipt_unknown, the same for a code that never was and for one whose report is gone.
  Result<SourceView> look(const SourceKeys& keys);
  /// `event` is "answer", "object" or "claim_reward"; `text` has been checked (check_text). Refuses receipt_unknown,
  /// wrong_state, report_invalid.
  Result<void> act(const SourceKeys& keys, std::string_view event, const std::string& text);

  struct FileKey {
    SecretBytes key;
    ContentPlace place;
    std::string name;  // of the file to write
  };
  /// To seal a file under. Refuses receipt_unknown, and report_invalid when the report has enough files already.
  Result<FileKey> begin_file(const SourceKeys& keys);
  struct SentFile {
    std::string file_name, content_type;  // as the sender's device called it
    uint64_t bytes = 0;
    Digest sealed{};  // of the sealed file
  };
  /// Once the sealed file is on the disk.
  Result<void> end_file(const SourceKeys& keys, const FileKey& file, const SentFile& sent);

 private:
  struct Opened {
    StoredReport report;
    Thread thread;
  };
  Result<Opened> open(IntakeReader& reader, const SourceKeys& keys) const;
  void seal_to_officers(IntakeWriter& writer, const StoredReport& report, const X25519Key& secret,
                        const std::vector<RosterOfficer>& readers);

  Intake& intake_;
};

inline constexpr size_t k_max_files = 10;
inline constexpr uint64_t k_max_file_bytes = 25u << 20;

}  // namespace sparkgate::report
