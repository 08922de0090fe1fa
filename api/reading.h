// Reading instances: lists, one with what can be done next, its entries, decisions and follow-ups.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> list_instances(const Call& call);    // GET /api/v1/{collection}
Result<Response> get_instance(const Call& call);      // GET /api/v1/{collection}/{id}
Result<Response> get_entries(const Call& call);       // GET …/{id}/entries
Result<Response> get_decisions(const Call& call);     // GET …/{id}/decisions
Result<Response> get_follow_ups(const Call& call);    // GET …/{id}/follow-ups

/// A View over committed state that asks the store once for each thing: made for one request.
class RequestView final : public View {
 public:
  explicit RequestView(Reader& reader) : view_(reader) {}
  InstancePtr find(std::string_view id) const override;
  std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                  std::string_view ref) const override;
  int64_t counter(std::string_view name) const override { return view_.counter(name); }

 private:
  ReaderView view_;
  mutable std::map<std::string, InstancePtr, std::less<>> found_;
  mutable std::map<std::string, std::vector<InstancePtr>, std::less<>> linked_;
};

struct Found {
  const Workflow* workflow;
  InstancePtr instance;
};
/// What the path names. What may not be seen is not there: not_found.
Result<Found> readable_instance(const Call& call, const View& view);

/// id, workflow, state, state_label, version, at, data.
Json instance_json(const Workflow& workflow, const Instance& instance, const Call& call, const View& view);

}  // namespace sparkgate::api
