// A JSON value that its copies share until one of them is given another: what a command leaves alone is neither copied
// nor written again.
#pragma once

#include <memory>

#include "engine/base/json_value.h"

namespace sparkgate {

class SharedJson {
 public:
  SharedJson() : SharedJson(Json::object()) {}
  SharedJson(Json value) : value_(std::make_shared<const Json>(std::move(value))) {}

  operator const Json&() const { return *value_; }
  const Json& operator*() const { return *value_; }
  const Json* operator->() const { return value_.get(); }
  /// Are these copies of each other, and so equal? Equal values that came about apart are not.
  bool shares(const SharedJson& other) const { return value_ == other.value_; }

 private:
  std::shared_ptr<const Json> value_;
};

}  // namespace sparkgate
