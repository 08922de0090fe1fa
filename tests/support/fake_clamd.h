// A scanner for malware as clamd is one, on a Unix socket: it finds what holds the word "malware".
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace sparkgate::test {

class FakeClamd {
 public:
  explicit FakeClamd(std::filesystem::path socket);
  ~FakeClamd();
  FakeClamd(const FakeClamd&) = delete;
  const std::filesystem::path& socket() const { return path_; }
  /// What it was shown last.
  std::string scanned() const;
  /// What it answers instead of a verdict; "": a verdict.
  void answer(std::string text);

 private:
  void run();
  void serve(int socket);
  const std::filesystem::path path_;
  int listener_;
  std::atomic<bool> is_over_ = false;
  mutable std::mutex mutex_;
  std::string scanned_, answer_;
  std::thread thread_;
};

}  // namespace sparkgate::test
