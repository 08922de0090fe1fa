#include "api/compressed.h"

#include <Poco/DeflatingStream.h>

#include <sstream>

#include "api/ascii.h"

namespace sparkgate::api {
namespace {

std::string gzip(const std::string& bytes) {
  std::ostringstream out;
  Poco::DeflatingOutputStream packer(out, Poco::DeflatingStreamBuf::STREAM_GZIP);
  packer << bytes;
  packer.close();
  return out.str();
}

}  // namespace

bool takes_gzip(const Request& request) {
  const std::string accepted = to_lower(request.header("accept-encoding"));
  const size_t at = accepted.find("gzip");
  return at != accepted.npos && accepted.compare(at, 8, "gzip;q=0") != 0;
}

Response public_text(const Request& request, std::string body) {
  Response response;
  response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language");
  response.body = std::move(body);
  if (takes_gzip(request)) {
    response.body = gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

}  // namespace sparkgate::api
