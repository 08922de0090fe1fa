// A township's ledger in CSV files, as a register and a list of applications; nothing is stored.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <ostream>

#include "engine/base/csv.h"
#include "workflows/hot_work_permit/qualification.h"

namespace sparkgate::admin {

/// Reads units.csv, operators.csv, fire_watches.csv, machines.csv, calendar.csv and applications.csv.
class Ledger final : public Register {
 public:
  /// The file's bytes by its name; nothing when there is none.
  using Files = std::function<std::optional<std::string>(const std::string& file)>;
  explicit Ledger(const Files& files);
  static Ledger of_folder(const std::string& folder);

  /// Every bad row and every unreadable file; when there are any, nothing else may be relied upon.
  const std::vector<Refusal>& errors() const { return errors_; }

  struct Application {
    std::string number;
    Json json;  // as qualification_facts takes it
  };
  const std::vector<Application>& applications() const { return applications_; }

  std::vector<CertificateRecord> certificates(const std::string& number) const override;
  std::optional<FireWatchRecord> fire_watch(const std::string& id_number) const override;
  std::optional<std::string> machine_inspected_until(const std::string& code) const override;
  std::optional<std::string> unit_status(const std::string& credit_code) const override;
  bool is_rest_day(const std::string& day) const override;

 private:
  std::vector<Refusal> errors_;
  std::vector<Application> applications_;
  std::multimap<std::string, CertificateRecord> certificates_;
  std::map<std::string, FireWatchRecord> fire_watches_;
  std::map<std::string, std::string> machines_, units_, calendar_;
};

}  // namespace sparkgate::admin
