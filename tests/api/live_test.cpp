// The stream of events: what it tells whom, in which order, and how it ends.
#include <gtest/gtest.h>

#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Ask;
using test::Got;
using test::Service;

struct Event {
  std::string name, id;
  Json data;
};

std::vector<Event> events_in(std::string_view text) {
  std::vector<Event> out;
  while (!text.empty()) {
    std::string_view block = text.substr(0, text.find("\n\n"));
    text.remove_prefix(std::min(block.size() + 2, text.size()));
    Event event;
    while (!block.empty()) {
      const std::string_view line = block.substr(0, block.find('\n'));
      block.remove_prefix(std::min(line.size() + 1, block.size()));
      if (line.starts_with("event: ")) event.name = line.substr(7);
      if (line.starts_with("id: ")) event.id = line.substr(4);
      if (line.starts_with("data: ")) event.data = *parse_json(line.substr(6));
    }
    out.push_back(std::move(event));
  }
  return out;
}

// Somebody who listens.
class Listener {
 public:
  Listener(Service& service, const std::string& login, const std::string& last = "") {
    api::Request request;
    request.method = "GET";
    request.path = "/api/v1/events";
    request.headers = {{"authorization", "Bearer " + service.token(login)}, {"accept-language", "en"}};
    if (!last.empty()) request.headers["last-event-id"] = last;
    api::Response response = service.app().api().handle(request);
    status = response.status;
    body = response.body;
    stream_ = response.stream;
  }
  /// All that has been committed up to now, but for the beginning.
  std::vector<Event> hear() {
    std::string text;
    for (auto piece = stream_->next(milliseconds(0)); piece && !piece->empty();
         piece = stream_->next(milliseconds(0))) {
      text += *piece;
    }
    auto events = events_in(text);
    std::erase_if(events, [](const Event& event) { return event.name.empty(); });
    return events;
  }
  /// "ready transition:create transition:submit", with what was heard last.
  std::string story() {
    std::string out;
    for (const Event& event : heard = hear()) {
      out += (out.empty() ? "" : " ") + event.name;
      if (event.name == "transition") out += ":" + text_of(event.data, "event");
      if (event.name == "notice") out += ":" + text_of(event.data, "code");
    }
    return out;
  }
  std::optional<std::string> next() { return stream_->next(milliseconds(0)); }

  int status = 0;
  std::string body;
  std::vector<Event> heard;

 private:
  std::shared_ptr<api::Stream> stream_;
};

class Live : public testing::Test {
 protected:
  std::string register_unit(const std::string& code, const std::string& login = "applicant") {
    const Got got = service.ask({"POST",
                                 "/api/v1/persons",
                                 login,
                                 {{"name", "Somebody"}, {"id_number", code}, {"unit", "91500230MADEMA01XB"}}});
    EXPECT_EQ(got.status, 201) << got.body;
    return text_of(got.body, "id");
  }
  int64_t newest() { return service.entries() - 1; }

  Service service;
};

TEST_F(Live, entries_are_told_in_their_order_once_they_are_durable) {
  Listener listener(service, "applicant");
  EXPECT_EQ(listener.status, 200);
  EXPECT_EQ(listener.story(), "ready");
  const std::string before = std::to_string(newest());
  EXPECT_EQ(listener.heard.at(0).id, before);
  const std::string first = register_unit("500230199001011099");
  const std::string second = register_unit("500230199001011080");
  EXPECT_EQ(listener.story(), "transition:register transition:register");
  const Json& told = listener.heard.at(1).data;
  EXPECT_EQ(listener.heard.at(0).data.at("instance"), first);
  EXPECT_EQ(told.at("instance"), second);
  EXPECT_EQ(told.at("workflow"), "person");
  EXPECT_EQ(told.at("collection"), "persons");
  EXPECT_EQ(told.at("version"), 1);
  EXPECT_EQ(told.at("index"), newest());
  EXPECT_EQ(listener.heard.at(1).id, std::to_string(newest()));
  EXPECT_EQ(listener.story(), "");
}

TEST_F(Live, nobody_hears_of_what_they_may_not_read) {
  Listener official(service, "supervisor1"), watch(service, "fire_watch");
  EXPECT_EQ(official.story(), "ready");
  EXPECT_EQ(watch.story(), "ready");
  register_unit("500230199001011099");
  EXPECT_EQ(official.story(), "transition:register");
  EXPECT_EQ(watch.story(), "");
}

TEST_F(Live, whoever_comes_back_misses_nothing) {
  Listener listener(service, "applicant");
  (void)listener.hear();
  register_unit("500230199001011099");
  const std::string last = listener.hear().back().id;
  register_unit("500230199001011080");
  register_unit("500230199001011056");
  Listener again(service, "applicant", last);
  EXPECT_EQ(again.story(), "ready transition:register transition:register");
  EXPECT_EQ(again.heard.at(0).id, last);
}

TEST_F(Live, whoever_comes_back_after_a_restart_reads_on_from_the_store) {
  const std::string last = std::to_string(newest());
  register_unit("500230199001011099");
  service.restart();
  Listener again(service, "applicant", last);
  EXPECT_EQ(again.story(), "ready transition:register");
  EXPECT_EQ(again.heard.at(1).data.at("index"), newest());
}

TEST_F(Live, whoever_has_missed_too_much_or_knows_what_is_not_there_starts_anew) {
  Listener ahead(service, "applicant", std::to_string(newest() + 1000));
  EXPECT_EQ(ahead.story(), "ready reset");
  EXPECT_EQ(ahead.heard.at(1).data.at("index"), newest());
  Listener wrong(service, "applicant", "12x");
  EXPECT_EQ(wrong.status, 400) << wrong.body;
}

TEST_F(Live, silence_is_broken_by_a_comment_that_moves_the_id_on) {
  Listener listener(service, "fire_watch");
  (void)listener.hear();
  register_unit("500230199001011099");
  EXPECT_EQ(listener.next(), "");
  service.clock.advance(seconds(16));
  EXPECT_EQ(listener.next(), ":\nid: " + std::to_string(newest()) + "\n\n");
  EXPECT_EQ(listener.next(), "");
}

TEST_F(Live, the_stream_ends_with_the_session) {
  Listener listener(service, "applicant");
  (void)listener.hear();
  EXPECT_EQ(service.ask({"DELETE", "/api/v1/sessions/current", "applicant"}).status, 204);
  EXPECT_EQ(listener.next(), std::nullopt);
}

TEST_F(Live, the_stream_ends_when_the_service_drains) {
  Listener listener(service, "applicant");
  (void)listener.hear();
  service.app().api().drain();
  EXPECT_EQ(listener.next(), std::nullopt);
}

TEST_F(Live, a_session_has_six_streams_at_most) {
  std::vector<Listener> six;
  for (int i = 0; i < 6; ++i) six.emplace_back(service, "applicant");
  EXPECT_EQ(six.back().status, 200);
  Listener seventh(service, "applicant");
  EXPECT_EQ(seventh.status, 429);
  EXPECT_NE(seventh.body.find("too_many_streams"), std::string::npos) << seventh.body;
  EXPECT_EQ(Listener(service, "operator").status, 200) << "another's";
  six.pop_back();
  EXPECT_EQ(Listener(service, "applicant").status, 200);
}

}  // namespace
}  // namespace sparkgate
