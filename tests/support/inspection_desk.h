// Inspections and violations over the town's engine, by people of the demo.
#pragma once

#include "tests/support/town.h"

namespace sparkgate::test {

class InspectionDesk {
 public:
  explicit InspectionDesk(Town& town) : town_(town) {}

  /// Sends an event as of the latest version; `id`: "" makes a new one.
  Result<Receipt> send(const std::string& login, const std::string& workflow, const std::string& id,
                       const std::string& event, const Json& payload);
  Result<Receipt> inspect(const std::string& login, const std::string& id, const std::string& event,
                          const Json& payload = Json::object()) {
    return send(login, "inspection", id, event, payload);
  }
  /// The same, and throws when it is refused.
  Receipt must(const std::string& login, const std::string& id, const std::string& event,
               const Json& payload = Json::object());

  /// A sound body to open at the permit, by its notice; or where nobody has one.
  Json at_permit(const std::string& permit);
  static Json at_place();
  /// An inspection of the grid worker's.
  std::string open(const Json& payload) { return must("grid_worker", "", "open", payload).instance; }
  /// One that the office refers to the inspectors: at the permit by its id, or where nobody has one.
  std::string refer(const Json& place);
  static Json here();
  /// Records a pass of every item, but for those named: "fail" or "not_applicable".
  void record_all(const std::string& id, const Json& others = Json::object());
  Receipt conclude(const std::string& id) { return must("grid_worker", id, "conclude", conclusion()); }
  static Json conclusion() { return {{"conclusion", "已当场告知"}}; }

  /// Those that the inspection caused.
  std::vector<InstancePtr> violations_of(const std::string& inspection);
  /// "pause applicant; inspection grid_worker": each hold, its cause and its role.
  std::string holds(const std::string& permit);
  /// May that account read it?
  bool reads(const std::string& login, const std::string& id);

  Town& town() { return town_; }

 private:
  Town& town_;
};

}  // namespace sparkgate::test
