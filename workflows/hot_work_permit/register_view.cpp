#include "workflows/hot_work_permit/register_view.h"

#include "certs/identifiers.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/registry/calendar.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::permit {
namespace {

// In the ledger's words.
std::string certificate_status(const std::string& state) {
  return state == "Valid" ? "valid" : state == "Suspended" ? "suspended" : "unverified";
}

}  // namespace

std::vector<CertificateRecord> RegisterView::certificates(const std::string& number) const {
  std::vector<CertificateRecord> out;
  for (const InstancePtr& found : registry::find_all(view_, "certificate", number)) {
    CertificateRecord record;
    record.id_number = text_of(found->personal, "id_number");
    record.certificate_class = text_of(found->data, "class");
    record.issued_on = text_of(found->data, "issued_on");
    record.valid_until = text_of(found->data, "valid_until");
    record.review_due = text_of(found->data, "review_due");
    record.status = certificate_status(found->state);
    out.push_back(std::move(record));
  }
  return out;
}

std::optional<FireWatchRecord> RegisterView::fire_watch(const std::string& id_number) const {
  const InstancePtr found = registry::find_one(view_, "fire_watch", id_number);
  if (!found || found->state != "Valid") return std::nullopt;
  return FireWatchRecord{text_of(found->data, "trained_on"), text_of(found->data, "training_valid_until")};
}

std::optional<std::string> RegisterView::machine_inspected_until(const std::string& code) const {
  const InstancePtr found = registry::find_one(view_, "machine", code);
  if (!found || found->state != "Valid") return std::nullopt;
  return text_of(found->data, "inspected_until");
}

Json RegisterView::instrument_facts(const std::string& code) const {
  const InstancePtr found = registry::find_one(view_, "instrument", normal_identifier(code));
  if (!found || found->state != "Valid") return {{"instrument_known", false}};
  return {{"instrument_known", true}, {"instrument_calibrated_until", text_of(found->data, "calibrated_until")}};
}

std::optional<std::string> RegisterView::unit_status(const std::string& credit_code) const {
  const InstancePtr found = registry::find_one(view_, "unit", credit_code);
  if (!found) return std::nullopt;
  return found->state == "Valid" ? "allowed" : "suspended";
}

bool RegisterView::is_rest_day(const std::string& day) const { return registry::is_rest_day(view_, day); }

Json RegisterView::raw_application() const {
  Json out = permit_.data.at("application");
  const auto numbers = permit_.personal->find("numbers");
  if (numbers == permit_.personal->end()) return out;
  out.update(*numbers);
  if (const auto watch = numbers->find("watch"); watch != numbers->end()) out["fire_watch"] = *watch;
  return out;
}

Json RegisterView::facts(const rules::Zone& zone) const {
  const Json raw = raw_application();
  const auto operator_subject = [&](const std::string& number) {
    const Json& numbers = raw.at("operators");
    const auto at = std::find(numbers.begin(), numbers.end(), Json(number)) - numbers.begin();
    const Json& names = application(permit_, "operators");
    return at < static_cast<ptrdiff_t>(names.size()) ? names[at].get<std::string>() : number;
  };
  const auto machine_subject = [](const std::string& code) { return code; };
  return qualification_facts(raw, *this, zone, operator_subject, machine_subject);
}

}  // namespace sparkgate::permit
