// Offices that watch each other: what is cosigned, when work waits for it, and how a log that was put back is caught.
#include "api/out/anchoring.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/support/growing_log.h"
#include "tests/support/office.h"
#include "tests/support/test_keys.h"

namespace sparkgate::test {
namespace {

class Offices : public testing::Test {
 protected:
  Offices() { west.watch({east.log_key()}), north.watch({east.log_key()}), south.watch({east.log_key()}); }
  void open_east(size_t needed = 1, bool required = false) {
    east.open(witnessed_by(network, {west.witness_address(), north.witness_address(), south.witness_address()}, needed,
                           required));
  }
  void cut(std::initializer_list<const char*> hosts) {
    for (const char* host : hosts) network.cut(host);
  }
  /// Whose signatures stand under the note, in order.
  std::string signers(const std::string& bytes) {
    const auto note = parse_note(bytes);
    if (!note) return "no note: " + bytes;
    const std::vector<NoteVerifier> keys = {east.log_key(), west.witness_address().key, north.witness_address().key,
                                            south.witness_address().key};
    const auto by = verified_by(*note, keys);
    if (!by) return describe(by.error());
    std::string out;
    for (const size_t key : *by) out += (out.empty() ? "" : " ") + keys[key].name();
    return out;
  }
  std::string published() { return east.published_note(); }

