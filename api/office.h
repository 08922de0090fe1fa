// What only the program as a whole can do for its office: take in rule packs, read ledgers, make backups.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/rules/pack.h"

namespace sparkgate::api {

/// An application out of a ledger, as facts that a pack judges.
struct LedgerCase {
  std::string number;
  Json facts;
};

struct BackupWish {
  bool with_files = true;  // photos
  bool with_keys = false;  // of the log: whoever holds the backup can then sign in its name
};

class Office {
 public:
  virtual ~Office() = default;
  /// Compiles a pack and keeps it by its digest, in the store first. Refuses pack_broken.
  virtual Result<const rules::Pack*> take_pack(std::string_view json) = 0;
  /// The ledger's applications, as that pack's time zone sees them. Refuses ledger_unusable and import_row_invalid.
  virtual Result<std::vector<LedgerCase>> read_ledger(std::string_view zip, const rules::Pack& pack) = 0;
  /// Begins one in the background, and tells of it as list_backups does. Refuses backups_off and backup_running.
  virtual Result<Json> start_backup(const BackupWish& wish) = 0;
  /// {directory_set, items: [{name, state, step, percent, started_at, ended_at, bytes, log, …}]}, the newest first.
  virtual Json list_backups() = 0;
};

}  // namespace sparkgate::api
