// What removes unused photos: once at the start, then every hour.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/photos/photos.h"

namespace sparkgate::admin {

class PhotoKeeper {
 public:
  PhotoKeeper(api::Photos& photos, std::function<void(const std::string&)> log);

 private:
  void keep(const std::stop_token& stop);

  api::Photos& photos_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace sparkgate::admin
