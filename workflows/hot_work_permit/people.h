// Whom a permit names, by the registers: people by their names within it, and the records that it relies on.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::permit {

/// Gives people their names within the permit and gathers the links to their records. Numbers in whatever case.
class Naming {
 public:
  Naming(const View& view, Cast& cast) : view_(view), cast_(cast) {}

  /// The holder of a certificate. It need not be known: the qualification check says so, with its clause.
  std::string holder_of(const std::string& number);
  std::string watch(const std::string& id_number);
  std::string person(const std::string& id_number);

  /// "" where the registers know nobody by that number.
  std::string known_holder(const std::string& number);
  std::string known_watch(const std::string& id_number);
  std::string known_person(const std::string& id_number);

  /// Of the people named so far, and of what else the application names: [kind, id].
  Json links_with(const Json& application) const;

 private:
  const View& view_;
  Cast& cast_;
  Json links_ = Json::array();
};

/// The permit with its people as the registers have them by now: a mended register needs no mended form. Whom they no
/// longer know stays. What differs goes into `decision`.
Instance named_anew(const Instance& permit, const View& view, Cast& cast, Decision& decision);

/// The links of a permit whose watch is handed to the person with that number: what becomes of the record of the former
/// watch concerns it no more.
Json links_with_watch(const Instance& permit, const std::string& id_number, const View& view);

}  // namespace sparkgate::permit
