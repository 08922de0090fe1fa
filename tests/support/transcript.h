// HTTP transcripts: text files of requests and expected answers, run one after the other.
//
//   # a comment
//   POST /api/v1/units          method and target
//   As: applicant               whose token is sent; the other fields are sent as they stand
//   If-Match: "{version}"       {name}: what was captured before
//   {"name": "…"}               the body, from a line that begins with { or [, or with | for a text as it stands,
//                               or @ and the path of a file of the repository
//   => 201                      the expected status
//   ETag: "1"                   expected fields
//   {"id": "?unit", "at": "*"}  expected members: ?name captures, * is anything; more members may be there
//
// Exchanges are separated by blank lines.
#pragma once

#include "tests/support/service.h"

namespace sparkgate::test {

/// What went otherwise than written, an item each, with the line of the exchange; empty: all as written.
std::vector<std::string> run_transcript(Service& service, const std::string& text);

}  // namespace sparkgate::test
