// What taking and handling reports needs of the house around it.
#pragma once

#include "certs/secret.h"
#include "engine/base/time.h"
#include "engine/store/blob_folder.h"
#include "engine/store/intake_store.h"
#include "workflows/report/clocks.h"
#include "workflows/report/rosters.h"

namespace sparkgate::report {

/// A file without what it tells beside its content; `extension` as in file_kind.h. Refuses cleaner_missing,
/// file_not_cleaned.
using Clean = std::function<Result<std::string>(std::string_view bytes, std::string_view extension)>;

/// All that is referred to outlives it. `tenant` names the office in everything that is sealed; `salt` belongs to it.
struct Intake {
  IntakeStore& store;
  const Rosters& rosters;
  const Clock& clock;
  Random& random;
  std::string tenant;
  std::string salt;
  SecretBytes pepper;                 // outside the database and its backups
  BlobFolder files;                   // sealed, by random names
  std::function<std::string()> today; // the office's day
  WorksOn works_on;
  Clean clean = {};                   // nothing: this service cannot
  std::filesystem::path scanner = {}; // clamd's socket; "": files are taken unscanned
};

/// Settings of IntakeStore.
inline constexpr std::string_view k_tenant_setting = "tenant", k_salt_setting = "salt";

/// 32 hexadecimal digits, random.
std::string random_name(Random& random);

/// A number below `limit`, by lot.
uint64_t below(uint64_t limit, Random& random);

/// wrong_state: that may not happen now.
Refusal not_now(const StoredReport& report, std::string_view event);

/// The report after `event`, its step added to the store; nothing else of it is changed. `by` is "source", "system" or
/// an officer's id. Refuses wrong_state.
Result<void> take_step(IntakeWriter& writer, StoredReport& report, std::string_view event, const std::string& by,
                       const Intake& intake, const Json& about = Json::object());

}  // namespace sparkgate::report
