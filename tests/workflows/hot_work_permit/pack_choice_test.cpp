// The area says by which rule packs permits in it are judged; an applicant chooses among those alone.
#include <gtest/gtest.h>

#include "tests/support/inspection_desk.h"
#include "workflows/hot_work_permit/pack_choice.h"
#include "workflows/hot_work_permit/permit.h"

namespace sparkgate {
namespace {

using test::Town;

constexpr const char* k_usual = "cn-gb30871-2022";
constexpr const char* k_village = "500230111201";

class PermitPacks : public testing::Test {
 protected:
  // As an application says it, "" names none; with a measure of the pack that it is to be judged by.
  Json naming(const std::string& pack, const std::string& by = "") {
    const rules::Pack* judging = town.packs().latest(by.empty() ? pack : by);
    const Json& measures = (judging ? judging : town.packs().latest(k_usual))->measures();
    Json out = town.application({{"measures", {{{"code", measures.at(0).at("code")}}}}});
    if (!pack.empty()) out["pack"] = pack;
    return out;
  }
  Result<Receipt> create(const std::string& pack) { return town.send("applicant", "", "create", naming(pack)); }
  // Which pack it would be judged by, or why by none, and which are left.
  std::string chosen(const std::string& pack) {
    const auto reader = town.engine().read();
    const ReaderView view(*reader);
    const auto found = permit::pack_for(naming(pack), {town.packs(), k_usual, view, town.clock.wall()});
    if (found) return (*found)->ref().id;
    return std::string(refusal_row(found.error().code).name) + ": " + text_of(found.error().details, "available");
  }
  Town town;
};

TEST_F(PermitPacks, an_applicant_does_not_choose_the_regime) {
  for (const char* other : {"us-osha-1910.252", "nfpa-51b", "fm-ds10-3", "cn-gb50720"}) {
    EXPECT_EQ(Town::outcome(create(other)), "pack_not_allowed") << other;
    EXPECT_EQ(chosen(other), "pack_not_allowed: cn-gb30871-2022") << other;
  }
  EXPECT_EQ(Town::outcome(create("no-such-pack")), "pack_unknown");
  EXPECT_EQ(Town::outcome(create(k_usual)), "ok");
  EXPECT_EQ(Town::outcome(create("")), "ok");
}

TEST_F(PermitPacks, the_nearest_area_that_names_packs_decides) {
  town.offer_packs({k_usual, "nfpa-51b"});
  EXPECT_EQ(chosen(""), k_usual);
  EXPECT_EQ(chosen("nfpa-51b"), "nfpa-51b");
  town.offer_packs({"fm-ds10-3"}, k_village);
  EXPECT_EQ(chosen(""), "fm-ds10-3") << "the first, where none is named";
  EXPECT_EQ(chosen("nfpa-51b"), "pack_not_allowed: fm-ds10-3");
  EXPECT_EQ(chosen(k_usual), "pack_not_allowed: fm-ds10-3");
  town.offer_packs({}, k_village);
  EXPECT_EQ(chosen("nfpa-51b"), "nfpa-51b") << "an empty list names none";
}

TEST_F(PermitPacks, amend_and_submit_ask_again) {
  town.offer_packs({k_usual, "nfpa-51b"});
  const std::string foreign = town.draft(naming("nfpa-51b")), usual = town.draft(naming(""));
  town.offer_packs({k_usual});
  EXPECT_EQ(Town::outcome(town.send("applicant", usual, "amend", naming("nfpa-51b"))), "pack_not_allowed");
  EXPECT_EQ(Town::outcome(town.send("applicant", foreign, "submit")), "pack_not_allowed");
  const auto reader = town.engine().read();
  const ReaderView view(*reader);
  EXPECT_EQ(permit::pack_to_show(*town.get(foreign), {town.packs(), k_usual, view, town.clock.wall()})->ref().id,
            "nfpa-51b")
      << "a draft is still read";
}

TEST_F(PermitPacks, an_inspection_takes_the_area_s_pack_for_a_draft_that_names_none) {
  town.offer_packs({"nfpa-51b"});
  test::InspectionDesk desk(town);
  const std::string id = desk.open(desk.at_permit(town.draft(naming("", "nfpa-51b"))));
  EXPECT_EQ(town.get(id)->data.at("pack").at("id"), "nfpa-51b");
}

}  // namespace
}  // namespace sparkgate
