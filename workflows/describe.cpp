#include "workflows/describe.h"

namespace sparkgate {

EventSpec described_event(const char* name, const char* zh, const char* en, const Json& schemas) {
  EventSpec event;
  event.name = name;
  event.label = {zh, en};
  event.payload_schema = schemas.at("events").at(name);
  event.payload_schema["definitions"] = schemas.at("definitions");
  return event;
}

}  // namespace sparkgate