  Network network;
  FakeClock clock;
  Office east{"east", network, clock}, west{"west", network, clock}, north{"north", network, clock},
      south{"south", network, clock};
};

TEST_F(Offices, cosign_each_others_logs) {
  east.watch({west.log_key()});
  east.open(witnessed_by(network, {west.witness_address()}, 1));
  west.open(witnessed_by(network, {east.witness_address()}, 1));
  for (int round = 0; round < 3; ++round) {
    east.record(5), west.record(3);
    east.step(), west.step();
    EXPECT_EQ(signers(published()), "east/log west/witness");
    EXPECT_EQ(east.standing(), "ok " + std::to_string(east.published()));
    EXPECT_EQ(west.standing(), "ok " + std::to_string(west.published()));
    EXPECT_EQ(east.verdict() + " " + west.verdict(), "met met");
  }
  EXPECT_EQ(east.published(), 15u);
}

TEST_F(Offices, are_asked_only_for_what_is_new) {
  open_east();
  east.record();
  for (int round = 0; round < 5; ++round) east.step();
  EXPECT_EQ(network.asked("west"), 2) << "once at the start, once for what was recorded since";
  east.record(), east.record();
  clock.advance(seconds(2));
  east.anchoring().step();
  EXPECT_EQ(network.asked("west"), 2) << "not before ten seconds are over";
  east.step();
  EXPECT_EQ(network.asked("west"), 3) << "the newest, and not each one between";
  EXPECT_EQ(east.standing(), "ok 3");
}

TEST_F(Offices, keep_their_cosignatures_over_a_restart) {
  open_east(2);
  east.record(7);
  east.step();
  cut({"west", "north", "south"});
  open_east(2);
  EXPECT_EQ(signers(published()), "east/log west/witness north/witness south/witness");
  EXPECT_EQ(east.standing(), "unreachable 7 peer_unreachable");
  west.be_a_witness_again(), north.be_a_witness_again();
  east.step();
  EXPECT_EQ(east.standing() + ", " + east.verdict(), "ok 7, met");
}

// -- a log that was put back

TEST_F(Offices, catch_a_machine_that_was_put_back_before_it_records_anything) {
  open_east();
  east.record(4);
  east.close();
  east.take_snapshot();
  open_east();
  east.record(6);
  east.step();
  east.close();
  east.restore_snapshot();
  open_east();
  EXPECT_EQ(east.obstacle(), "witness_ahead") << "the high-water mark went back, too: nothing else could tell";
  EXPECT_EQ(east.record(), "witness_ahead");
  EXPECT_EQ(east.standing(), "refused 0 witness_ahead");
}

TEST_F(Offices, catch_a_machine_that_was_put_back_and_went_on_while_they_were_away) {
  open_east();
  east.record(4);
  east.close();
  east.take_snapshot();
  open_east();
  east.record(6);
  east.step();
  east.close();
  east.restore_snapshot();
  cut({"west", "north", "south"});
  open_east();
  east.step();
  EXPECT_EQ(east.record(10), "") << "nobody can tell yet, and the policy is to go on";
  west.be_a_witness_again();
  for (int round = 0; round < 3; ++round) east.step();
  EXPECT_EQ(east.standing(), "refused 0 witness_disagrees");
  EXPECT_EQ(east.record(), "witness_disagrees");
}

TEST_F(Offices, catch_another_history_of_the_very_same_length) {
  open_east();
  east.record(4);
  east.close();
  east.take_snapshot();
  open_east();
  east.record(6);
  east.step();
  east.close();
  east.restore_snapshot();
  cut({"west", "north", "south"});
  open_east();
  clock.advance(hours(1));
  east.record(6);
  west.be_a_witness_again();
  east.step();
  EXPECT_EQ(east.record(), "witness_disagrees");
}

TEST_F(Offices, catch_a_log_that_begins_anew_under_its_old_name) {
  open_east();
  east.record(4);
  east.step();
  Office copy("east", network, clock);
  copy.open(witnessed_by(network, {west.witness_address()}, 1));
  EXPECT_EQ(copy.record(), "witness_ahead");
}

// -- policy

TEST_F(Offices, make_a_checkpoint_witnessed_by_k_of_n) {
  open_east(2);
  cut({"south"});
  east.record(3);
  east.step();
  EXPECT_EQ(east.verdict(), "met") << "two of three";
  EXPECT_EQ(east.standing(2), "unreachable 0 peer_unreachable");
  EXPECT_EQ(signers(east.witnessed_note(3)), "east/log west/witness north/witness");

  cut({"north"});
  east.record(3);
  east.step();
  EXPECT_EQ(east.verdict(), "waiting") << "one of three";
  EXPECT_EQ(east.witnessed_note(4), "") << "nothing witnessed covers the fourth entry";
  EXPECT_TRUE(east.witnessed_note(1).starts_with("east/log\n3\n")) << "the first ones are covered";
  for (int round = 0; round < 7; ++round) east.step();
  EXPECT_EQ(east.verdict(), "unmet");
  EXPECT_EQ(east.record(), "") << "the policy only advises";
}

TEST_F(Offices, are_waited_for_at_the_start_where_the_policy_requires_them) {
  cut({"west", "north", "south"});
  open_east(2, true);
  EXPECT_EQ(east.record(), "witnesses_unasked");
  west.be_a_witness_again();
  for (int round = 0; round < 3; ++round) east.step();
  EXPECT_EQ(east.record(), "witnesses_unasked") << "one is not enough";
  north.be_a_witness_again();
  for (int round = 0; round < 6; ++round) east.step();
  EXPECT_EQ(east.record(), "");
}

TEST_F(Offices, hold_work_up_only_where_the_policy_requires_them) {
  open_east(2, true);
  EXPECT_EQ(east.record(3), "");
  east.step();
  cut({"north", "south"});
  for (int round = 0; round < 20; ++round) east.step();
  EXPECT_EQ(east.record(3), "") << "all there was is witnessed, however long ago";
  for (int round = 0; round < 6; ++round) east.step();
  EXPECT_EQ(east.record(), "") << "not yet over the limit";
  for (int round = 0; round < 2; ++round) east.step();
  EXPECT_EQ(east.record(), "unwitnessed");
  EXPECT_EQ(east.verdict(), "unmet");
  south.be_a_witness_again();
  for (int round = 0; round < 7; ++round) east.step();
  EXPECT_EQ(east.verdict(), "met");
  EXPECT_EQ(east.record(), "");
}

TEST_F(Offices, that_come_at_different_times_sign_the_same_checkpoint) {
  open_east(3);
  east.record();
  cut({"north"});
  east.step();
  north.be_a_witness_again();
  for (int second = 0; second < 30; ++second) {  // the log grows all the time
    east.record();
    clock.advance(seconds(1));
    east.anchoring().step();
  }
  EXPECT_GT(east.anchoring().report().witnessed, 10u);
}

TEST_F(Offices, that_cannot_be_reached_are_asked_ever_more_rarely) {
  cut({"west"});
  open_east();
  east.record();
  std::vector<int> minutes;
  for (int minute = 0; minute < 4; ++minute) {
    for (int round = 0; round < 6; ++round) east.step();
    minutes.push_back(network.asked("west"));
  }
  EXPECT_EQ(minutes, (std::vector{3, 4, 5, 6})) << "after 10, 20, 40 and then each 60 seconds, from the start";
  west.be_a_witness_again();
  for (int round = 0; round < 6; ++round) east.step();
  EXPECT_EQ(east.standing(), "ok 1");
}

// -- witnesses that lie

struct Lie {
  const char* what;
  std::function<api::Response(const api::Response& truth)> tell;
  const char* standing;
};

api::Response said(int status, const std::string& body) {
  api::Response response;
  response.status = status;
  response.body = body;
  return response;
}

TEST_F(Offices, that_lie_are_not_believed_and_stop_nobody) {
  const NoteSigner stranger = witness_signer("stranger");
  const auto flipped = [](const api::Response& truth) {
    const auto line = parse_note("x\n\n" + truth.body)->signatures.front();
    NoteSignature wrong = line;
    wrong.bytes.back() ^= 1;
    return said(200, wrong.line());
  };
  const Lie k_lies[] = {
      {"a wrong signature", flipped, "refused 0 peer_answer_invalid"},
      {"a stranger's signature",
       [&](const api::Response&) { return said(200, stranger.sign("east/log\n", a_monday())->line()); },
       "refused 0 peer_answer_invalid"},
      {"no signature", [](const api::Response&) { return said(200, ""); }, "refused 0 peer_answer_invalid"},
      {"no line", [](const api::Response&) { return said(200, "thank you"); }, "refused 0 peer_answer_invalid"},
      {"a huge answer", [](const api::Response&) { return said(200, std::string(1 << 20, 'x')); },
       "refused 0 peer_answer_invalid"},
      {"a size that is none", [](const api::Response&) { return said(409, "-1\n"); }, "refused 0 peer_answer_invalid"},
      {"a size without an end", [](const api::Response&) { return said(409, "1"); }, "refused 0 peer_answer_invalid"},
      {"a size beyond numbers", [](const api::Response&) { return said(409, "99999999999999999999\n"); },
       "refused 0 peer_answer_invalid"},
      {"always the same old size", [](const api::Response&) { return said(409, "1\n"); },
       "refused 0 peer_answer_invalid"},
      {"a redirect", [](const api::Response&) { return said(302, ""); }, "refused 0 peer_refused"},
      {"unknown here", [](const api::Response&) { return said(404, ""); }, "refused 0 peer_refused"},
      {"a wrong proof where none was sent", [](const api::Response&) { return said(422, ""); },
       "refused 0 peer_refused"},
      {"out of order", [](const api::Response&) { return said(500, ""); }, "refused 0 peer_refused"},
  };
  for (const Lie& lie : k_lies) {
    Network net;
    Office liar("liar", net, clock), log("log", net, clock);
    liar.watch({log.log_key()});
    log.open(witnessed_by(net, {liar.witness_address()}, 1));
    net.put("liar", [&](const api::Request& request) {
      const auto asked = journal::parse_add_checkpoint(request.body);
      const std::string text = parse_note(asked->checkpoint)->text;
      return lie.tell(said(200, witness_signer("liar/witness").sign(text, a_monday())->line()));
    });
    log.record(5);
    log.step();
    EXPECT_EQ(log.standing(), lie.standing) << lie.what;
    EXPECT_EQ(log.record(), "") << lie.what;
    EXPECT_EQ(log.witnessed_note(1), "") << lie.what;
    liar.be_a_witness_again();
    for (int round = 0; round < 3; ++round) log.step();
    EXPECT_EQ(log.standing(), "ok 6") << lie.what << ": it tells the truth at last";
  }
}

TEST_F(Offices, that_contradict_their_own_cosignature_stop_nobody) {
  open_east();
  east.record(5);
  east.step();
  for (const int status : {409, 422}) {
    network.put("west", [&](const api::Request&) { return said(status, "5\n"); });
    east.record();
    for (int round = 0; round < 7; ++round) east.step();
    EXPECT_EQ(east.standing(), "refused 5 peer_answer_invalid") << status;
    EXPECT_EQ(east.record(), "") << status;
  }
}

// -- the thread

TEST_F(Offices, are_asked_by_a_thread_that_ends_when_told) {
  open_east();
  east.record(3);
  std::promise<void> asked;
  network.put("west", [&](const api::Request&) {
    asked.set_value();
    return said(503, "");
  });
  east.let_pass(seconds(12));
  east.anchoring().start();
  asked.get_future().wait();
  east.anchoring().stop();
  east.anchoring().stop();
  EXPECT_EQ(east.standing(), "refused 0 peer_refused");
}

TEST_F(Offices, begin_anew_with_a_log_that_continues_the_old_one) {
  open_east();
  east.record(5);
  east.step();
  const auto continued = east.engine().continue_log("east/log/2", [](const Continuation&) { return open_counter(); });
  ASSERT_TRUE(continued) << describe(continued.error());
  clock.advance(seconds(2));
  east.step();
  EXPECT_EQ(east.standing(), "refused 0 peer_refused") << "the witness was not told of the new name";
  const NoteSigner next("east/log/2", NoteKeyKind::ed25519, ed25519_of(k_rfc8032_seed));
  west.watch({east.log_key(), next.verifier()});
  for (int round = 0; round < 3; ++round) east.step();
  EXPECT_EQ(east.standing(), "ok 1");
}

}  // namespace
}  // namespace sparkgate::test
