// What a device brings when it has network again: the body of a sync, taken apart.
#pragma once

#include "workflows/field/marks.h"
#include "workflows/field/placing.h"
#include "workflows/keys/key.h"

namespace sparkgate::field {

/// One event as the device claims it.
struct Claim {
  std::string id;      // a UUID that the device made: a repeat is known by it
  int64_t seq = 0;
  std::string permit;
  std::string event;
  Json payload;
  Reading at;
  std::string mark;    // the last mark that the device had …
  Reading mark_at;     // … and when it got it
  Time wall;
  std::string text;    // what was signed: RFC 8785 JSON of the event without its signature, and `device`: the kid
  std::string signature;  // base64
};

/// Of a signed text; tells events of one id apart.
std::string digest_of(std::string_view text);

struct SeenMark {
  std::string mark;
  Reading at;
};

struct Report {
  std::string kid;
  Reading at;                   // of the sync
  std::vector<SeenMark> marks;  // beside those of the events
  std::vector<Claim> events;    // by seq
};

/// JSON Schema of the body.
const Json& sync_schema();

/// Refuses payload_invalid: of another shape, a `wall` that is no time, a payload over 4096 bytes.
Result<Report> read_report(const Json& body);

/// What becomes of each event by its signature, its mark and the device's clock; what is not signed by the key or names
/// no good mark says nothing about the others. Each is refused with signature_invalid, or as Marks::read and place()
/// refuse; passkeys sign no such text. Of `report.marks` every one must be good, since the device need not send them:
/// refuses field_mark_invalid.
Result<std::vector<Result<Placing>>> place(const Report& report, const keys::PersonKey& key, Marks& marks,
                                           std::string_view account, Time now);

}  // namespace sparkgate::field
