// A report as an officer sees it.
#pragma once

#include "workflows/report/history.h"
#include "workflows/report/thread.h"

namespace sparkgate::report {

/// As it stands in the officers' list.
struct Summary {
  StoredReport report;
  Json first;               // what was reported; null where the officer cannot open it
  std::string assigned_to;  // an officer's id
  bool has_news = false;    // the last word is the source's
};

/// Something that was handed on from a report.
struct HandOff {
  int64_t sequence = 0;  // of the note that tells of it
  StoredHandOff stored;
};

struct OfficerView {
  Summary summary;
  std::vector<Said> said;
  History history;
  std::vector<std::string> next;  // events that the officer may do now
  std::vector<HandOff> hand_offs;
  int unproven = 0;               // items that were altered, or are nobody's
};

}  // namespace sparkgate::report
