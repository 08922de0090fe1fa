#include "workflows/hot_work_permit/photos.h"

#include <set>

#include "workflows/hot_work_permit/notices.h"
#include "workflows/photos.h"

namespace sparkgate::permit {

// Only the first permit that bears a photo is linked so, however often it is used: looking it up stays cheap.
void flag_used_photos(Deciding& d) {
  std::set<std::string> numbers;
  for (const std::string& photo : photos_in(d.payload)) {
    const auto first = d.situation.view.linked("hot_work_permit", "photo_first", photo);
    if (first.empty()) continue;
    numbers.insert(text_of(first.front()->data, "number"));
    d.decision.personal["reused"].push_back(photo);
  }
  if (numbers.empty()) return;
  d.decision.facts["photo_reused"] = numbers;
  notify(d, "supervisor", Message::permit_photo_reused);
}

}  // namespace sparkgate::permit
