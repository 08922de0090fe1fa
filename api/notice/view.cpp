#include "api/notice/view.h"

#include "api/words.h"
#include "certs/qr.h"
#include "workflows/hot_work_permit/application.h"
#include "workflows/hot_work_permit/permit.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/site.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::api {
namespace {

const Words& words() {
  static const Words all("api/notice/words.json");
  return all;
}

// First in the reader's language, then in the other.
Json pair(std::string_view key, Language language) {
  const Text& text = words().at(key);
  const bool zh = language == Language::zh;
  return {{"first", zh ? text.zh : text.en}, {"second", zh ? text.en : text.zh}};
}

class Rows {
 public:
  Rows(const Instance& permit, const View& view, const rules::Pack& pack, const Standing& standing, Language language)
      : permit_(permit), view_(view), pack_(pack), standing_(standing), language_(language) {}

  Json all() {
    if (standing_.tells_work) add_work();
    if (standing_.tells_people) add_people();
    return std::move(rows_);
  }

 private:
  void add_work() {
    add("number", text_of(permit_.data, "number"));
    add_time("since", "started");
    add("from", window());
    if (permit_.data.contains("work_ended_at")) add("ended", minute(permit_.data.at("work_ended_at")));
    if (const auto ends = permit::watch_ends(permit_); ends && permit_.state == "FireWatch") {
      add("watched_until", pack_.zone().minute(*ends));
    }
    add("address", place());
    add("work", text_of(permit_.data.at("application"), "work"));
    add_pair("method", pack_.json().at("methods").at(text_of(permit_.data.at("application"), "method")));
    for (const Json& grade : pack_.json().at("grading").at("grades")) {
      if (text_of(grade, "code") == permit_.data.value("grade", "")) add_pair("grade", grade);
    }
    add("contractor", unit("unit"));
    add("owner", unit("owner_unit"));
  }

  void add_people() {
    const std::string watch = permit::current_watch(permit_);
    add("in_charge", masked_name(name(text_of(permit_.data.at("application"), "person_in_charge"))));
    add("watch", masked_name(name(watch)));
    const std::string phone = phone_of(watch);
    if (permit::is_watch_on_site(permit_) && !phone.empty()) add_row("phone", {{"phone", phone}});
  }

  void add(std::string_view label, const std::string& value) {
    if (!value.empty()) add_row(label, {{"value", {{"first", value}, {"second", false}}}});
  }

  void add_pair(std::string_view label, const Json& text) {
    const bool zh = language_ == Language::zh;
    add_row(label, {{"value", {{"first", text.at(zh ? "zh" : "en")}, {"second", text.at(zh ? "en" : "zh")}}}});
  }

  void add_row(std::string_view label, Json row) {
    row["label"] = pair(label, language_);
    if (!row.contains("phone")) row["phone"] = false;
    if (!row.contains("value")) row["value"] = {{"first", ""}, {"second", false}};
    rows_.push_back(std::move(row));
  }

  void add_time(std::string_view label, const char* event) {
    const Json stamp = permit_.data.value(event, Json::object());
    if (stamp.contains("at")) add(label, minute(stamp.at("at")));
  }

  std::string minute(const Json& time) const { return pack_.zone().minute(permit::time_of(time).value_or(Time{})); }

  std::string window() const {
    return minute(permit::application(permit_, "starts")) + " – " + minute(permit::application(permit_, "ends"));
  }

  // "丰都县双路镇…, 1号厂房": the areas from the largest, then the address.
  std::string place() const {
    std::string out;
    const Json& areas = permit_.data.at("areas");
    for (auto area = areas.rbegin(); area != areas.rend(); ++area) {
      if (const auto found = registry::find_one(view_, "area", area->get<std::string>())) {
        out += registry::member_of(*found, "name") + " ";
      }
    }
    return out + text_of(permit::application(permit_, "place"), "address");
  }

  std::string unit(const char* member) const {
    const auto found = registry::find_one(view_, "unit", text_of(permit_.data.at("application"), member));
    return found ? registry::member_of(*found, "name") : "";
  }

  Json person(const std::string& name) const { return people_of(permit_).value(name, Json::object()); }
  std::string name(const std::string& within) const { return text_of(person(within), "name"); }

  std::string phone_of(const std::string& within) const {
    const InstancePtr found = view_.find(text_of(person(within), "person"));
    return found ? registry::member_of(*found, "phone") : "";
  }

  const Instance& permit_;
  const View& view_;
  const rules::Pack& pack_;
  const Standing& standing_;
  const Language language_;
  Json rows_ = Json::array();
};

// What stands on every page.
Json frame(std::string_view headline, std::string_view advice, Tone tone, const NoticeAsk& ask) {
  const bool zh = ask.language == Language::zh;
  Json calls = Json::array();
  for (const auto& [number, label] : {std::pair{"119", "report_fire"}, {"12350", "report_safety"}}) {
    calls.push_back({{"number", number}, {"label", pair(label, ask.language)}});
  }
  Json out = {{"lang", zh ? "zh-CN" : "en"},
              {"other_lang", zh ? "en" : "zh-CN"},
              {"lang_code", zh ? "zh" : "en"},
              {"switch_to", zh ? "en" : "zh"},
              {"switch_label", words().say("language", zh ? Language::en : Language::zh)},
              {"title", words().say(headline, ask.language)},
              {"tone", name_of(tone)},
              {"headline", pair(headline, ask.language)},
              {"advice", pair(advice, ask.language)},
              {"calls", std::move(calls)},
              {"what", pair("report_what", ask.language)},
              {"rows", Json::array()},
              {"qr", false}};
  for (const char* word : {"print", "report", "as_of", "refresh"}) out[word] = pair(word, ask.language);
  return out;
}

}  // namespace

Json notice_values(const Instance& permit, const View& view, const rules::Packs& packs, const NoticeAsk& ask) {
  const Standing standing = standing_of(permit, ask.at);
  Json out = frame(standing.headline, standing.advice, standing.tone, ask);
  const rules::Pack& pack = *permit::pack_to_show(permit, {packs, permit::Settings().default_pack, view, ask.at});
  out["rows"] = Rows(permit, view, pack, standing, ask.language).all();
  out["at"] = pack.zone().minute(ask.at);
  const QrPath qr = qr_path(ask.address);
  out["qr"] = {{"path", qr.path},
               {"side", std::to_string(qr.side)},
               {"label", pair("qr", ask.language)},
               {"code", text_of(permit.data, "notice_code")}};
  return out;
}

Json no_notice_values(const rules::Packs& packs, const NoticeAsk& ask) {
  Json out = frame("no_such", "wrong_code", Tone::stopped, ask);
  out["at"] = packs.latest(permit::Settings().default_pack)->zone().minute(ask.at);
  return out;
}

QrPath qr_path(std::string_view text) {
  const QrCode code = qr_code(text);
  QrPath out{"", code.side + 2 * k_quiet_modules};
  for (int y = 0; y < code.side; ++y) {
    for (int x = 0; x < code.side; ++x) {
      if (!code.at(x, y)) continue;
      out.path += "M" + std::to_string(x + k_quiet_modules) + " " + std::to_string(y + k_quiet_modules) + "h1v1h-1z";
    }
  }
  return out;
}

}  // namespace sparkgate::api
