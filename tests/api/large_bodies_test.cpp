// Bodies beyond the usual limit: one route takes them, few at a time, from whoever may send them, at a slow line's
// pace.
#include <gtest/gtest.h>

#include <thread>

#include "api/http_server.h"
#include "api/photos/photo_routes.h"
#include "engine/base/json.h"
#include "tests/support/jpeg.h"
#include "tests/support/raw_http.h"
#include "tests/support/service.h"

namespace sparkgate::api {
namespace {

using test::HttpClient;
using test::RawConnection;

constexpr size_t k_large = 3 << 20;
constexpr LargeBodies k_rows[] = {{"POST", "/large", 12 << 20}};

std::string head_of(const std::string& path, size_t length, const std::string& fields = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "Content-Length: " + std::to_string(length) +
         "\r\n\r\n";
}

ServerOptions options_for_large() {
  ServerOptions options;
  options.limits.large = k_rows;
  options.linger_timeout = milliseconds(100);
  return options;
}

std::unique_ptr<HttpServer> serve(ServerOptions options) {
  auto server = HttpServer::start(std::move(options), [](const Request& request) {
    return Response{200, "text/plain", std::to_string(request.body.size()), {}};
  });
  return std::move(*server);
}

std::string code_of(const test::Answer& answer) {
  return text_of(parse_json(answer.body).value_or(Json::object()), "code");
}

TEST(LargeBodies, one_route_takes_them_and_the_others_do_not) {
  const auto server = serve(options_for_large());
  HttpClient client(server->port());
  EXPECT_EQ(client.request("POST", "/large", {}, std::string(12 << 20, 'a')).body, std::to_string(12 << 20));
  EXPECT_EQ(client.request("POST", "/large", {}, "small").body, "5");
  for (const auto& [method, path, length] : {std::tuple("POST", "/large", (12 << 20) + 1),
                                             {"PUT", "/large", k_large},
                                             {"POST", "/large/", k_large},
                                             {"POST", "/other", k_large}}) {
    RawConnection sender(server->port());
    sender.send(std::string(method) + head_of(path, static_cast<size_t>(length)).substr(4));
    const auto refused = sender.read_answer();
    EXPECT_EQ(refused.status, 413) << method << " " << path;
    const bool is_large = std::string(path) == "/large" && std::string(method) == "POST";
    EXPECT_EQ(parse_json(refused.body).value().at("limit_bytes"), is_large ? 12 << 20 : 1 << 20);
  }
}

TEST(LargeBodies, a_request_behind_one_is_answered_too) {
  const auto server = serve(options_for_large());
  RawConnection sender(server->port());
  sender.send(head_of("/large", k_large) + std::string(k_large, 'a') + head_of("/other", 3) + "abc");
  EXPECT_EQ(sender.read_answer().body, std::to_string(k_large));
  EXPECT_EQ(sender.read_answer().body, "3");
}

TEST(LargeBodies, few_are_held_at_a_time_and_the_next_is_told_before_it_is_read) {
  ServerOptions options = options_for_large();
  options.large_bodies.at_once = 2;
  const auto server = serve(options);
  RawConnection first(server->port()), second(server->port()), third(server->port());
  for (RawConnection* sender : {&first, &second}) {  // "100 Continue" tells that it has its room
    sender->send(head_of("/large", k_large, "Expect: 100-continue\r\n"));
    EXPECT_EQ(sender->read_answer().status, 100);
  }
  third.send(head_of("/large", k_large, "Expect: 100-continue\r\n"));
  const auto refused = third.read_answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(code_of(refused), "too_busy");
  EXPECT_EQ(refused.headers.at("retry-after"), "5");
  EXPECT_EQ(HttpClient(server->port()).request("POST", "/large", {}, "small").status, 200) << "small ones pass";
  first.send(std::string(k_large, 'a'));
  EXPECT_EQ(first.read_answer().status, 200);
  first.send(head_of("/large", 1) + "a");
  EXPECT_EQ(first.read_answer().status, 200) << "it has given back its room before it reads on";
  RawConnection fourth(server->port());
  fourth.send(head_of("/large", k_large) + std::string(k_large, 'a'));
  EXPECT_EQ(fourth.read_answer().status, 200) << "there is room again";
}

TEST(LargeBodies, who_may_not_send_one_is_told_before_it_is_read) {
  ServerOptions options = options_for_large();
  options.turn_away = [](const Request& head) -> std::optional<Response> {
    if (head.header("authorization") == "yes") return std::nullopt;
    return Response{401, "text/plain", "no", {{"WWW-Authenticate", "Bearer"}}};
  };
  const auto server = serve(options);
  RawConnection sender(server->port());
  sender.send(head_of("/large", k_large));
  const auto refused = sender.read_answer();
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.headers.at("www-authenticate"), "Bearer");
  EXPECT_TRUE(sender.is_closed_by_peer());
  RawConnection other(server->port());
  other.send(head_of("/large", k_large, "Authorization: yes\r\n") + std::string(k_large, 'a'));
  EXPECT_EQ(other.read_answer().status, 200);
}

TEST(LargeBodies, a_slow_line_gets_the_time_it_needs_and_a_stalled_one_is_cut) {
  ServerOptions options = options_for_large();
  options.body_timeout = milliseconds(500);
  options.large_bodies.least_bytes_per_second = 1 << 20;
  const auto server = serve(options);
  RawConnection slow(server->port()), stalled(server->port());
  for (RawConnection* sender : {&slow, &stalled}) sender->send(head_of("/large", k_large));
  stalled.send("a");
  for (int i = 0; i < 6; ++i) {  // 1.5 s, three times the time for a small body
    slow.send(std::string(k_large / 6, 'a'));
    std::this_thread::sleep_for(milliseconds(250));
  }
  EXPECT_EQ(slow.read_answer().status, 200);
  EXPECT_EQ(code_of(stalled.read_answer()), "request_timeout");
}

TEST(LargeBodies, photos_go_through_the_whole_service_and_only_from_who_is_signed_in) {
  test::Service town;
  ServerOptions options;
  options.linger_timeout = milliseconds(100);
  town.app().api().prepare(options);
  const auto server = HttpServer::start(options, [&](const Request& r) { return town.app().api().handle(r); });
  ASSERT_TRUE(server);
  std::string jpeg = test::a_jpeg();
  jpeg.resize(k_most_photo_bytes, 'x');
  HttpClient client((*server)->port());
  const test::Fields fields = {{"Authorization", "Bearer " + town.token("applicant")}, {"Content-Type", "image/jpeg"}};
  const auto kept = client.request("POST", "/api/v1/photos", fields, jpeg);
  ASSERT_EQ(kept.status, 201) << kept.body;
  const std::string url = text_of(parse_json(kept.body).value(), "original_url");
  EXPECT_EQ(client.get(url, fields).body, jpeg);
  EXPECT_EQ(client.get(url, {{"Authorization", "Bearer " + town.token("operator")}}).status, 404);
  EXPECT_EQ(client.get(url).status, 401);
  RawConnection stranger((*server)->port());
  stranger.send(head_of("/api/v1/photos", jpeg.size(), "Content-Type: image/jpeg\r\n"));
  const auto refused = stranger.read_answer();
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(code_of(refused), "unauthenticated");
}

}  // namespace
}  // namespace sparkgate::api
