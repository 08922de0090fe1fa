// The form of GB 30871-2022, table A.1, drawn from a permit's record.
#pragma once

#include "api/paper/record.h"
#include "api/paper/sheet.h"

namespace sparkgate::api {

/// What a copy says beside the record: texts of its last table by their labels, and of its frame.
struct FormFrame {
  std::string number, state;
  std::string watermark;  // "" on a permit that is in force
  QrCode qr;
  std::vector<std::pair<std::string_view, std::string>> receipts;  // (key among the words, text)
};

/// `copies`: indexes into record.copies; none where the rules name none, then one without a name.
void draw_form(Sheet& sheet, const PaperRecord& record, const FormFrame& frame, const std::vector<size_t>& copies,
               Language language);

}  // namespace sparkgate::api
