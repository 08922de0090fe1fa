#include "api/api.h"

#include "api/router.h"

namespace sparkgate::api {

Response Api::handle(const Request& request) { return answer(service_, request); }

}  // namespace sparkgate::api
