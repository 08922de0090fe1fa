#include "workflows/diagram.h"

namespace sparkgate {

std::string diagram(const Description& description) {
  std::string out = "stateDiagram-v2\n";
  for (const TransitionSpec& row : description.transitions) {
    const EventSpec* event = description.event(row.event);
    if (event && event->fact) continue;  // records something, leads nowhere
    out += "    " + (row.from.empty() ? "[*]" : row.from) + " --> " + row.to + " : " + row.event;
    if (!row.guard.empty()) out += " [" + row.guard + "]";
    out += "\n";
  }
  for (const StateSpec& state : description.states) {
    if (state.terminal) out += "    " + state.name + " --> [*]\n";
  }
  return out;
}

}  // namespace sparkgate
