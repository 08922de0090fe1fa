// What a permit's notice tells the public, as values for its page.
#pragma once

#include "api/notice/standing.h"
#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::api {

struct NoticeAsk {
  Language language;
  Time at;
  std::string address;  // of this page: where its QR code leads
};

/// Of a permit with that notice code. Nothing that identifies a person beyond the masked name; the watch's telephone
/// only while that person answers for the place.
Json notice_values(const Instance& permit, const View& view, const rules::Packs& packs, const NoticeAsk& ask);

/// Of a code that no permit has.
Json no_notice_values(const rules::Packs& packs, const NoticeAsk& ask);

/// A path of an SVG image, a unit a module, with its quiet zone; and the image's side.
struct QrPath {
  std::string path;
  int side;
};
QrPath qr_path(std::string_view text);

}  // namespace sparkgate::api
