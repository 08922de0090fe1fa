#include "api/service.h"

#include "api/openapi.h"
#include "api/report/counter.h"

namespace sparkgate::api {

Service::Service(Engine& engine, const rules::Packs& packs, Anchoring& anchoring, Options options)
    : engine(engine),
      packs(packs),
      anchoring(anchoring),
      options(std::move(options)),
      sessions(engine),
      attempts(engine.clock()),
      next(engine.registry()),
      openapi(openapi_document(engine.registry(), this->options.version).dump()),
      marks(this->options.data / "field_mark_key", engine.random()),
      photos(engine, this->options.data, k_least_free_bytes),
      broadcast(engine),
      reports(this->options.intake ? std::make_unique<ReportCounter>(*this->options.intake) : nullptr) {}

Service::~Service() = default;

}  // namespace sparkgate::api
