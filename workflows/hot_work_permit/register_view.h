// The service's registers as the qualification check reads them.
#pragma once

#include "engine/workflow.h"
#include "workflows/hot_work_permit/qualification.h"

namespace sparkgate::permit {

class RegisterView final : public Register {
 public:
  RegisterView(const View& view, const Instance& permit) : view_(view), permit_(permit) {}

  std::vector<CertificateRecord> certificates(const std::string& number) const override;
  std::optional<FireWatchRecord> fire_watch(const std::string& id_number) const override;
  std::optional<std::string> machine_inspected_until(const std::string& code) const override;
  std::optional<std::string> unit_status(const std::string& credit_code) const override;
  bool is_rest_day(const std::string& day) const override;

  /// The vocabulary's facts of a gas detector, by its code: a suspended one is not known.
  Json instrument_facts(const std::string& code) const;

  /// The permit's application with the identifiers that lie apart from its facts.
  Json raw_application() const;
  /// The facts of the qualification check; people by their names within the permit.
  Json facts(const rules::Zone& zone) const;

 private:
  const View& view_;
  const Instance& permit_;
};

}  // namespace sparkgate::permit
